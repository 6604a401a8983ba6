"""A corridor of the new wing at first light: tall windows, their light on the floor, a mobile of paper birds."""

import random

from PIL import Image, ImageChops

from moothall.seed.scenes.brush import (
    SIZE,
    Layer,
    Rgb,
    bloom,
    cloud,
    curve,
    finished,
    glow,
    graded,
    mixed,
    sky,
)
from moothall.seed.scenes.lens import Lens

_LENS = Lens(eye=1.5, focal=1250, centre=610, horizon=620)
_LIGHT: Rgb = (255, 232, 188)
_WALL: Rgb = (176, 184, 184)
_LEFT, _RIGHT, _HIGH, _END = -1.9, 2.3, 3.6, 24.0
_BAY, _PANE = 2.7, 1.75


def draw(dice: random.Random) -> Image.Image:
    picture = _room()
    picture = _windows(picture)
    picture = _light(picture, dice)
    picture = _bench(picture)
    picture = _birds(picture, dice)
    picture = glow(picture, _LENS.at(_RIGHT, 2, 9), 900, _LIGHT, 0.35)
    return finished(
        graded(bloom(picture, above=0.78, radius=70, strength=0.55), (40, 66, 88), (255, 230, 196)),
        dice,
        vignette=0.3,
    )


def _room() -> Image.Image:
    picture = sky([(0, (150, 162, 166)), (1, (150, 150, 148))])
    walls = Layer(_WALL)
    n = 40
    for k in range(n):
        far, near = 1.1 + (_END - 1.1) * (1 - k / n), 1.1 + (_END - 1.1) * (1 - (k + 1) / n)
        share = k / n
        shade = mixed((214, 210, 200), (128, 140, 148), share)
        walls.shape(_LENS.quad((_LEFT, 0, far), (_LEFT, _HIGH, far), (_LEFT, _HIGH, near), (_LEFT, 0, near)), shade)
        walls.shape(
            _LENS.quad((_RIGHT, 0, far), (_RIGHT, _HIGH, far), (_RIGHT, _HIGH, near), (_RIGHT, 0, near)),
            mixed(shade, (90, 104, 116), 0.42),
        )
        walls.shape(
            _LENS.quad((_LEFT, _HIGH, far), (_RIGHT, _HIGH, far), (_RIGHT, _HIGH, near), (_LEFT, _HIGH, near)),
            mixed(shade, (236, 232, 222), 0.25),
        )
        walls.shape(
            _LENS.quad((_LEFT, 0, far), (_RIGHT, 0, far), (_RIGHT, 0, near), (_LEFT, 0, near)),
            mixed(mixed((196, 184, 166), (112, 108, 106), share), _WALL, 0.2),
        )
    walls.shape(
        _LENS.quad((_LEFT, 0, _END), (_RIGHT, 0, _END), (_RIGHT, _HIGH, _END), (_LEFT, _HIGH, _END)),
        (216, 210, 198),
    )
    walls.shape(_LENS.quad((-0.7, 0, _END), (1.0, 0, _END), (1.0, 2.4, _END), (-0.7, 2.4, _END)), (150, 166, 164))
    walls.line(_LENS.quad((0.15, 0, _END), (0.15, 2.4, _END)), (206, 204, 196), 2)
    walls.line(_LENS.quad((_LEFT, 0.9, _END), (_LEFT, 0.9, 1.1)), (150, 122, 92), 7)
    walls.line(_LENS.quad((_LEFT, 0.05, _END), (_LEFT, 0.05, 1.1)), (96, 104, 110), 5)
    for k in range(4):
        z = 4.2 + k * 4.6
        walls.shape(
            _LENS.quad((_LEFT, 0, z), (_LEFT, 2.25, z), (_LEFT, 2.25, z + 1.4), (_LEFT, 0, z + 1.4)),
            mixed((150, 172, 160), (214, 210, 200), min(1, k / 5)),
        )
        walls.line(
            _LENS.quad((_LEFT, 0, z), (_LEFT, 2.25, z), (_LEFT, 2.25, z + 1.4), (_LEFT, 0, z + 1.4)),
            (110, 124, 122),
            2.6,
        )
    return walls.onto(picture, blur=1.0)


def _windows(picture: Image.Image) -> Image.Image:
    glass = Layer(_LIGHT)
    for k in range(8):
        z = 2.2 + k * _BAY
        glass.shape(
            _LENS.quad((_RIGHT, 0.55, z), (_RIGHT, 3.15, z), (_RIGHT, 3.15, z + _PANE), (_RIGHT, 0.55, z + _PANE)),
            (255, 246, 222),
        )
        glass.shape(
            _LENS.quad(
                (_RIGHT, 0.55, z),
                (_RIGHT, 1.15, z),
                (_RIGHT, 1.35, z + _PANE * 0.6),
                (_RIGHT, 1.2, z + _PANE),
                (_RIGHT, 0.55, z + _PANE),
            ),
            (206, 212, 190),
        )
        frame = mixed((92, 104, 112), (200, 196, 186), k / 9)
        for y in (1.25, 2.5):
            glass.line(_LENS.quad((_RIGHT, y, z), (_RIGHT, y, z + _PANE)), frame, max(1.5, 12 / z))
        glass.line(
            _LENS.quad((_RIGHT, 0.55, z + _PANE / 2), (_RIGHT, 3.15, z + _PANE / 2)), frame, max(1.5, 14 / z)
        )
        glass.shape(
            _LENS.quad(
                (_RIGHT, 0.5, z - 0.05),
                (_RIGHT - 0.22, 0.5, z - 0.05),
                (_RIGHT - 0.22, 0.5, z + _PANE),
                (_RIGHT, 0.5, z + _PANE),
            ),
            mixed(frame, (255, 240, 210), 0.6),
        )
    picture = glass.onto(picture, blur=1.6)
    for k in range(8):
        z = 3 + k * _BAY
        picture = glow(picture, _LENS.at(_RIGHT, 2, z), _LENS.size(2.6, z), _LIGHT, 0.3)
    return picture


def _light(picture: Image.Image, dice: random.Random) -> Image.Image:
    """Each window lies aslant on the floor, and its head on the opposite wall."""
    pools = Layer((255, 255, 255))
    for k in range(8):
        z = 2.2 + k * _BAY
        for low, high in ((0.55, 1.2), (1.3, 2.45), (2.55, 3.15)):
            for side in (0.04, _PANE / 2 + 0.04):
                corners = (
                    (low, z + side),
                    (high, z + side),
                    (high, z + side + _PANE / 2 - 0.1),
                    (low, z + side + _PANE / 2 - 0.1),
                )
                pools.shape([_cast(y, at) for y, at in corners], (255, 255, 255), 235)
    mask = pools.onto(Image.new("RGB", SIZE), blur=4.5).getchannel(0)
    leaves = curve(cloud(dice, (26, 20), octaves=4, rough=0.6), 0.2, 0.62)
    warm = Image.merge(
        "RGB",
        [
            ImageChops.multiply(mask, leaves).point([v * c // 255 * 5 // 8 for v in range(256)])
            for c in (255, 214, 150)
        ],
    )
    return ImageChops.screen(picture, warm)


def _cast(height: float, along: float) -> tuple[float, float]:
    """Where the sun throws a point of the window wall: onto the floor, or up the far wall."""
    across, back = 1.5, 0.5
    reach = height * across
    if _RIGHT - reach >= _LEFT:
        return _LENS.at(_RIGHT - reach, 0, max(1.05, along - height * back))
    used = (_RIGHT - _LEFT) / across
    return _LENS.at(_LEFT, height - used, max(1.05, along - used * back))


def _bench(picture: Image.Image) -> Image.Image:
    """A sofa that a parent can sleep on, and a toy left beside it."""
    sofa = Layer((90, 110, 118))
    near, far = 5.1, 7.4
    x = _LEFT + 0.78
    sofa.shape(
        _LENS.quad(
            (_LEFT + 0.05, 0.95, near),
            (_LEFT + 0.05, 0.95, far),
            (_LEFT + 0.25, 0.42, far),
            (_LEFT + 0.25, 0.42, near),
        ),
        (92, 122, 124),
    )
    sofa.shape(
        _LENS.quad((_LEFT + 0.2, 0.45, near), (_LEFT + 0.2, 0.45, far), (x, 0.45, far), (x, 0.45, near)),
        (124, 150, 146),
    )
    sofa.shape(_LENS.quad((x, 0.45, near), (x, 0.45, far), (x, 0.12, far), (x, 0.12, near)), (82, 106, 110))
    sofa.shape(
        _LENS.quad(
            (_LEFT + 0.05, 0.95, near),
            (_LEFT + 0.25, 0.45, near),
            (x, 0.45, near),
            (x, 0.12, near),
            (_LEFT + 0.05, 0.12, near),
        ),
        (66, 88, 94),
    )
    spot = _LENS.at(-0.55, 0.12, 5.4)
    sofa.disc((spot[0] + 12, spot[1] + 28), 40, (120, 104, 92), tall=0.2, alpha=120)
    sofa.disc(spot, 29, (176, 74, 56))
    sofa.disc((spot[0] + 8, spot[1] - 8), 18, (206, 104, 76))
    return sofa.onto(picture, blur=1.2)


def _birds(picture: Image.Image, dice: random.Random) -> Image.Image:
    mobile = Layer((236, 226, 206))
    hung = ((860, 150, 1.3), (740, 236, 1.0), (968, 268, 1.1), (826, 352, 0.9), (1046, 176, 0.8))
    for x, y, size in hung:
        tone = dice.choice(((244, 232, 206), (214, 124, 84), (120, 154, 156), (232, 184, 104)))
        mobile.line([(x, -10), (x, y)], (120, 124, 126), 1.1)
        mobile.shape(
            [(x - 62 * size, y - 18 * size), (x, y), (x - 6 * size, y + 16 * size)], mixed(tone, (70, 76, 84), 0.3)
        )
        mobile.shape(
            [
                (x, y - 2),
                (x + 60 * size, y - 30 * size),
                (x + 8 * size, y + 18 * size),
                (x - 10 * size, y + 14 * size),
            ],
            tone,
        )
        mobile.shape(
            [(x - 8 * size, y + 8 * size), (x + 12 * size, y + 10 * size), (x - 30 * size, y + 44 * size)],
            mixed(tone, (70, 76, 84), 0.16),
        )
        mobile.shape(
            [
                (x + 6 * size, y + 4 * size),
                (x + 34 * size, y + 22 * size),
                (x + 46 * size, y + 16 * size),
                (x + 30 * size, y + 32 * size),
                (x, y + 18 * size),
            ],
            mixed(tone, (255, 255, 255), 0.2),
        )
    return mobile.onto(picture, blur=1.1)
