"""Wheat in the last light: one ear sharp, the field behind it only colour."""

import random
from math import cos, pi, sin

from PIL import Image, ImageChops

from moothall.seed.scenes.brush import (
    HEIGHT,
    WIDTH,
    Layer,
    Point,
    Rgb,
    band,
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

_SUN: Point = (1290, 372)
_LIGHT: Rgb = (255, 222, 150)
_STRAW: Rgb = (206, 148, 70)
_SHADE: Rgb = (84, 54, 30)


def draw(dice: random.Random) -> Image.Image:
    picture = sky(
        [
            (0, (196, 156, 118)),
            (0.2, (232, 186, 124)),
            (0.37, (252, 218, 150)),
            (0.4, (186, 138, 84)),
            (0.55, (176, 120, 58)),
            (1, (70, 46, 26)),
        ]
    )
    clouds = curve(cloud(dice, (3, 8), octaves=5), 0.5, 0.95, 0.5)
    picture = veil(picture, (196, 136, 108), ImageChops.multiply(clouds, band(-0.1, 0.22, 0.12)))
    picture = _hills(picture)
    picture = glow(picture, _SUN, 1000, (255, 214, 130), 0.9)
    picture = glow(picture, _SUN, 190, (255, 250, 220), 1)
    for count, near, blur in ((190, 0.16, 3.5), (130, 0.3, 6.0), (70, 0.55, 5.0)):
        picture = _ears(picture, dice, count, near, blur)
    for _ in range(46):
        at = (dice.gauss(1180, 420), dice.gauss(620, 190))
        picture = bokeh(picture, at, dice.uniform(10, 44), _LIGHT, dice.uniform(0.06, 0.22))
    picture = _ears(picture, dice, 13, 1.0, 0.7)
    picture = _ears(picture, dice, 7, 1.9, 17)
    return finished(
        graded(bloom(picture, above=0.66, radius=70, strength=0.7), (60, 30, 40), (255, 226, 160)),
        dice,
        vignette=0.36,
    )


def _hills(picture: Image.Image) -> Image.Image:
    far = Layer((150, 110, 84))
    far.shape(
        [
            (0, 480),
            *((x, 452 + 22 * sin(x / 300) + 9 * sin(x / 90)) for x in range(0, 1840, 20)),
            (WIDTH, 520),
            (0, 520),
        ],
        (176, 128, 90),
    )
    for x in range(1450, 1720, 16):
        far.disc((x, 442 - 16 * sin((x - 1450) / 90)), 18, (120, 88, 66))
    return far.onto(picture, blur=9)


def _ears(picture: Image.Image, dice: random.Random, count: int, near: float, blur: float) -> Image.Image:
    layer = Layer(mixed(_STRAW, _SHADE, 0.3))
    for n in range(count):
        x = (
            WIDTH * (n + dice.uniform(0, 1)) / count
            if near < 1.5
            else dice.choice((dice.uniform(-100, 420), dice.uniform(1500, 1900)))
        )
        top = 508 + near * 120 + dice.uniform(-40, 90) * (0.4 + near) if near < 1.5 else dice.uniform(640, 860)
        _ear(layer, dice, (x, top), near)
    return layer.onto(picture, blur=blur)


def _ear(layer: Layer, dice: random.Random, top: Point, near: float) -> None:
    """A stem that bows, and above its bow two rows of grains with their beards."""
    x, y = top
    lean = dice.uniform(-0.1, 0.5)
    long = 250 * near
    towards = max(0.0, 1 - abs(x - _SUN[0]) / 1100)
    tone = mixed(mixed(_SHADE, _STRAW, 0.45 + 0.4 * towards), _LIGHT, dice.uniform(0, 0.2))
    foot = (x - 90 * near * lean - dice.uniform(-20, 40), HEIGHT + 20)
    neck = (x - sin(lean) * long, y + cos(lean) * long)
    layer.line(
        [foot, ((foot[0] + neck[0]) / 2 - 12 * near, (foot[1] + neck[1]) / 2), neck],
        mixed(tone, _SHADE, 0.25),
        max(1.2, 6 * near),
    )
    along, aside = (sin(lean), -cos(lean)), (cos(lean), sin(lean))
    for n in range(11):
        share = n / 10
        at = (neck[0] + along[0] * long * share, neck[1] + along[1] * long * share)
        plump = 19 * near * (0.3 + 0.95 * sin(pi * (0.16 + 0.74 * share)))
        for side in (-1, 1):
            reach = side * near * dice.uniform(0.8, 1.15)
            _beard(layer, at, (along, aside), reach=reach, tone=mixed(tone, _LIGHT, 0.5))
            grain = [(-0.1, -0.7), (0.55, -1.0), (1.25, -0.55), (1.45, 0.1), (0.9, 0.5), (0.1, 0.25)]
            points = [_placed(at, (along, aside), a * plump * 1.3, (0.15 - b) * plump * side) for a, b in grain]
            layer.shape(
                points, mixed(tone, _SHADE if side * (x - _SUN[0]) > 0 else _LIGHT, 0.26 + 0.2 * dice.random())
            )
            rim = [_placed(at, (along, aside), a * plump * 1.3, (0.15 - b) * plump * side) for a, b in grain[1:4]]
            layer.line(rim, mixed(tone, _LIGHT, 0.75), max(1, 1.7 * near), 200)


def _placed(at: Point, axes: tuple[Point, Point], ahead: float, aside: float) -> Point:
    (ax, ay), (sx, sy) = axes
    return at[0] + ax * ahead + sx * aside, at[1] + ay * ahead + sy * aside


def _beard(layer: Layer, at: Point, axes: tuple[Point, Point], *, reach: float, tone: Rgb) -> None:
    """A bristle; `reach` is its length, below 0 on the left side."""
    near = abs(reach)
    tip = _placed(at, axes, 250 * near, 74 * reach)
    bend = _placed(at, axes, 120 * near, 26 * reach)
    layer.line([at, bend, tip], tone, max(0.9, 1.9 * near), 210)
