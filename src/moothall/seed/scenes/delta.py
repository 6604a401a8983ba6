"""A river delta from the air: strands that part towards the sea, and creeks along the contours of noise."""

import random
from math import cos, pi, sin

from PIL import Image, ImageChops, ImageFilter

from moothall.seed.scenes.brush import (
    Layer,
    Point,
    Rgb,
    bloom,
    cloud,
    curve,
    finished,
    glow,
    graded,
    mist,
    toned,
    veil,
)

_SAND: Rgb = (204, 184, 142)
_WET: Rgb = (22, 46, 42)
_APEX = (330.0, -140.0)
_STRANDS = 13


def draw(dice: random.Random) -> Image.Image:
    land = toned(
        cloud(dice, (7, 6), octaves=7, rough=0.62),
        [(0, (20, 42, 40)), (0.4, (44, 70, 56)), (0.65, (82, 98, 66)), (1, (146, 144, 98))],
    )
    fine = cloud(dice, (90, 60), octaves=3, rough=0.7)
    picture = Image.blend(land, ImageChops.overlay(land, Image.merge("RGB", [fine] * 3)), 0.32)
    silver = toned(
        cloud(dice, (4, 3), octaves=4), [(0, (92, 130, 136)), (0.5, (166, 190, 186)), (1, (246, 240, 216))]
    )
    wander = cloud(dice, (6, 5), octaves=6, rough=0.5)
    for wide, level, cells in ((0.010, 0.34, (7, 5)), (0.012, 0.66, (6, 5))):
        field = Image.blend(cloud(dice, cells, octaves=5, rough=0.46), wander, 0.45)
        picture = _wet(picture, silver, _near(field, level, wide), _near(field, level, wide * 2.2))
    picture = _wet(picture, silver, *_strands(dice))
    picture = _sea(picture, silver, dice)
    picture = glow(picture, (1600, 1100), 1100, (255, 232, 190), 0.3)
    shadow = curve(cloud(dice, (3, 3), octaves=5), 0.6, 0.9, 0.42)
    picture = veil(picture, (10, 26, 34), shadow.filter(ImageFilter.GaussianBlur(20)))
    picture = mist(
        bloom(picture, above=0.8, radius=24, strength=0.3), dice, (226, 226, 214), at=(-0.2, 0.04), density=0.6
    )
    return finished(graded(picture, (10, 50, 60), (255, 236, 190), strength=0.35), dice, vignette=0.34)


def _strands(dice: random.Random) -> tuple[Image.Image, Image.Image]:
    """Masks of the water and of its banks."""
    black, white = Image.new("RGB", (1800, 1200)), (255, 255, 255)
    water, banks = Layer(white), Layer(white)
    for n in range(_STRANDS):
        share = n / (_STRANDS - 1) * 2 - 1
        waves = [
            (f * dice.uniform(0.7, 1.4), dice.uniform(0, 2 * pi), dice.uniform(0.5, 1))
            for f in (1.5, 3, 6, 11, 19, 30)
        ]
        points = [_on_strand(t / 90, share, waves) for t in range(91)]
        thick = dice.choice((4, 5, 7, 9, 16)) * (1.5 - abs(share))
        for start in range(0, 90, 3):
            wide = thick * (1.5 - 0.9 * start / 90) * dice.uniform(0.8, 1.25)
            water.line(points[start : start + 5], white, wide)
            banks.line(points[start : start + 5], white, wide * 1.7 + 9)
    bends = _bends(dice)
    wet, dry = (layer.onto(black.copy()).getchannel(0) for layer in (water, banks))
    return _bent(wet, bends), _bent(dry, bends)


def _bends(dice: random.Random) -> list[list[Point]]:
    """How far each knot of a net over the picture is pulled aside."""
    inner = [[(dice.gauss(0, 13), dice.gauss(0, 13)) for _ in range(35)] for _ in range(23)]
    still = [(0.0, 0.0)]
    return [still * 37, *(still + row + still for row in inner), still * 37]


def _bent(mask: Image.Image, bends: list[list[Point]]) -> Image.Image:
    """The mask with the net pulled: straight banks become those of a river."""
    mesh = []
    for r in range(24):
        for c in range(36):
            knots = ((r, c), (r + 1, c), (r + 1, c + 1), (r, c + 1))
            pulled = tuple(v for y, x in knots for v in (x * 50 + bends[y][x][0], y * 50 + bends[y][x][1]))
            mesh.append(((c * 50, r * 50, c * 50 + 50, r * 50 + 50), pulled))
    return mask.transform(mask.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def _on_strand(t: float, share: float, waves: list[tuple[float, float, float]]) -> Point:
    sway = sum(a * sin(f * t * 2.4 + p) / f**0.8 for f, p, a in waves)
    angle = 0.86 + share * 0.62 * min(1.0, t * 1.25) ** 1.5 + sway * 0.17 * min(1.0, 0.25 + t)
    reach = t * 2250
    return _APEX[0] + reach * cos(angle), _APEX[1] + reach * sin(angle)


def _sea(picture: Image.Image, silver: Image.Image, dice: random.Random) -> Image.Image:
    waves = [(dice.uniform(4, 34), dice.uniform(0, 2 * pi)) for _ in range(12)]
    coast = []
    for n in range(241):
        angle = -0.1 + n / 240 * 1.9
        reach = 1560 + 130 * sin(angle * 3 + 1) + sum(380 / f * sin(f * angle + p) for f, p in waves) * 0.9
        coast.append((_APEX[0] + reach * cos(angle), _APEX[1] + reach * sin(angle)))
    white, black = (255, 255, 255), Image.new("RGB", (1800, 1200))
    shape = Layer(white)
    shape.shape([*coast, (-400, 2400), (2600, 2400), (2600, -200)], white)
    mask = _bent(shape.onto(black).getchannel(0), _bends(dice))
    plume = mask.filter(ImageFilter.GaussianBlur(90)).point([max(0, v - 150) * 2 for v in range(256)])
    picture = veil(picture, _SAND, mask.filter(ImageFilter.GaussianBlur(9)).point([v * 3 // 4 for v in range(256)]))
    deep = Image.composite(
        Image.new("RGB", (1800, 1200), (40, 84, 100)), silver, plume.point([v * 3 // 4 for v in range(256)])
    )
    return Image.composite(deep, picture, mask.filter(ImageFilter.GaussianBlur(1)))


def _wet(picture: Image.Image, silver: Image.Image, water: Image.Image, banks: Image.Image) -> Image.Image:
    """Water with sand on its banks and a dark, wet edge."""
    picture = veil(
        picture, _WET, banks.filter(ImageFilter.GaussianBlur(10)).point([v * 2 // 3 for v in range(256)])
    )
    picture = veil(
        picture, _SAND, banks.filter(ImageFilter.GaussianBlur(2.5)).point([v * 3 // 5 for v in range(256)])
    )
    return Image.composite(silver, picture, water.filter(ImageFilter.GaussianBlur(1)))


def _near(field: Image.Image, level: float, wide: float) -> Image.Image:
    return field.point(
        [round(255 * min(1.0, max(0.0, (wide - abs(v / 255 - level)) / (wide * 0.4)))) for v in range(256)]
    )
