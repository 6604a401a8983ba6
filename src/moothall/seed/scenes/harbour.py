"""The harbour at sunrise: cranes going away along a quay, and the small ferry crossing the light."""

import random
from math import sin

from PIL import Image, ImageChops

from moothall.seed.scenes.brush import (
    Layer,
    Point,
    Rgb,
    band,
    bloom,
    cloud,
    curve,
    finished,
    glow,
    graded,
    mist,
    mixed,
    sky,
    veil,
)
from moothall.seed.scenes.lens import Lens, Solid
from moothall.seed.scenes.water import mirrored, path_of_light

_SHORE = 770
_LENS = Lens(eye=4, focal=1750, centre=760, horizon=_SHORE - 6)
_HAZE: Rgb = (246, 204, 158)
_STEEL: Rgb = (44, 48, 62)
_SUN = (560, 690)
# Heights of the cranes count from the quay, which lies so far above the water.
_QUAY = 7.0


def draw(dice: random.Random) -> Image.Image:
    picture = sky(
        [
            (0, (96, 128, 152)),
            (0.25, (150, 164, 168)),
            (0.45, (226, 196, 160)),
            (0.6, (253, 216, 158)),
            (0.66, (250, 196, 132)),
            (1, (150, 120, 110)),
        ]
    )
    fleece = curve(cloud(dice, (5, 16), octaves=5, rough=0.55), 0.52, 0.95, 0.7)
    picture = veil(picture, (255, 232, 200), ImageChops.multiply(fleece, band(0.02, 0.36, 0.16)))
    picture = glow(picture, _SUN, 900, (255, 220, 150), 0.8)
    picture = glow(picture, _SUN, 130, (255, 246, 220), 1)
    far = Layer(_HAZE)
    for x in range(0, 1800, 24):
        top = _SHORE - 22 - 10 * sin(x / 210) - dice.uniform(0, 16)
        far.shape([(x, _SHORE), (x, top), (x + 25, top), (x + 25, _SHORE)], (206, 164, 138))
    picture = mist(far.onto(picture, blur=4), dice, _HAZE, at=(0.58, 0.66), density=0.6)
    for n, z in enumerate((900, 640, 455, 320, 222)):
        tone = mixed(_STEEL, _HAZE, 0.72 - n * 0.17)
        picture = _crane(picture, dice, z, tone)
        if n < 4:
            picture = mist(picture, dice, _HAZE, at=(0.57, 0.66), density=0.3)
    picture = _ferry(picture)
    picture = bloom(picture, above=0.78, radius=44, strength=0.5)
    picture = mirrored(picture, dice, line=_SHORE, body=(84, 92, 106), rough=1.1, clear=0.9)
    picture = ImageChops.screen(picture, path_of_light(_SHORE, _SUN[0], 26, (168, 104, 48), dice))
    picture = _gulls(picture, dice)
    return finished(graded(picture, (30, 60, 90), (255, 226, 180)), dice)


def _crane(picture: Image.Image, dice: random.Random, z: float, tone: Rgb) -> Image.Image:
    layer = Layer(tone)
    wide = _LENS.size(1, z)
    for depth in (18.0, 0.0):
        at = z + depth
        for leg in (46, 70):
            layer.line(_quad((leg, 0, at), (leg, 46, at)), tone, wide * 1.5)
        layer.line(_quad((46, 15, at), (70, 15, at)), tone, wide * 1.8)
        layer.line(_quad((46, 46, at), (70, 15, at)), tone, wide * 0.7)
        for low in (44.5, 47.5):
            layer.line(_quad((-14, low, at), (104, low, at)), tone, wide * 0.6)
        for n in range(36):
            x = -14 + n * 3.28
            layer.line(_quad((x, 44.5, at), (x + 1.64, 47.5, at), (x + 3.28, 44.5, at)), tone, wide * 0.35)
        layer.line(_quad((46, 47, at), (52, 72, at), (70, 47, at)), tone, wide)
        for end in (-12, 14, 102):
            layer.line(_quad((52, 72, at), (end, 47.5, at)), tone, wide * 0.4)
    layer.shape(_quad((76, 48, z), (98, 48, z), (98, 55, z), (76, 55, z)), tone)
    cabin = dice.uniform(8, 30)
    layer.shape(_quad((cabin, 44, z), (cabin + 5, 44, z), (cabin + 5, 40, z), (cabin + 1, 40, z)), tone)
    layer.line(_quad((cabin + 3, 44, z), (cabin + 3, 24, z)), tone, wide * 0.25)
    layer.shape(_quad((cabin - 3, 24, z), (cabin + 9, 24, z), (cabin + 9, 21.4, z), (cabin - 3, 21.4, z)), tone)
    layer.shape(_quad((36, 0, z), (190, 0, z), (190, -_QUAY, z), (36, -_QUAY, z)), mixed(tone, (0, 0, 0), 0.12))
    for n in range(16):
        x, high = 78 + n * 6.3, dice.choice((1, 2, 2, 3)) * 2.6
        paint = mixed(tone, dice.choice(((150, 66, 46), (52, 92, 110), (166, 128, 70), tone)), 0.45)
        layer.shape(_quad((x, high, z), (x + 6, high, z), (x + 6, 0, z), (x, 0, z)), paint)
    return layer.onto(picture, blur=0.5 + z / 1000)


def _quad(*corners: Solid) -> list[Point]:
    return _LENS.quad(*((x, y + _QUAY, z) for x, y, z in corners))


def _ferry(picture: Image.Image) -> Image.Image:
    hull, cabin = mixed((34, 42, 60), _HAZE, 0.18), mixed((196, 176, 156), _HAZE, 0.2)
    boat = Layer(hull)
    boat.shape([(404, 746), (548, 746), (532, 772), (420, 772)], hull)
    boat.line([(405, 747), (547, 747)], mixed((170, 70, 50), _HAZE, 0.3), 2)
    boat.shape([(428, 728), (524, 728), (527, 747), (425, 747)], cabin)
    boat.shape([(452, 714), (490, 714), (494, 728), (449, 728)], mixed(cabin, hull, 0.25))
    boat.shape([(500, 706), (509, 706), (510, 728), (499, 728)], mixed((150, 66, 48), _HAZE, 0.25))
    for x in range(432, 520, 10):
        boat.shape([(x, 733), (x + 6, 733), (x + 6, 741), (x, 741)], mixed(hull, cabin, 0.25))
    boat.line([(471, 714), (471, 688)], hull, 1.4)
    for x in range(430, 522, 7):
        boat.disc((x + (x * 7) % 3, 725), 1.2, hull, tall=2)
    return boat.onto(picture, blur=1)


def _gulls(picture: Image.Image, dice: random.Random) -> Image.Image:
    flock = Layer(_STEEL)
    for x, y, span in ((250, 520, 13), (300, 498, 9), (216, 548, 7)):
        lift = dice.uniform(0.2, 0.5) * span
        wings = ((-1, -1), (-0.4, -1.25), (0, 0), (0.45, -1.1), (1, -0.7))
        flock.line([(x + a * span, y + b * lift) for a, b in wings], (96, 92, 96), 1.8)
    return flock.onto(picture, blur=0.7)
