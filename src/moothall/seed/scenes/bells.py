"""Three towers over the roofs of the old town at night, windows lit, fog in the streets."""

import random

from PIL import Image

from moothall.seed.scenes.brush import (
    HEIGHT,
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
    mist,
    mixed,
    sky,
    veil,
)

_NIGHT: Rgb = (10, 13, 26)
_HAZE: Rgb = (92, 92, 122)
_LIT: Rgb = (255, 190, 106)


def draw(dice: random.Random) -> Image.Image:
    picture = sky(
        [(0, (12, 18, 44)), (0.3, (30, 42, 80)), (0.5, (76, 80, 116)), (0.62, (150, 124, 130)), (1, (50, 44, 62))]
    )
    picture = veil(picture, (110, 104, 136), curve(cloud(dice, (3, 7), octaves=6, rough=0.56), 0.5, 1, 0.6))
    moon = (1420, 236)
    picture = glow(picture, moon, 620, (190, 200, 236), 0.5)
    picture = glow(picture, moon, 120, (236, 236, 230), 0.9)
    picture = veil(picture, (58, 64, 104), curve(cloud(dice, (3, 10), octaves=6, rough=0.58), 0.45, 0.85, 0.75))
    towers = ((430, 372, 1.0), (1540, 470, 0.8), (900, 196, 1.5))
    for n, base in enumerate((700, 770, 850, 950, 1070)):
        share = n / 4
        tone = mixed(mixed(_NIGHT, _HAZE, 0.72), _NIGHT, share)
        if n in (0, 1, 2):
            picture = _tower(picture, towers[(1, 0, 2)[n]], tone, base + 120)
        picture = _roofs(picture, dice, base, share, tone)
        picture = mist(
            picture,
            dice,
            mixed((150, 128, 140), (44, 46, 70), share),
            at=(base / HEIGHT + 0.02, base / HEIGHT + 0.09),
            density=0.42 - 0.2 * share,
        )
    for _ in range(24):
        at = (dice.uniform(0, 1800), dice.gauss(1120, 50))
        picture = bokeh(
            picture,
            at,
            dice.uniform(10, 30),
            dice.choice((_LIT, (255, 160, 84), (255, 220, 160))),
            dice.uniform(0.1, 0.34),
        )
    return finished(
        graded(bloom(picture, above=0.62, radius=40, strength=0.6), (20, 24, 80), (255, 214, 160)),
        dice,
        vignette=0.4,
    )


def _roofs(picture: Image.Image, dice: random.Random, base: float, share: float, tone: Rgb) -> Image.Image:
    layer = Layer(tone)
    size, x = 0.55 + share * 1.3, -60.0
    lamps: list[Point] = []
    while x < 1860:
        wide, eave = dice.uniform(80, 150) * size, base + dice.uniform(-20, 36) * size
        peak = eave - dice.uniform(54, 96) * size
        shade = mixed(tone, (0, 0, 0), dice.uniform(0, 0.22))
        if dice.random() < 0.4:
            outline = [(x, HEIGHT), (x, eave), (x + wide / 2, peak), (x + wide, eave), (x + wide, HEIGHT)]
        else:
            outline = [
                (x, HEIGHT),
                (x, eave),
                (x + 12 * size, peak + 20 * size),
                (x + wide - 12 * size, peak + 20 * size),
                (x + wide, eave),
                (x + wide, HEIGHT),
            ]
        layer.shape(outline, shade)
        pipe = x + wide * dice.uniform(0.2, 0.8)
        layer.shape(
            [(pipe, eave), (pipe, peak - 6 * size), (pipe + 11 * size, peak - 6 * size), (pipe + 11 * size, eave)],
            shade,
        )
        for floor in range(4):
            for n in range(int(wide / (26 * size))):
                if dice.random() < 0.3:
                    left, top = x + (n + 0.3) * 26 * size, eave + (14 + floor * 36) * size
                    glass = mixed(mixed(_LIT, tone, dice.uniform(0, 0.45)), _HAZE, 0.35 * (1 - share))
                    layer.shape(
                        [
                            (left, top),
                            (left + 10 * size, top),
                            (left + 10 * size, top + 17 * size),
                            (left, top + 17 * size),
                        ],
                        glass,
                    )
                    layer.line([(left + 5 * size, top), (left + 5 * size, top + 17 * size)], shade, 1.2 * size)
                    if dice.random() < 0.35:
                        lamps.append((left + 5 * size, top + 8 * size))
        x += wide
    picture = layer.onto(picture, blur=1.6 - share if share < 0.7 else 2.2 * share)
    for spot in lamps:
        picture = glow(picture, spot, 34 * size, _LIT, 0.5)
    return picture


def _tower(picture: Image.Image, tower: tuple[float, float, float], tone: Rgb, foot: float) -> Image.Image:
    x, top, size = tower
    layer = Layer(tone)
    half, belfry = 46 * size, top + 250 * size
    layer.shape([(x - half, foot), (x - half, belfry), (x + half, belfry), (x + half, foot)], tone)
    layer.shape([(x, foot), (x, belfry), (x + half, belfry), (x + half, foot)], mixed(tone, (0, 0, 0), 0.16))
    layer.shape(
        [
            (x - half * 1.18, belfry),
            (x - half * 1.18, belfry - 9 * size),
            (x + half * 1.18, belfry - 9 * size),
            (x + half * 1.18, belfry),
        ],
        tone,
    )
    layer.shape(
        [
            (x - half * 0.95, belfry - 9 * size),
            (x - half * 0.6, belfry - 66 * size),
            (x - half * 0.3, belfry - 104 * size),
            (x, top),
            (x + half * 0.3, belfry - 104 * size),
            (x + half * 0.6, belfry - 66 * size),
            (x + half * 0.95, belfry - 9 * size),
        ],
        tone,
    )
    layer.line([(x, top), (x, top - 34 * size)], tone, 3 * size)
    layer.line([(x - 9 * size, top - 22 * size), (x + 9 * size, top - 22 * size)], tone, 2.4 * size)
    glass = mixed(_LIT, tone, 0.25)
    for side in (-1, 1):
        left = x + side * half * 0.45 - 13 * size
        arch = [(0, 96), (0, 44), (4, 32), (13, 24), (22, 32), (26, 44), (26, 96)]
        layer.shape([(left + a * size, belfry + b * size) for a, b in arch], glass)
        layer.shape(
            [
                (left + (13 + a) * size, belfry + b * size)
                for a, b in ((-9, 80), (-6, 60), (-3, 50), (3, 50), (6, 60), (9, 80))
            ],
            mixed(tone, (0, 0, 0), 0.4),
        )
    picture = layer.onto(picture, blur=1.1)
    return glow(picture, (x, belfry + 66 * size), 120 * size, _LIT, 0.5)
