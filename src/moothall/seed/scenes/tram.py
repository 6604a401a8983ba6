"""Line 4 in the rain: rails, wires and lamps on a wet street.

The street mirrors: everything is drawn once upside down beneath the ground, smeared, and once upright.
"""

import random

from PIL import Image, ImageFilter

from moothall.seed.scenes.brush import (
    HEIGHT,
    SIZE,
    WIDTH,
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
from moothall.seed.scenes.lens import Lens, Solid

_LENS = Lens(eye=1.7, focal=1500, centre=1000, horizon=690)
_NIGHT: Rgb = (20, 26, 42)
_HAZE: Rgb = (88, 84, 98)
_LAMP: Rgb = (255, 186, 104)
_RED: Rgb = (150, 38, 34)
_FRONT = 20.0


def draw(dice: random.Random) -> Image.Image:
    picture = sky(
        [
            (0, (22, 30, 52)),
            (0.3, (48, 56, 78)),
            (0.5, (104, 94, 100)),
            (0.575, (146, 114, 96)),
            (0.58, (96, 84, 84)),
            (0.7, (40, 42, 54)),
            (1, (24, 26, 36)),
        ]
    )
    picture = veil(picture, (30, 38, 60), curve(cloud(dice, (4, 5), octaves=5), 0.4, 0.9, 0.4))
    state = dice.getstate()
    for up in (-1, 1):
        dice.setstate(state)
        for z in (130, 92, 66, 47, 33, 23, 15):
            picture = _houses(picture, dice, z, up)
        picture = _tram(picture, up)
        if up < 0:
            picture = _street(picture, dice)
    picture = _wires(_rails(picture))
    picture = bloom(picture, above=0.6, radius=46, strength=0.7)
    return finished(graded(_rain(picture, dice), (16, 34, 72), (255, 206, 150), strength=0.35), dice, vignette=0.46)


def _quad(up: int, *corners: Solid) -> list[Point]:
    return _LENS.quad(*((x, y * up, z) for x, y, z in corners))


def _houses(picture: Image.Image, dice: random.Random, z: float, up: int) -> Image.Image:
    haze = min(0.92, z / 135)
    layer = Layer(_NIGHT)
    lamps = []
    for side in (-1, 1):
        x, high = side * dice.uniform(9.5, 11), dice.uniform(12, 17)
        wall = mixed(mixed(_NIGHT, (44, 40, 50), dice.random()), _HAZE, haze)
        back = z * 1.42
        layer.shape(_quad(up, (x, 0, z), (x, high, z), (x, high, back), (x, 0, back)), mixed(wall, (0, 0, 0), 0.1))
        gable = (
            (x, 0, z),
            (x, high, z),
            (x + side * 3, high + 3, z),
            (x + side * 40, high + 3, z),
            (x + side * 40, 0, z),
        )
        layer.shape(_quad(up, *gable), wall)
        _windows(layer, dice, (x, z, back), haze, up)
        lamps.append((side * 6.4, z * 1.1))
    picture = layer.onto(picture, blur=1.2 if z > 30 else 3.0)
    for x, at in lamps:
        spot, size = _LENS.at(x, 6.2 * up, at), _LENS.size(1, at)
        picture = glow(picture, spot, 2.4 * size + 14, _LAMP, 0.85)
        picture = glow(picture, spot, 0.5 * size + 4, (255, 240, 214), 1)
    return picture


def _windows(layer: Layer, dice: random.Random, wall: Solid, haze: float, up: int) -> None:
    x, z, back = wall
    for floor in range(4):
        for n in range(7):
            if dice.random() < 0.36:
                at, y = z + (back - z) * (n + 0.2) / 7, 4.4 + floor * 2.9
                end = at + (back - z) / 15
                paint = dice.choice((_LAMP, (255, 214, 150), (220, 190, 150)))
                tone = mixed(mixed(paint, _NIGHT, dice.uniform(0, 0.4)), _HAZE, haze * 0.6)
                layer.shape(_quad(up, (x, y, at), (x, y + 1.6, at), (x, y + 1.6, end), (x, y, end)), tone)
    for n in range(3):
        if dice.random() < 0.5:
            at = z + (back - z) * (n + 0.3) / 3
            end = at + (back - z) / 5
            tone = mixed(mixed((255, 196, 120), _NIGHT, dice.uniform(0.1, 0.5)), _HAZE, haze * 0.5)
            layer.shape(_quad(up, (x, 0.7, at), (x, 2.9, at), (x, 2.9, end), (x, 0.7, end)), tone)


def _tram(picture: Image.Image, up: int) -> Image.Image:
    z = _FRONT
    tram = Layer(_RED)
    dim = mixed(_RED, _NIGHT, 0.45)

    def front(left: float, low: float, right: float, high: float, colour: Rgb) -> None:
        tram.shape(_quad(up, (left, low, z), (left, high, z), (right, high, z), (right, low, z)), colour)

    tram.shape(_quad(up, (-0.95, 0.3, z), (-0.95, 3.3, z), (-0.95, 3.2, 38), (-0.95, 0.3, 38)), dim)
    roof = ((-3.5, 3.1), (-3.35, 3.4), (-3.0, 3.6), (-2.2, 3.68), (-1.45, 3.6), (-1.1, 3.4), (-0.95, 3.1))
    tram.shape(_quad(up, *((x, y, z + 1) for x, y in roof)), mixed(_NIGHT, (90, 84, 84), 0.5))
    tram.shape(
        [
            _LENS.at(x, y * up, z)
            for x, y in ((-3.5, 0.3), (-3.52, 2.2), (-3.4, 3.15), (-1.05, 3.15), (-0.93, 2.2), (-0.95, 0.3))
        ],
        _RED,
    )
    front(-3.52, 1.3, -0.93, 1.5, (226, 202, 162))
    front(-3.34, 1.62, -2.7, 2.62, (236, 196, 132))
    front(-2.62, 1.62, -1.83, 2.7, (255, 224, 164))
    front(-1.75, 1.62, -1.11, 2.62, (236, 196, 132))
    front(-2.5, 2.8, -1.95, 3.06, (255, 240, 206))
    tram.disc(_LENS.at(-2.25, 2.2 * up, z), _LENS.size(0.14, z), (64, 44, 40), tall=1.2)
    tram.shape(_quad(up, (-2.5, 1.62, z), (-2.44, 2.02, z), (-2.06, 2.02, z), (-2.0, 1.62, z)), (46, 44, 58))
    for n in range(6):
        at = z + 1.2 + n * 2.8
        tram.shape(
            _quad(up, (-0.95, 1.6, at), (-0.95, 2.62, at), (-0.95, 2.62, at + 2.1), (-0.95, 1.6, at + 2.1)),
            (240, 192, 120),
        )
    front(-3.4, 0.08, -1.05, 0.42, (22, 20, 26))
    if up > 0:
        tram.line(_LENS.quad((-2.2, 3.65, z + 3), (-2.7, 4.6, z + 4), (-2.2, 5.7, z + 3)), (16, 20, 32), 2.6)
    picture = tram.onto(picture, blur=1.0)
    for x in (-3.05, -1.4):
        spot = _LENS.at(x, 0.86 * up, z)
        picture = glow(glow(picture, spot, 150, (255, 224, 170), 0.85), spot, 30, (255, 250, 232), 1)
    return glow(picture, _LENS.at(-2.2, 2.1 * up, z), 230, (255, 206, 140), 0.35)


def _street(picture: Image.Image, dice: random.Random) -> Image.Image:
    """What is mirrored runs downwards; over it the dull of setts between puddles, and a kerb on either side."""
    line = round(_LENS.horizon)
    below = picture.crop((0, line, WIDTH, HEIGHT))
    run = below.resize((WIDTH // 3, below.height // 18), Image.Resampling.BOX).resize(
        below.size, Image.Resampling.BICUBIC
    )
    picture.paste(Image.blend(below.filter(ImageFilter.GaussianBlur(5)), run, 0.72), (0, line))
    size = (1500, 1400)
    setts = Image.frombytes("L", size, dice.randbytes(size[0] * size[1])).filter(ImageFilter.GaussianBlur(1))
    puddles = Image.frombytes("L", (90, 90), dice.randbytes(8100)).resize(size, Image.Resampling.BICUBIC)
    dull = curve(_LENS.ground(Image.blend(setts, puddles, 0.5), nearest=24, spread=14), 0.36, 0.64, 0.85)
    mask = Image.new("L", SIZE)
    mask.paste(dull, (0, HEIGHT - dull.height))
    picture = veil(picture, (25, 27, 37), mask)
    kerbs = Layer(_NIGHT)
    for side in (-1, 1):
        kerbs.shape(
            _LENS.quad((side * 7, 0, 1.9), (side * 7, 0, 110), (side * 60, 0, 110), (side * 60, 0, 1.9)),
            (34, 34, 44),
            120,
        )
        kerbs.line(_LENS.quad((side * 7, 0, 1.9), (side * 7, 0, 110)), (120, 108, 104), 2.4, 130)
    return kerbs.onto(picture, blur=1.4)


def _wires(picture: Image.Image) -> Image.Image:
    wires = Layer(_NIGHT)
    for x in (-3.4, -2.2, 0.9, 2.1):
        wires.line([_LENS.at(x, 5.7, z) for z in (2.2, 4, 8, 16, 40, 90)], (16, 20, 32), 2.6)
    for z in (9, 15, 25, 42):
        wires.line(
            [_LENS.at(x, 6.9 - 1.1 * (1 - abs(x) / 10), z) for x in (-10, -5, -3, 0, 3, 5, 10)],
            (16, 20, 32),
            max(1.2, 16 / z),
        )
        for x in (-2.2, 0.9):
            wires.line(_LENS.quad((x, 5.7, z), (x, 6.4, z)), (16, 20, 32), max(1.2, 14 / z))
    return wires.onto(picture, blur=0.7)


def _rails(picture: Image.Image) -> Image.Image:
    rails = Layer((170, 150, 130))
    for x in (-3.0, -1.55, 1.3, 2.75):
        for a, b in ((1.9, 4), (4, 9), (9, 19)):
            tone = (206, 178, 146) if x < 0 else (124, 120, 128)
            rails.line(_LENS.quad((x, 0, a), (x, 0, b)), tone, max(1.2, 14 / a), 170)
    return rails.onto(picture, blur=1.2)


def _rain(picture: Image.Image, dice: random.Random) -> Image.Image:
    fall = Layer((200, 206, 220))
    for _ in range(420):
        x, y, long = dice.uniform(-50, 1850), dice.uniform(-60, 1200), dice.uniform(16, 60)
        fall.line(
            [(x, y), (x - long * 0.14, y + long)], (206, 208, 220), dice.choice((1, 1, 1.5)), dice.randint(16, 64)
        )
    picture = fall.onto(picture, blur=0.6)
    for _ in range(20):
        at = (dice.uniform(0, 1800), dice.uniform(0, 1200))
        tone = dice.choice((_LAMP, (255, 214, 160), (196, 70, 56), (140, 170, 200)))
        picture = bokeh(picture, at, dice.uniform(10, 36), tone, dice.uniform(0.04, 0.13))
    return picture
