"""The Lantern End under drizzle: floodlights, a bank of faces, a goal that the ball would not enter."""

import random

from PIL import Image, ImageChops, ImageFilter

from moothall.seed.scenes.brush import (
    HEIGHT,
    SIZE,
    Layer,
    Rgb,
    bloom,
    bokeh,
    cloud,
    curve,
    finished,
    glow,
    graded,
    mixed,
    sky,
    toned,
    veil,
)
from moothall.seed.scenes.lens import Lens

_LENS = Lens(eye=1.5, focal=1500, centre=1010, horizon=720)
_WHITE: Rgb = (236, 244, 250)
_COLD: Rgb = (190, 214, 240)
_STANDS: Rgb = (20, 26, 38)


def draw(dice: random.Random) -> Image.Image:
    picture = sky(
        [(0, (7, 12, 24)), (0.3, (18, 30, 48)), (0.55, (44, 62, 80)), (0.6, (52, 70, 84)), (1, (10, 30, 24))]
    )
    picture = veil(picture, (88, 108, 130), curve(cloud(dice, (3, 5), octaves=6, rough=0.55), 0.42, 1, 0.5))
    picture = _stands(picture, dice)
    picture = _pitch(picture, dice)
    for x, z in ((-70, 118), (50, 118), (-40, 150), (29, 150)):
        picture = _pylon(picture, x, z)
    picture = _shafts(picture, dice)
    picture = _goal(picture)
    picture = _drizzle(picture, dice)
    return finished(
        graded(bloom(picture, above=0.66, radius=60, strength=0.7), (8, 30, 60), (226, 240, 255)),
        dice,
        vignette=0.42,
    )


def _stands(picture: Image.Image, dice: random.Random) -> Image.Image:
    crowd = Layer(_STANDS)
    at = _LENS.at
    crowd.shape([at(-90, 2, 96), at(-90, 24, 112), at(90, 24, 112), at(90, 2, 96)], _STANDS)
    coats: tuple[Rgb, ...] = (
        (70, 76, 92),
        (112, 98, 88),
        (150, 128, 96),
        (60, 64, 84),
        (158, 74, 48),
        (44, 52, 70),
    )
    for row in range(34):
        y, z = 2.6 + row * 0.6, 97 + row * 0.42
        x = -84.0 + dice.random()
        while x < 84:
            shade = 0.85 - 0.5 * row / 34
            crowd.disc(at(x, y, z), 3.0, mixed(_STANDS, dice.choice(coats), shade * dice.uniform(0.5, 1)), tall=1.5)
            crowd.disc(at(x, y + 0.44, z), 1.9, mixed(_STANDS, (206, 178, 156), shade * dice.uniform(0.4, 0.95)))
            x += dice.uniform(0.5, 1.0) if dice.random() < 0.94 else 3
    picture = crowd.onto(picture, blur=1.9)
    roof = Layer((8, 12, 20))
    roof.shape([at(-92, 25, 112), at(-92, 29, 92), at(92, 29, 92), at(92, 25, 112)], (14, 20, 30))
    roof.line([at(-92, 29, 92), at(92, 29, 92)], (120, 134, 150), 3)
    for x in range(-84, 85, 21):
        roof.line([at(x, 29, 92), at(x, 2, 112)], (12, 16, 26), 3)
    roof.shape([at(-90, 2.4, 95), at(90, 2.4, 95), at(90, 0.9, 95), at(-90, 0.9, 95)], (26, 34, 46))
    for n in range(26):
        x = -88 + n * 6.8
        tone = dice.choice(((150, 92, 40), (60, 84, 110), (120, 118, 116), (90, 50, 46)))
        roof.shape(
            [at(x, 2.2, 94.8), at(x + 6, 2.2, 94.8), at(x + 6, 1.1, 94.8), at(x, 1.1, 94.8)],
            mixed(tone, _STANDS, 0.35),
        )
    return roof.onto(picture, blur=1.6)


def _pitch(picture: Image.Image, dice: random.Random) -> Image.Image:
    size = (1500, 1500)
    blades = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
    worn = Image.frombytes("L", (60, 60), dice.randbytes(3600)).resize(size, Image.Resampling.BICUBIC)
    sheet = _LENS.ground(Image.blend(blades, worn, 0.45), nearest=60, spread=44)
    grass = toned(sheet, [(0, (12, 40, 28)), (0.5, (36, 92, 58)), (1, (96, 150, 96))])
    light = sky([(0, (210, 214, 200)), (0.25, (235, 235, 225)), (1, (110, 120, 118))]).resize(grass.size)
    picture.paste(ImageChops.multiply(grass, light), (0, HEIGHT - grass.height))
    lines = Layer(_WHITE)
    for n in range(5):
        far, near = 90 / 1.55**n / 1.0, 90 / 1.55 ** (n + 0.5)
        lines.shape(_LENS.quad((-80, 0, far), (80, 0, far), (80, 0, near), (-80, 0, near)), (120, 170, 120), 26)
    for z, thick in ((22.0, 0.22), (38.5, 0.3), (91.0, 0.5)):
        lines.shape(
            _LENS.quad((-60, 0, z), (60, 0, z), (60, 0, z + thick * 1.6), (-60, 0, z + thick * 1.6)), _WHITE, 200
        )
    for x in (-20.2, 20.2):
        lines.shape(_LENS.quad((x, 0, 22), (x, 0, 38.5), (x + 0.2, 0, 38.5), (x + 0.2, 0, 22)), _WHITE, 200)
    return lines.onto(picture, blur=1.6)


def _pylon(picture: Image.Image, x: float, z: float) -> Image.Image:
    mast = Layer(_STANDS)
    wide = _LENS.size(1, z)
    for dx in (-1.6, 1.6):
        mast.line(_LENS.quad((x + dx, 0, z), (x + dx * 0.5, 46, z)), (30, 40, 54), wide * 0.5)
    for n in range(11):
        y = 4 * n + 2
        side = 1.6 - 0.8 * y / 46
        mast.line(_LENS.quad((x - side, y, z), (x + side, y + 4, z)), (30, 40, 54), wide * 0.26)
    mast.shape(_LENS.quad((x - 6.4, 44, z), (x + 6.4, 44, z), (x + 6.4, 54.6, z), (x - 6.4, 54.6, z)), (24, 32, 44))
    picture = mast.onto(picture, blur=0.8)
    for row in range(4):
        for n in range(6):
            spot = _LENS.at(x - 5.2 + n * 2.08, 45.6 + row * 2.5, z)
            picture = glow(picture, spot, wide * 2.4, _WHITE, 1)
    picture = glow(picture, _LENS.at(x, 49, z), 760, _COLD, 0.5)
    return glow(picture, _LENS.at(x, 49, z), 240, _WHITE, 0.6)


def _shafts(picture: Image.Image, dice: random.Random) -> Image.Image:
    """Drizzle makes the beams visible."""
    beams = Layer(_COLD)
    for x, z, lean in ((-70, 118, 1), (50, 118, -1)):
        top = _LENS.at(x, 49, z)
        for n in range(5):
            end = top[0] + lean * (240 + n * 250 + dice.uniform(-40, 40))
            beams.shape(
                [(top[0] - 40, top[1]), (top[0] + 40, top[1]), (end + 150, 900), (end - 90, 900)], _COLD, 34
            )
    shafts = beams.onto(Image.new("RGB", SIZE), blur=30)
    haze = curve(cloud(dice, (5, 7), octaves=6, rough=0.6), 0.15, 0.9)
    return ImageChops.screen(picture, ImageChops.multiply(shafts, Image.merge("RGB", [haze] * 3)))


def _goal(picture: Image.Image) -> Image.Image:
    z, left, right, high, deep = 8.6, -5.9, 1.6, 2.44, 1.9
    net = Layer(_WHITE)
    for n in range(31):
        x = left + (right - left) * n / 30
        net.line(_LENS.quad((x, high, z), (x, high * 0.97, z - deep * 0.4), (x, 0, z - deep)), _WHITE, 1.3, 92)
    for n in range(12):
        y = high * n / 11
        back = z - deep * (1 - 0.6 * y / high)
        net.line(_LENS.quad((left, y, back), (right, y, back)), _WHITE, 1.3, 92)
        for x in (left, right):
            net.line(_LENS.quad((x, y, z), (x, y, back)), _WHITE, 1.2, 80)
    picture = net.onto(picture, blur=0.9)
    frame = Layer(_WHITE)
    for ends in (
        ((left, 0, z), (left, high, z)),
        ((right, 0, z), (right, high, z)),
        ((left, high, z), (right, high, z)),
    ):
        frame.line(_LENS.quad(*ends), (150, 164, 176), _LENS.size(0.15, z))
        frame.line(_LENS.quad(*ends), _WHITE, _LENS.size(0.095, z))
    ball = _LENS.at(2.7, 0.11, 10.5)
    frame.disc((ball[0] + 4, ball[1] + 15), 19, (10, 34, 24), tall=0.25, alpha=150)
    frame.disc(ball, 16, (150, 160, 166))
    frame.disc((ball[0] - 2, ball[1] - 3), 13, _WHITE)
    for dx, dy in ((-5, -5), (6, 0), (-2, 8)):
        frame.disc((ball[0] + dx, ball[1] + dy), 3.2, (40, 48, 60))
    return frame.onto(picture, blur=0.8)


def _drizzle(picture: Image.Image, dice: random.Random) -> Image.Image:
    fall = Layer(_COLD)
    for _ in range(900):
        x, y, long = dice.uniform(-40, 1840), dice.uniform(-40, 1000), dice.uniform(8, 34)
        fall.line([(x, y), (x - long * 0.3, y + long)], _COLD, dice.choice((1, 1, 1.4)), dice.randint(20, 90))
    picture = fall.onto(picture, blur=0.6)
    for _ in range(14):
        picture = bokeh(
            picture,
            (dice.uniform(0, 1800), dice.uniform(0, 800)),
            dice.uniform(8, 26),
            _COLD,
            dice.uniform(0.05, 0.14),
        )
    return picture.filter(ImageFilter.GaussianBlur(0.3))
