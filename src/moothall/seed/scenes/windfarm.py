"""Turbines standing in a misty sea, seen through a long lens; a fishing boat for their size."""

import random
from math import cos, pi, sin

from PIL import Image, ImageChops, ImageFilter

from moothall.seed.scenes.brush import (
    HEIGHT,
    Layer,
    Rgb,
    band,
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
from moothall.seed.scenes.lens import Lens

_LINE = 806
_LENS = Lens(eye=14, focal=13000, centre=900, horizon=_LINE)
_AIR: Rgb = (222, 224, 216)
_WHITE: Rgb = (250, 248, 240)
_SHADE: Rgb = (128, 144, 152)


def draw(dice: random.Random) -> Image.Image:
    picture = sky(
        [
            (0, (120, 146, 160)),
            (0.3, (168, 184, 186)),
            (0.52, (212, 214, 204)),
            (0.67, (238, 226, 204)),
            (1, (120, 140, 146)),
        ]
    )
    heavy = curve(cloud(dice, (3, 9), octaves=6, rough=0.55), 0.42, 0.9, 0.75)
    picture = veil(picture, (92, 114, 130), ImageChops.multiply(heavy, band(-0.2, 0.3, 0.22)))
    fleece = curve(cloud(dice, (4, 14), octaves=6, rough=0.55), 0.5, 0.95, 0.8)
    picture = veil(picture, (246, 236, 214), ImageChops.multiply(fleece, band(0.1, 0.5, 0.2)))
    picture = glow(picture, (1330, 700), 900, (255, 238, 200), 0.55)
    picture = _sea(picture, dice)
    for row, (z, xs) in enumerate(
        (
            (9800, (-520, -300, -80, 140, 360, 580)),
            (6800, (-390, -205, -20, 165, 350)),
            (4500, (-250, -105, 40, 190)),
            (2750, (-128, 4)),
        )
    ):
        picture = _row(picture, dice, z, xs, 0.84 - row * 0.25)
        picture = mist(picture, dice, _AIR, at=(0.6, 0.665), density=0.7 - row * 0.12)
    return finished(graded(_boat(picture), (30, 60, 84), (255, 240, 214), strength=0.3), dice, vignette=0.24)


def _sea(picture: Image.Image, dice: random.Random) -> Image.Image:
    size = (1600, 1500)
    waves = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
    long = Image.frombytes("L", (320, 400), dice.randbytes(128_000)).resize(size, Image.Resampling.BICUBIC)
    sheet = _LENS.ground(Image.blend(waves, long, 0.6), nearest=46, spread=30).filter(ImageFilter.GaussianBlur(0.8))
    below = HEIGHT - _LINE
    water = sky([(0, (196, 200, 190)), (0.08, (160, 174, 174)), (0.35, (104, 128, 136)), (1, (48, 74, 88))]).resize(
        (1800, below)
    )
    light, dark = curve(sheet, 0.55, 0.8, 0.42), curve(sheet.point([255 - v for v in range(256)]), 0.5, 0.75, 0.5)
    water = Image.composite(Image.new("RGB", water.size, (214, 214, 200)), water, light)
    water = Image.composite(Image.new("RGB", water.size, (30, 54, 70)), water, dark)
    picture.paste(water, (0, _LINE))
    return picture


def _row(picture: Image.Image, dice: random.Random, z: float, xs: tuple[int, ...], haze: float) -> Image.Image:
    layer = Layer(_AIR)
    for x in xs:
        _turbine(layer, dice, x + dice.uniform(-9, 9), z, haze)
    return layer.onto(picture, blur=0.5 + z / 7000)


def _turbine(layer: Layer, dice: random.Random, x: float, z: float, haze: float) -> None:
    lit, dim = mixed(_WHITE, _AIR, haze), mixed(_SHADE, _AIR, haze)
    at = _LENS.at
    layer.shape([at(x - 3, 0, z), at(x + 0.6, 0, z), at(x + 0.4, 98, z), at(x - 1.5, 98, z)], dim)
    layer.shape([at(x + 0.2, 0, z), at(x + 3, 0, z), at(x + 1.5, 98, z), at(x - 0.2, 98, z)], lit)
    layer.shape(
        [at(x - 5, 0, z), at(x + 5, 0, z), at(x + 5, 9, z), at(x - 5, 9, z)],
        mixed((186, 158, 104), _AIR, haze + 0.1),
    )
    layer.shape([at(x - 3, 96.5, z), at(x + 6, 97, z), at(x + 6, 101, z), at(x - 3, 101.5, z)], dim)
    turn = dice.uniform(0, 2 * pi / 3)
    for blade in range(3):
        angle = turn + blade * 2 * pi / 3
        c, s = cos(angle), sin(angle)
        outline = (
            (0, -1.2),
            (8, -2.6),
            (14, -3.0),
            (40, -1.6),
            (68, -0.2),
            (69, 0.3),
            (40, 1.0),
            (14, 1.4),
            (6, 1.2),
            (0, 1.2),
        )
        points = [at(x + r * c - w * s, 99 + r * s + w * c, z) for r, w in outline]
        layer.shape(points, lit if s > -0.2 else mixed(lit, dim, 0.6))
    layer.disc(at(x, 99, z), _LENS.size(2.4, z), lit)


def _boat(picture: Image.Image) -> Image.Image:
    hull: Rgb = (66, 62, 70)
    boat = Layer(hull)
    x, y = 566, 826
    boat.shape([(x, y - 16), (x + 8, y), (x + 74, y), (x + 84, y - 12), (x + 30, y - 9)], hull)
    boat.shape([(x + 48, y - 10), (x + 48, y - 31), (x + 68, y - 31), (x + 70, y - 10)], (206, 198, 184))
    boat.shape([(x + 51, y - 27), (x + 65, y - 27), (x + 65, y - 20), (x + 51, y - 20)], (80, 92, 100))
    boat.line([(x + 36, y - 9), (x + 36, y - 48), (x + 14, y - 14)], hull, 1.6)
    boat.line([(x + 4, y - 14), (x + 74, y - 12)], (180, 70, 52), 1.6)
    boat.shape([(x + 4, y), (x + 80, y), (x + 70, y + 12), (x + 12, y + 10)], (70, 88, 96), 150)
    return boat.onto(picture, blur=0.7)
