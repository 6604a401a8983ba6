"""A dark valley under its stars: ridge behind ridge, and the few lamps of a village."""

import itertools
import random

from PIL import Image, ImageChops

from moothall.seed.scenes.brush import (
    HEIGHT,
    WIDTH,
    Layer,
    Point,
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

_FAR: Rgb = (92, 104, 140)
_NEAR: Rgb = (8, 12, 22)
_RIDGES = 6
# Any trace of a colour counts as the shape.
_SOLID = [0] * 20 + [255] * 236


def draw(dice: random.Random) -> Image.Image:
    picture = sky(
        [
            (0, (6, 10, 28)),
            (0.3, (16, 28, 60)),
            (0.48, (46, 66, 106)),
            (0.6, (126, 124, 142)),
            (0.66, (190, 154, 134)),
            (1, (40, 46, 66)),
        ]
    )
    picture = _milky_way(picture, dice)
    picture = _stars(picture, dice)
    for n in range(_RIDGES):
        share = n / (_RIDGES - 1)
        crest = _crest(dice, 610 + share**0.9 * 520, 420 * (1 - share) ** 1.2 + 80, 0.53 + 0.012 * n)
        tone = mixed(_FAR, _NEAR, share**0.7)
        layer = Layer(tone)
        layer.shape([(0, HEIGHT), *crest, (WIDTH, HEIGHT)], tone)
        picture = layer.onto(picture, blur=1.6 - 1.2 * share)
        if share < 0.7:
            picture = _rock(
                picture, layer.onto(Image.new("RGB", (WIDTH, HEIGHT))).getchannel(2).point(_SOLID), dice, share
            )
        if n < _RIDGES - 1:
            low = 0.6 + share * 0.3
            picture = mist(
                picture,
                dice,
                mixed((150, 148, 168), (56, 70, 100), share),
                at=(low + 0.02, low + 0.1),
                density=0.55,
            )
        if n == 3:
            picture = _village(picture, dice)
    return finished(graded(picture, (10, 24, 70), (255, 216, 180), strength=0.3), dice, vignette=0.34)


def _milky_way(picture: Image.Image, dice: random.Random) -> Image.Image:
    dust = curve(cloud(dice, (6, 5), octaves=7, rough=0.6), 0.42, 0.95, 0.75)
    streak = Image.new("L", (WIDTH, HEIGHT))
    path = Layer()
    path.line([(420, -200), (1020, 360), (1700, 900)], (255, 255, 255), 210)
    lane = path.onto(streak.convert("RGB"), blur=80).getchannel(0)
    return veil(
        picture, (150, 156, 190), ImageChops.multiply(ImageChops.multiply(dust, lane), band(-0.2, 0.4, 0.2))
    )


def _stars(picture: Image.Image, dice: random.Random) -> Image.Image:
    sheet = Layer((255, 255, 255))
    for _ in range(1500):
        y = dice.uniform(0, 720)
        size = 0.45 + dice.paretovariate(2.6) * 0.32
        tone = dice.choice(((255, 255, 255), (214, 226, 255), (255, 236, 214)))
        alpha = round(min(255, 70 + 150 * dice.random() ** 2 + size * 30) * max(0.0, 1 - y / 760) ** 0.8)
        sheet.disc((dice.uniform(0, WIDTH), y), min(size, 2.3), tone, alpha=alpha)
    return sheet.onto(picture, blur=0.4)


def _crest(dice: random.Random, middle: float, tall: float, rough: float) -> list[Point]:
    """A ridge by halving: each midpoint is thrown less far than the one before."""
    heights = [middle + dice.uniform(-1, 1) * tall * 0.5, middle + dice.uniform(-1, 1) * tall * 0.5]
    throw = tall
    for _ in range(9):
        between = [(a + b) / 2 + dice.uniform(-throw, throw) * 0.5 for a, b in itertools.pairwise(heights)]
        heights = [h for pair in zip(heights, between, strict=False) for h in pair] + heights[-1:]
        throw *= rough
    return [(WIDTH * n / (len(heights) - 1), h) for n, h in enumerate(heights)]


def _rock(picture: Image.Image, shadow: Image.Image, dice: random.Random, share: float) -> Image.Image:
    """Gullies and screes, clearer the lighter the ridge is."""
    gullies = curve(cloud(dice, (22, 9), octaves=5, rough=0.62), 0.45, 0.85, 0.5 * (1 - share))
    lit = mixed((206, 186, 190), _NEAR, 0.1 + share * 0.9)
    return veil(picture, lit, ImageChops.multiply(gullies, shadow))


def _village(picture: Image.Image, dice: random.Random) -> Image.Image:
    for _ in range(17):
        x, y = dice.gauss(1130, 52), dice.gauss(968, 9)
        picture = glow(picture, (x, y), dice.uniform(16, 34), (255, 190, 110), 0.75)
        picture = glow(picture, (x, y), 6, (255, 232, 190), 1)
    smoke = Layer((150, 150, 170))
    smoke.line([(1150, 960), (1156, 930), (1148, 896), (1160, 850)], (150, 150, 170), 7, 70)
    return smoke.onto(glow(picture, (1130, 970), 230, (255, 170, 100), 0.3), blur=6)
