"""The scale on the bakery's counter, with a loaf and its weights, in the light of one window."""

import random
from math import cos, pi, sin

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
    mixed,
    sky,
    veil,
)

_CRUST: Rgb = (150, 88, 44)
_DARK: Rgb = (46, 24, 16)
_FLOUR: Rgb = (244, 222, 186)
_BRASS: Rgb = (178, 128, 58)
_SHINE: Rgb = (255, 230, 168)
_NIGHT: Rgb = (24, 16, 14)


def draw(dice: random.Random) -> Image.Image:
    picture = sky([(0, (54, 38, 30)), (0.5, (74, 50, 36)), (0.78, (48, 32, 25)), (1, (30, 20, 17))])
    picture = glow(picture, (120, 150), 1500, (255, 206, 140), 0.5)
    for row, y in enumerate((250, 520)):
        picture = _shelf(picture, dice, y, row)
    picture = _window_light(picture, dice)
    picture = _counter(picture, dice)
    picture = _loaf(picture, dice, (300, 985), 215, blur=3.2)
    picture = _scale(picture, dice)
    picture = _loaf(picture, dice, (1720, 1130), 330, blur=13)
    for _ in range(60):
        at = (dice.gauss(620, 380), dice.gauss(420, 240))
        picture = bokeh(picture, at, dice.uniform(1.2, 3.4), (255, 230, 180), dice.uniform(0.1, 0.4))
    return finished(
        graded(bloom(picture, above=0.64, radius=60, strength=0.5), (50, 26, 40), (255, 222, 170)),
        dice,
        vignette=0.46,
    )


def _shelf(picture: Image.Image, dice: random.Random, y: float, row: int) -> Image.Image:
    board = Layer(_NIGHT)
    board.shape([(0, y), (1800, y), (1800, y + 24), (0, y + 24)], (92, 60, 40))
    board.shape([(0, y + 24), (1800, y + 24), (1800, y + 60), (0, y + 60)], (22, 14, 12), 150)
    picture = board.onto(picture, blur=8)
    x = 40.0 + 30 * row
    while x < 1850:
        size = dice.uniform(74, 112)
        picture = _loaf(picture, dice, (x, y - size * 0.42), size, blur=8, dim=min(0.72, 0.14 + x / 2600))
        x += size * dice.uniform(1.7, 2.2)
    return picture


def _loaf(
    picture: Image.Image, dice: random.Random, at: Point, size: float, *, blur: float, dim: float = 0.0
) -> Image.Image:
    """A round loaf lit from the upper left: shells of lighter crust, floured, cut three times."""
    x, y = at
    shade = Layer(_NIGHT)
    shade.disc((x + size * 0.25, y + size * 0.52), size * 1.2, _NIGHT, tall=0.18, alpha=190)
    picture = shade.onto(picture, blur=blur + 6)
    loaf = Layer(_DARK)
    for n in range(22):
        share = n / 21
        tone = mixed(mixed(_DARK, _CRUST, min(1, share * 1.7)), (226, 160, 92), max(0.0, share - 0.5) * 1.3)
        spot = (x - size * 0.3 * share, y - size * 0.26 * share)
        loaf.disc(spot, size * (1 - 0.9 * share), mixed(tone, _NIGHT, dim), tall=0.58 + 0.05 * share)
    cuts = [dice.uniform(-0.06, 0.06) + off for off in (-0.42, 0.0, 0.42)]
    for off in cuts:
        _cut(loaf, (x + size * off, y - size * 0.12 * (1 - off * off)), size, dim)
    picture = loaf.onto(picture, blur=blur)
    if blur < 6:
        crumb = curve(cloud(dice, (120, 90), octaves=3, rough=0.8), 0.45, 0.95, 0.55)
        body = Layer((255, 255, 255))
        body.disc((x - size * 0.1, y - size * 0.14), size * 0.84, (255, 255, 255), tall=0.52)
        mask = body.onto(Image.new("RGB", SIZE), blur=size * 0.1).getchannel(0)
        picture = veil(picture, mixed(_FLOUR, _NIGHT, dim), ImageChops.multiply(crumb, mask))
    return picture


def _cut(loaf: Layer, at: Point, size: float, dim: float) -> None:
    x, y = at
    half = size * 0.36
    upper = [
        (
            x - half * 0.3 + (n / 12) * half * 0.5 - size * 0.05 * sin(pi * n / 12),
            y - half + n / 12 * 2 * half * 0.8,
        )
        for n in range(13)
    ]
    lower = [(px + size * (0.02 + 0.1 * sin(pi * n / 12)), py + 2) for n, (px, py) in enumerate(upper)]
    loaf.shape([*upper, *lower[::-1]], mixed((214, 168, 112), _NIGHT, dim))
    loaf.line(upper, mixed((250, 224, 178), _NIGHT, dim), max(1, size * 0.014))
    loaf.line(lower, mixed((96, 52, 28), _NIGHT, dim), max(1, size * 0.016))


def _window_light(picture: Image.Image, dice: random.Random) -> Image.Image:
    beam = Layer((255, 214, 150))
    for n in range(3):
        beam.shape(
            [(-40, 20 + n * 120), (-40, 100 + n * 120), (1300, 960 + n * 120), (1160, 700 + n * 120)],
            (255, 214, 150),
            44,
        )
    light = beam.onto(Image.new("RGB", SIZE), blur=34)
    drift = curve(cloud(dice, (5, 6), octaves=5), 0.1, 0.9)
    return ImageChops.screen(picture, ImageChops.multiply(light, Image.merge("RGB", [drift] * 3)))


def _counter(picture: Image.Image, dice: random.Random) -> Image.Image:
    line = 1010
    board = Layer((96, 60, 38))
    board.shape([(0, line), (1800, line), (1800, 1200), (0, 1200)], (104, 66, 42))
    picture = board.onto(picture, blur=3)
    grain = curve(cloud(dice, (3, 70), octaves=4, rough=0.7), 0.4, 0.95, 0.6)
    band = Image.new("L", SIZE)
    band.paste(grain.crop((0, line, 1800, 1200)), (0, line))
    picture = veil(picture, (52, 30, 22), band)
    flour = curve(cloud(dice, (9, 40), octaves=5, rough=0.7), 0.62, 0.95, 0.7)
    dust = Image.new("L", SIZE)
    dust.paste(flour.crop((0, line + 10, 1800, 1200)), (0, line + 10))
    picture = veil(picture, _FLOUR, dust)
    edge = Layer(_SHINE)
    edge.line([(0, line + 1), (1800, line + 1)], (206, 150, 96), 3, 170)
    return glow(edge.onto(picture, blur=1.4), (420, 1060), 700, (255, 206, 140), 0.4)


def _scale(picture: Image.Image, dice: random.Random) -> Image.Image:
    """It hangs a little towards the loaf: never wrong in the shop's favour."""
    x, top, tilt = 1060, 430, 0.055
    shade = Layer(_NIGHT)
    shade.disc((x + 60, 1082), 240, _NIGHT, tall=0.14, alpha=200)
    picture = shade.onto(picture, blur=12)
    pillar = Layer(_BRASS)
    _turned(
        pillar,
        x,
        (
            (1078, 150),
            (1060, 150),
            (1052, 128),
            (1040, 60),
            (1020, 26),
            (940, 17),
            (700, 13),
            (520, 12),
            (500, 24),
            (486, 24),
            (474, 12),
            (430, 10),
        ),
    )
    pillar.disc((x, top), 24, mixed(_BRASS, _NIGHT, 0.3))
    pillar.disc((x - 5, top - 5), 15, _SHINE)
    pillar.shape([(x - 5, top), (x + 5, top), (x + 22, top + 120), (x + 16, top + 122)], mixed(_BRASS, _SHINE, 0.4))
    reach = 350
    ends = [(x + side * reach * cos(tilt), top - side * reach * sin(tilt)) for side in (-1, 1)]
    for (ex, ey), bow in zip(ends, (-26, -26), strict=True):
        arm = [(x + (ex - x) * n / 12, top + (ey - top) * n / 12 + bow * sin(pi * n / 12)) for n in range(13)]
        pillar.line(arm, mixed(_BRASS, _NIGHT, 0.35), 15)
        pillar.line([(a - 1, b - 4) for a, b in arm], mixed(_BRASS, _SHINE, 0.6), 5)
    for ex, ey in ends:
        pillar.disc((ex, ey), 9, _SHINE)
    picture = pillar.onto(picture, blur=0.9)
    for ex, ey in ends:
        picture = _pan(picture, (ex, ey + 330))
    picture = _loaf(picture, dice, (ends[0][0] + 4, ends[0][1] + 262), 148, blur=0.8)
    return _lips(_weights(picture, (ends[1][0], ends[1][1] + 330)), ends)


def _turned(layer: Layer, x: float, profile: tuple[tuple[int, int], ...]) -> None:
    """Metal turned on a lathe: strips from shadow to shine across each width."""
    strips = 16
    for n in range(strips):
        a, b = n / strips * 2 - 1, (n + 1) / strips * 2 - 1
        tone = mixed(
            mixed(_BRASS, _NIGHT, 0.25 + 0.6 * max(0.0, a) + 0.2 * max(0.0, -a - 0.7)),
            _SHINE,
            max(0.0, 1 - abs(a + 0.42) * 3.4),
        )
        layer.shape(
            [
                *((x + a * half, y) for y, half in profile),
                *((x + b * half + 0.6, y) for y, half in reversed(profile)),
            ],
            tone,
        )


def _pan(picture: Image.Image, at: Point) -> Image.Image:
    x, y = at
    pan = Layer(_BRASS)
    for dx in (-150, -40, 150):
        links = [(x + dx * n / 26, y - 330 + 330 * n / 26) for n in range(27)]
        pan.line(links, mixed(_BRASS, _NIGHT, 0.2), 2.2)
        for link in links[::2]:
            pan.disc(link, 2.6, mixed(_BRASS, _SHINE, 0.4))
    for n in range(18):
        share = n / 17
        tone = mixed(mixed(_BRASS, _NIGHT, 0.62 - 0.3 * share), _SHINE, 0.34 * max(0.0, 1 - abs(share - 0.4) * 4))
        pan.disc((x - 12 * share, y + 12 * (1 - share)), 158 - 16 * (1 - share), tone, tall=0.3 - 0.06 * share)
    pan.disc((x, y - 3), 154, mixed(_BRASS, _SHINE, 0.5), tall=0.205)
    pan.disc((x + 2, y), 148, mixed(_BRASS, _NIGHT, 0.5), tall=0.19)
    return pan.onto(picture, blur=0.9)


def _weights(picture: Image.Image, at: Point) -> Image.Image:
    x, y = at
    stack = Layer(_BRASS)
    for dx, base, wide, tall in ((-58, 14, 42, 84), (34, 18, 32, 62), (92, 12, 22, 42)):
        low = round(y + base)
        _turned(
            stack,
            x + dx,
            (
                (low, wide),
                (low - tall, wide),
                (low - tall - 5, wide - 6),
                (low - tall - 10, 8),
                (low - tall - 18, 7),
                (low - tall - 24, 13),
                (low - tall - 34, 13),
                (low - tall - 38, 6),
            ),
        )
    return stack.onto(picture, blur=0.9)


def _lips(picture: Image.Image, ends: list[Point]) -> Image.Image:
    """The near rim of each pan, before what lies on it."""
    rims = Layer(_BRASS)
    for ex, ey in ends:
        y = ey + 330
        arc = [(ex + 154 * cos(a / 24 * pi), y + 31 * sin(a / 24 * pi)) for a in range(25)]
        under = [(ex + 152 * cos(a / 24 * pi), y + 12 + 40 * sin(a / 24 * pi)) for a in range(25)]
        rims.shape([*arc, *under[::-1]], mixed(_BRASS, _NIGHT, 0.34))
        rims.line(arc, mixed(_BRASS, _SHINE, 0.65), 3.4)
    return rims.onto(picture, blur=0.8).filter(ImageFilter.GaussianBlur(0.3))
