"""The Wend Bridge at dusk: three steel arches going away into the fog, lamps on the water."""

import random
from math import pi, sin

from PIL import Image, ImageChops

from moothall.seed.scenes.brush import (
    Layer,
    Rgb,
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
from moothall.seed.scenes.lens import Lens
from moothall.seed.scenes.water import mirrored

_SHORE = 742
_LENS = Lens(eye=5, focal=1500, centre=1240, horizon=_SHORE - 8)
_STEEL: Rgb = (26, 28, 44)
_FOG: Rgb = (206, 164, 152)
_DECK, _RISE, _SPAN = 13.0, 25.0, 96.0
_BAYS = 12


def draw(dice: random.Random) -> Image.Image:
    picture = sky(
        [
            (0, (31, 42, 74)),
            (0.28, (86, 84, 116)),
            (0.46, (178, 128, 126)),
            (0.57, (240, 178, 128)),
            (0.63, (250, 206, 152)),
            (1, (96, 84, 100)),
        ]
    )
    streaks = curve(cloud(dice, (2, 9), octaves=5, rough=0.55), 0.5, 0.95, 0.55)
    picture = veil(picture, (246, 170, 138), ImageChops.multiply(streaks, _upper()))
    picture = glow(picture, (1330, 735), 760, (255, 206, 140), 0.75)
    picture = _town(picture, dice)
    picture = mist(picture, dice, _FOG, at=(0.5, 0.62), density=0.75)
    for span in (3, 2, 1, 0):
        picture = _arch(picture, span)
        if span:
            picture = mist(picture, dice, _FOG, at=(0.5, 0.61), density=0.34)
    picture = bloom(picture, above=0.7, radius=34, strength=0.55)
    picture = mirrored(picture, dice, line=_SHORE, body=(52, 52, 78), rough=0.8, clear=0.92)
    picture = mist(picture, dice, _FOG, at=(0.58, 0.65), density=0.6)
    return finished(graded(picture, (40, 40, 90), (255, 214, 170)), dice)


def _upper() -> Image.Image:
    from moothall.seed.scenes.brush import band

    return band(0.0, 0.42, 0.18)


def _town(picture: Image.Image, dice: random.Random) -> Image.Image:
    for tone, top, blur in (((150, 118, 126), 674, 5.0), ((112, 94, 112), 700, 3.0)):
        far = Layer(tone)
        x = -20.0
        while x < 1800:
            wide = dice.uniform(18, 70)
            roof = top + dice.uniform(-14, 22)
            far.shape(
                [
                    (x, _SHORE),
                    (x, roof),
                    (x + wide / 2, roof - dice.choice((0, 0, 12, 18))),
                    (x + wide, roof),
                    (x + wide, _SHORE),
                ],
                tone,
            )
            if dice.random() < 0.06:
                far.shape([(x, roof), (x + 7, roof - dice.uniform(50, 90)), (x + 14, roof)], tone)
            x += wide
        picture = far.onto(picture, blur=blur)
    lights = Layer((255, 214, 150))
    for _ in range(120):
        lights.disc(
            (dice.uniform(0, 1800), dice.uniform(706, 738)),
            dice.uniform(0.8, 2.2),
            (255, 214, 150),
            alpha=dice.randint(90, 230),
        )
    return lights.onto(picture, blur=0.8)


def _axis(along: float) -> tuple[float, float]:
    """Where the bridge is, so far from its near abutment: it leaves to the right."""
    return -46 + along * 0.34, 46 + along * 0.94


def _arch(picture: Image.Image, span: int) -> Image.Image:
    tone = mixed(_STEEL, _FOG, 0.1 + span * 0.2)
    layer = Layer(tone)
    start = span * _SPAN
    for side in (7.0, -7.0):
        shade = mixed(tone, _FOG, 0.12 if side > 0 else 0)
        _rib(layer, start, side, shade)
    for n in range(3, _BAYS - 2):
        rise = _DECK + _RISE * sin(pi * n / _BAYS)
        ends = [_point(start + n * _SPAN / _BAYS, rise, side) for side in (7.0, -7.0)]
        layer.line(ends, tone, _LENS.size(0.5, _axis(start + n * 8)[1]))
    _deck(layer, start, tone)
    picture = layer.onto(picture, blur=0.4 + 0.35 * span)
    for n in range(6):
        at = start + (n + 0.5) * _SPAN / 6
        x, y = _point(at, _DECK + 5.4, -8.4)
        size = _LENS.size(1, _axis(at)[1])
        picture = glow(picture, (x, y), 5.5 * size + 8, (255, 204, 132), 0.9)
        picture = glow(picture, (x, y), 1.2 * size + 4, (255, 244, 214), 1)
    return picture


def _point(along: float, height: float, side: float) -> tuple[float, float]:
    x, z = _axis(along)
    return _LENS.at(x - side * 0.94, height, z + side * 0.34)


def _rib(layer: Layer, start: float, side: float, tone: Rgb) -> None:
    steps = 48
    crown = [_point(start + _SPAN * n / steps, _DECK + _RISE * sin(pi * n / steps), side) for n in range(steps + 1)]
    below = [
        _point(start + _SPAN * n / steps, _DECK - 1 + (_RISE - 2.6) * sin(pi * n / steps), side)
        for n in range(steps + 1)
    ]
    wide = _LENS.size(0.55, _axis(start + _SPAN / 2)[1])
    layer.line(crown, tone, wide * 1.5)
    layer.line(below, tone, wide)
    for n in range(1, steps, 2):
        layer.line([crown[n], below[n + 1 if n % 4 == 1 else n - 1]], tone, wide * 0.45)
    for n in range(1, _BAYS):
        at = start + _SPAN * n / _BAYS
        layer.line(
            [_point(at, _DECK + _RISE * sin(pi * n / _BAYS), side), _point(at, _DECK, side)], tone, wide * 0.55
        )


def _deck(layer: Layer, start: float, tone: Rgb) -> None:
    layer.shape(
        [
            _point(start - 1, _DECK + 0.4, -8),
            _point(start + _SPAN + 1, _DECK + 0.4, -8),
            _point(start + _SPAN + 1, _DECK - 2.2, -8),
            _point(start - 1, _DECK - 2.2, -8),
        ],
        tone,
    )
    layer.shape(
        [
            _point(start, _DECK - 2.2, -8),
            _point(start + _SPAN, _DECK - 2.2, -8),
            _point(start + _SPAN, _DECK - 2.2, 8),
            _point(start, _DECK - 2.2, 8),
        ],
        mixed(tone, (0, 0, 0), 0.25),
    )
    rail = _LENS.size(0.12, _axis(start + _SPAN / 2)[1])
    for high in (1.5, 0.9):
        layer.line([_point(start, _DECK + high, -8), _point(start + _SPAN, _DECK + high, -8)], tone, rail)
    for n in range(49):
        at = start + n * _SPAN / 48
        layer.line([_point(at, _DECK + 1.5, -8), _point(at, _DECK, -8)], tone, rail * 0.8)
    for n in range(6):
        at = start + (n + 0.5) * _SPAN / 6
        layer.line([_point(at, _DECK + 5.4, -8.4), _point(at, _DECK, -8.4)], tone, rail * 1.6)
    pier = start + _SPAN
    layer.shape(
        [
            _point(pier - 3, _DECK - 2, -10),
            _point(pier + 3, _DECK - 2, -10),
            _point(pier + 3.6, 0, -10),
            _point(pier - 3.6, 0, -10),
        ],
        tone,
    )
    layer.shape(
        [
            _point(pier - 3, _DECK - 2, -10),
            _point(pier - 3.6, 0, -10),
            _point(pier - 3.6, 0, 10),
            _point(pier - 3, _DECK - 2, 10),
        ],
        mixed(tone, (0, 0, 0), 0.3),
    )
