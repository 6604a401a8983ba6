"""The cinema without a screen: a beam from an upper window, and a picture that floats on the fog."""

import random

from PIL import Image, ImageChops, ImageFilter

from moothall.seed.scenes.brush import (
    SIZE,
    Layer,
    Point,
    Rgb,
    bloom,
    bokeh,
    cloud,
    curve,
    finished,
    glow,
    graded,
    mist,
    mixed,
    sky,
)
from moothall.seed.scenes.water import mirrored

_LAMP: Point = (248, 296)
_BEAM: Rgb = (226, 226, 255)
_NIGHT: Rgb = (14, 18, 34)


def draw(dice: random.Random) -> Image.Image:
    picture = sky(
        [(0, (12, 16, 36)), (0.35, (28, 34, 62)), (0.58, (66, 66, 92)), (0.62, (92, 84, 100)), (1, (14, 16, 28))]
    )
    picture = _far_quay(picture, dice)
    picture = mist(picture, dice, (104, 106, 134), at=(0.3, 0.66), density=0.7)
    picture = ImageChops.screen(picture, _floating(dice))
    picture = mirrored(picture, dice, line=770, body=(18, 22, 40), rough=0.8, clear=0.8, smear=8)
    picture = mist(picture, dice, (112, 112, 140), at=(0.58, 0.72), density=0.5)
    picture = ImageChops.screen(picture, _cone(dice))
    picture = _house(picture)
    picture = _audience(picture, dice)
    picture = glow(glow(picture, _LAMP, 420, _BEAM, 0.55), _LAMP, 60, (255, 255, 255), 1)
    return finished(
        graded(bloom(picture, above=0.6, radius=60, strength=0.5), (20, 20, 80), (236, 226, 255)),
        dice,
        vignette=0.42,
    )


def _far_quay(picture: Image.Image, dice: random.Random) -> Image.Image:
    tone = mixed(_NIGHT, (92, 90, 116), 0.45)
    far = Layer(tone)
    x = 300.0
    while x < 1820:
        wide, top = dice.uniform(50, 120), dice.uniform(612, 680)
        far.shape(
            [(x, 772), (x, top), (x + wide / 2, top - dice.choice((0, 22, 34))), (x + wide, top), (x + wide, 772)],
            tone,
        )
        for _ in range(3):
            if dice.random() < 0.5:
                left, high = x + dice.uniform(8, wide - 12), dice.uniform(694, 742)
                far.shape(
                    [(left, high), (left + 7, high), (left + 7, high + 11), (left, high + 11)], (226, 178, 116)
                )
        x += wide
    picture = far.onto(picture, blur=2.6)
    for _ in range(11):
        picture = glow(picture, (dice.uniform(420, 1780), 756), 46, (255, 190, 116), 0.8)
    return picture


def _floating(dice: random.Random) -> Image.Image:
    """A frame of film: a woman in a hat at a window, as far as fog can show one."""
    frame = Layer(_BEAM)
    corners = [(936, 318), (1662, 276), (1676, 724), (930, 700)]
    frame.shape(corners, (120, 124, 150))
    frame.shape([(960, 342), (1250, 326), (1250, 690), (956, 684)], (196, 196, 214))
    frame.line([(1104, 334), (1102, 688)], (90, 94, 120), 9)
    frame.line([(958, 506), (1250, 502)], (90, 94, 120), 9)
    dark = (44, 46, 70)
    frame.shape([(1330, 718), (1352, 600), (1400, 556), (1470, 548), (1560, 590), (1606, 718)], dark)
    frame.disc((1432, 478), 62, (214, 208, 214), tall=1.22)
    frame.shape(
        [(1296, 446), (1340, 408), (1400, 372), (1480, 368), (1540, 398), (1584, 448), (1470, 436), (1392, 436)],
        dark,
    )
    frame.shape([(1444, 436), (1500, 442), (1500, 520), (1470, 560), (1462, 500)], dark)
    frame.line([(1404, 486), (1420, 490)], dark, 5)
    frame.line([(1412, 520), (1430, 524)], dark, 5)
    frame.shape([(1330, 700), (1270, 620), (1290, 606), (1356, 668)], (214, 208, 214))
    picture = frame.onto(Image.new("RGB", SIZE), blur=6)
    torn = curve(cloud(dice, (7, 8), octaves=6, rough=0.58), -0.35, 0.62)
    return ImageChops.multiply(picture, Image.merge("RGB", [torn] * 3))


def _cone(dice: random.Random) -> Image.Image:
    beam = Layer(_BEAM)
    beam.shape([_LAMP, (936, 318), (1662, 276), (1676, 724), (930, 700)], _BEAM, 92)
    for _ in range(26):
        y, wide = dice.uniform(300, 712), dice.uniform(4, 30)
        beam.shape([_LAMP, (1400, y - wide), (1400, y + wide)], _BEAM, dice.randint(14, 46))
    cone = beam.onto(Image.new("RGB", SIZE), blur=7)
    drift = curve(cloud(dice, (6, 9), octaves=6, rough=0.62), 0.0, 0.85)
    fade = Image.linear_gradient("L").rotate(90).resize(SIZE).point([min(255, 60 + v) for v in range(256)])
    return ImageChops.multiply(cone, Image.merge("RGB", [ImageChops.multiply(drift, fade)] * 3))


def _house(picture: Image.Image) -> Image.Image:
    wall = Layer(_NIGHT)
    wall.shape([(0, 60), (250, 128), (300, 1000), (0, 1200)], (12, 14, 26))
    wall.shape([(226, 262), (262, 268), (264, 330), (228, 328)], (230, 230, 250))
    for top in (470, 660):
        wall.shape([(60, top), (116, top + 4), (116, top + 92), (60, top + 94)], (96, 70, 48))
        wall.shape([(170, top + 8), (214, top + 11), (214, top + 90), (170, top + 90)], (50, 44, 52))
    return wall.onto(picture, blur=1.6)


def _audience(picture: Image.Image, dice: random.Random) -> Image.Image:
    for row, (base, size) in enumerate(((1000, 25), (1076, 34), (1170, 47))):
        layer = Layer(_NIGHT)
        tone = mixed((22, 24, 42), (4, 5, 10), row / 2)
        rim = mixed((128, 130, 164), tone, 0.35 + 0.2 * row)
        x = 90.0 + 40 * row
        while x < 1840:
            y = base + dice.uniform(-14, 14)
            _figure(layer, dice, (x, y), size * dice.uniform(0.86, 1.1), (tone, rim))
            x += size * dice.uniform(2.5, 4.6)
        picture = layer.onto(picture, blur=1.2 + row * 1.3)
    for _ in range(9):
        picture = bokeh(
            picture, (dice.uniform(300, 1800), dice.uniform(980, 1180)), dice.uniform(4, 9), (255, 200, 130), 0.5
        )
    return picture.filter(ImageFilter.GaussianBlur(0.3))


def _figure(layer: Layer, dice: random.Random, at: Point, size: float, tones: tuple[Rgb, Rgb]) -> None:
    x, y = at
    tone, rim = tones
    layer.disc((x + 2, y - 2), size, rim, tall=1.18)
    layer.disc((x, y), size, tone, tall=1.18)
    slope = ((-2.4, 6), (-2.2, 2.3), (-1.5, 1.55), (-0.5, 1.2), (0.5, 1.2), (1.5, 1.55), (2.2, 2.3), (2.4, 6))
    layer.shape([(x + a * size + 2, y + b * size - 3) for a, b in slope], rim)
    layer.shape([(x + a * size, y + b * size) for a, b in slope], tone)
    hat = dice.random()
    if hat < 0.2:
        layer.disc((x, y - size * 0.95), size * 1.02, tone, tall=0.55)
        layer.disc((x, y - size * 1.55), size * 0.3, tone)
    elif hat < 0.34:
        layer.line([(x - size * 1.5, y - size * 0.72), (x + size * 1.5, y - size * 0.72)], tone, size * 0.2)
        layer.shape(
            [
                (x - size * 0.8, y - size * 0.7),
                (x - size * 0.7, y - size * 1.6),
                (x + size * 0.7, y - size * 1.6),
                (x + size * 0.8, y - size * 0.7),
            ],
            tone,
        )
    elif hat < 0.5:
        layer.disc((x + size * 0.1, y - size * 0.1), size * 1.22, tone, tall=1.25)
