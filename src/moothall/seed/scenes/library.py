"""The reading room after midnight: shelves going away on both sides, green-shaded lamps on one long table."""

import random

from PIL import Image

from moothall.seed.scenes.brush import Layer, Rgb, bloom, finished, glow, graded, lit, mixed, sky
from moothall.seed.scenes.lens import Lens

_LENS = Lens(eye=1.75, focal=1350, centre=820, horizon=560)
_OAK: Rgb = (70, 42, 26)
_TABLE = (0.35, 2.0)
_DARK: Rgb = (14, 9, 8)
_LAMP: Rgb = (255, 196, 116)
_SPINES: tuple[Rgb, ...] = (
    (124, 52, 38),
    (92, 34, 34),
    (46, 66, 62),
    (38, 50, 72),
    (142, 104, 58),
    (168, 140, 92),
    (76, 62, 48),
    (110, 80, 50),
    (64, 76, 52),
    (186, 168, 130),
)


def draw(dice: random.Random) -> Image.Image:
    picture = sky(
        [(0, (16, 11, 10)), (0.3, (34, 22, 16)), (0.47, (88, 56, 32)), (0.6, (60, 38, 24)), (1, (20, 13, 10))]
    )
    picture = _end_wall(picture)
    for far, near in ((26.0, 13.0), (13.0, 6.6), (6.6, 2.4)):
        shelves = Layer(_OAK)
        for side in (-3.1, 3.7):
            _shelves(shelves, dice, side, far, near)
        picture = shelves.onto(picture, blur=3.4 if near < 3 else 0.9)
    picture = _table(picture)
    for n, z in enumerate((18.0, 12.4, 8.6, 5.9, 4.0)):
        picture = _lamp(picture, z, blur=0.6 + max(0.0, n - 2) * 1.1)
    return finished(
        graded(bloom(picture, above=0.62, radius=50, strength=0.7), (30, 20, 50), (255, 210, 150)),
        dice,
        vignette=0.5,
    )


def _end_wall(picture: Image.Image) -> Image.Image:
    wall = Layer(_OAK)
    z = 27
    wall.shape(_LENS.quad((-3.1, 0, z), (3.7, 0, z), (3.7, 5.6, z), (-3.1, 5.6, z)), (84, 54, 32))
    arch = [
        _LENS.at(0.3 + 1.2 * x, y, z)
        for x, y in (
            (-1, 1),
            (-1, 3.6),
            (-0.8, 4.2),
            (-0.4, 4.6),
            (0, 4.75),
            (0.4, 4.6),
            (0.8, 4.2),
            (1, 3.6),
            (1, 1),
        )
    ]
    wall.shape(arch, (38, 46, 66))
    for x in (-0.5, 0.3, 1.1):
        wall.line(_LENS.quad((x, 1, z), (x, 4.7, z)), (62, 42, 28), 2)
    for y in (1.9, 2.8, 3.7):
        wall.line(_LENS.quad((-0.9, y, z), (1.5, y, z)), (62, 42, 28), 2)
    return glow(wall.onto(picture, blur=1.2), _LENS.at(0.3, 1.6, z), 260, _LAMP, 0.5)


def _light(z: float, y: float) -> float:
    """How bright a spine is: lamps hang low and stand every few metres."""
    return max(0.1, 1.15 - 0.26 * abs(y - 1.5)) * (0.62 + 0.38 * (1 if 4 < z < 20 else 0.4))


def _shelves(layer: Layer, dice: random.Random, side: float, far: float, near: float) -> None:
    layer.shape(_LENS.quad((side, 0, far), (side, 5.4, far), (side, 5.4, near), (side, 0, near)), (26, 16, 12))
    inward = 0.05 if side < 0 else -0.05
    for row in range(11):
        y, z = 0.28 + row * 0.46, far
        while z > near:
            thick, tall = dice.uniform(0.03, 0.085), dice.uniform(0.24, 0.38)
            if dice.random() < 0.03:
                thick *= 4
                tall = 0
            tone = mixed(_DARK, dice.choice(_SPINES), _light(z, y) * dice.uniform(0.55, 1))
            deep = inward * dice.uniform(0, 1)
            layer.shape(
                _LENS.quad(
                    (side + deep, y, z),
                    (side + deep, y + tall, z),
                    (side + deep, y + tall, z - thick),
                    (side + deep, y, z - thick),
                ),
                tone,
            )
            z -= thick + 0.004
        board = mixed(_DARK, (120, 74, 44), _light(near + 3, y))
        edge = side + inward * 1.6
        layer.shape(
            _LENS.quad((edge, y - 0.05, far), (edge, y, far), (edge, y, near), (edge, y - 0.05, near)), board
        )
    z = far
    while z > near:
        edge = side + inward * 2.2
        layer.shape(
            _LENS.quad((edge, 0, z), (edge, 5.4, z), (edge, 5.4, z - 0.11), (edge, 0, z - 0.11)),
            mixed(_DARK, _OAK, 0.9),
        )
        z -= 1.62


def _table(picture: Image.Image) -> Image.Image:
    table = Layer(_OAK)
    left, right = _TABLE
    table.shape(_LENS.quad((left, 0.76, 22), (left, 0.66, 22), (left, 0.66, 1.2), (left, 0.76, 1.2)), (34, 20, 14))
    table.shape(_LENS.quad((left, 0.66, 22), (left, 0, 22), (left, 0, 1.2), (left, 0.66, 1.2)), (16, 10, 9))
    table.shape(
        _LENS.quad((left, 0.76, 22), (right, 0.76, 22), (right, 0.76, 1.2), (left, 0.76, 1.2)), (92, 54, 32)
    )
    table.line(_LENS.quad((left, 0.76, 22), (left, 0.76, 1.2)), (140, 88, 52), 2)
    for x, z, wide in ((0.62, 5.4, 0.36), (1.5, 4.5, 0.36), (0.55, 8.2, 0.4), (0.7, 3.35, 0.38), (1.55, 6.9, 0.38)):
        low, high = 0.77, 0.79
        table.shape(
            _LENS.quad((x, low, z), (x + wide, low, z + 0.06), (x + wide, low, z - 0.3), (x, low, z - 0.36)),
            (150, 120, 84),
        )
        table.shape(
            _LENS.quad((x, high, z), (x + wide, high, z + 0.06), (x + wide, high, z - 0.3), (x, high, z - 0.36)),
            (236, 216, 176),
        )
        table.line(_LENS.quad((x + wide / 2, high, z + 0.03), (x + wide / 2, high, z - 0.33)), (150, 126, 92), 2.4)
    for n in range(4):
        tone = _SPINES[n * 2]
        y = 0.76 + n * 0.05
        table.shape(
            _LENS.quad(
                (1.34, y, 3.2), (1.34, y + 0.05, 3.2), (1.66 - n * 0.02, y + 0.05, 3.2), (1.66 - n * 0.02, y, 3.2)
            ),
            tone,
        )
        table.shape(
            _LENS.quad(
                (1.34, y + 0.05, 3.2),
                (1.66 - n * 0.02, y + 0.05, 3.2),
                (1.66, y + 0.05, 3.42),
                (1.34, y + 0.05, 3.42),
            ),
            mixed(tone, (0, 0, 0), 0.3),
        )
    return table.onto(picture, blur=1.1)


def _lamp(picture: Image.Image, z: float, blur: float) -> Image.Image:
    x = sum(_TABLE) / 2
    pool = _LENS.at(x, 0.77, z)
    wide = _LENS.size(1, z)
    light = Image.radial_gradient("L").point([round(230 * max(0.0, 1 - v / 175) ** 1.5) for v in range(256)])
    spot = light.resize((round(wide * 2.4), round(wide * 0.7)))
    picture = lit(picture, spot, _LAMP, (round(pool[0] - wide * 1.2), round(pool[1] - wide * 0.35)))
    lamp = Layer((30, 70, 54))
    lamp.line(_LENS.quad((x, 0.77, z), (x, 1.16, z)), (150, 112, 56), wide * 0.022)
    lamp.disc(pool, wide * 0.08, (120, 88, 46), tall=0.35)
    shade = ((-0.22, 1.12), (-0.19, 1.22), (-0.12, 1.28), (0.12, 1.28), (0.19, 1.22), (0.22, 1.12))
    lamp.shape([_LENS.at(x + a, b, z) for a, b in shade], (34, 96, 70))
    lamp.line([_LENS.at(x + a, b, z) for a, b in shade[1:3]], (120, 180, 140), wide * 0.014)
    lamp.line(_LENS.quad((x - 0.21, 1.12, z), (x + 0.21, 1.12, z)), (255, 236, 190), wide * 0.024)
    picture = lamp.onto(picture, blur=blur)
    return glow(picture, _LENS.at(x, 1.06, z), wide * 0.72, _LAMP, 0.8)
