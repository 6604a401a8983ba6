"""The book boat at its landing after sunset: lanterns, shelves in the windows, still water."""

import random

from PIL import Image, ImageChops

from moothall.seed.scenes.brush import (
    Layer,
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
from moothall.seed.scenes.water import mirrored

_SHORE = 728
_WOOD: Rgb = (24, 26, 28)
_WARM: Rgb = (255, 188, 104)


def draw(dice: random.Random) -> Image.Image:
    picture = sky(
        [
            (0, (8, 30, 40)),
            (0.25, (18, 62, 72)),
            (0.42, (52, 112, 112)),
            (0.53, (122, 164, 142)),
            (0.6, (196, 200, 156)),
            (1, (14, 40, 46)),
        ]
    )
    streaks = curve(cloud(dice, (2, 10), octaves=5, rough=0.5), 0.5, 0.95, 0.6)
    picture = veil(picture, (150, 190, 168), ImageChops.multiply(streaks, band(0.04, 0.42, 0.16)))
    picture = _far_bank(picture, dice)
    picture = mist(picture, dice, (176, 196, 164), at=(0.54, 0.6), density=0.5)
    picture = _boat(picture, dice)
    picture = bloom(picture, above=0.68, radius=40, strength=0.6)
    picture = mirrored(picture, dice, line=_SHORE, body=(14, 44, 50), rough=0.75, clear=0.94)
    return finished(graded(_reeds(picture, dice), (8, 46, 58), (255, 214, 150)), dice)


def _far_bank(picture: Image.Image, dice: random.Random) -> Image.Image:
    tone: Rgb = (52, 92, 90)
    bank = Layer(tone)
    for x in range(0, 1800, 14):
        top = _SHORE - 18 - dice.uniform(0, 22) - (26 if 200 < x < 560 or x > 1380 else 0)
        bank.disc((x, top + 18), dice.uniform(10, 22), tone)
        bank.shape([(x, _SHORE), (x, top + 16), (x + 15, top + 16), (x + 15, _SHORE)], tone)
    for x in (1510, 1566, 1604, 242, 300):
        high = dice.uniform(78, 126)
        bank.line([(x, _SHORE), (x + 5, _SHORE - high)], tone, 4)
        for n in range(9):
            reach, drop = (n - 4) * 9, abs(n - 4) * 4.4
            bank.line(
                [
                    (x + 5, _SHORE - high),
                    (x + 5 + reach * 0.6, _SHORE - high - 9 + drop * 0.4),
                    (x + 5 + reach, _SHORE - high + drop),
                ],
                tone,
                2.4,
            )
    return bank.onto(picture, blur=2.4)


def _boat(picture: Image.Image, dice: random.Random) -> Image.Image:
    rig = Layer(_WOOD)
    rig.line([(905, 580), (905, 196)], _WOOD, 8)
    for end in ((430, 640), (1392, 622)):
        rig.line([_on_rope((905, 206), end, n / 24, 46) for n in range(25)], _WOOD, 2.4)
    rig.line([(905, 300), (640, 590)], _WOOD, 1.6)
    rig.line([(905, 300), (1170, 586)], _WOOD, 1.6)
    picture = rig.onto(picture, blur=0.6)
    hull = Layer(_WOOD)
    hull.shape(
        [(400, 610), (470, 650), (1330, 646), (1420, 590), (1368, 690), (1290, 736), (556, 736), (462, 694)], _WOOD
    )
    hull.line([(404, 614), (474, 653), (1330, 649), (1416, 596)], (120, 74, 56), 6)
    hull.line([(440, 660), (500, 684), (1310, 682), (1376, 646)], (62, 44, 46), 3)
    hull.shape([(600, 560), (1210, 556), (1236, 652), (584, 652)], (54, 38, 40))
    hull.shape([(580, 540), (1230, 536), (1222, 562), (592, 566)], (30, 22, 30))
    picture = hull.onto(picture, blur=0.7)
    for n in range(8):
        picture = _window(picture, dice, 616 + n * 74)
    picture = _lamps(picture)
    figure = Layer(_WOOD)
    figure.shape([(1290, 646), (1284, 592), (1292, 566), (1312, 566), (1320, 594), (1314, 646)], (24, 18, 26))
    figure.disc((1302, 553), 11, (24, 18, 26), tall=1.2)
    figure.shape([(1284, 590), (1262, 610), (1266, 615), (1290, 604)], (24, 18, 26))
    return figure.onto(picture, blur=0.8)


def _window(picture: Image.Image, dice: random.Random, x: float) -> Image.Image:
    pane = Layer(_WARM)
    pane.shape([(x, 576), (x + 50, 576), (x + 50, 634), (x, 634)], (255, 204, 122))
    left = x + 3.0
    while left < x + 46:
        wide, top = dice.uniform(3, 7), dice.uniform(594, 606)
        tone = mixed(dice.choice(((110, 44, 36), (52, 66, 70), (120, 88, 44), (74, 50, 60))), _WARM, 0.25)
        pane.shape([(left, top), (left + wide, top), (left + wide, 630), (left, 630)], tone)
        left += wide + 0.8
    pane.line([(x + 25, 576), (x + 25, 634)], (54, 38, 40), 2.6)
    return glow(pane.onto(picture, blur=0.7), (x + 25, 600), 120, _WARM, 0.42)


def _on_rope(start: tuple[float, float], end: tuple[float, float], share: float, sag: float) -> tuple[float, float]:
    x, y = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
    return x, y + sag * 4 * share * (1 - share)


def _lamps(picture: Image.Image) -> Image.Image:
    spots = [_on_rope((905, 206), end, n / 7, 46) for end in ((430, 640), (1392, 622)) for n in range(1, 7)]
    body = Layer(_WARM)
    for x, y in spots:
        body.line([(x, y), (x, y + 9)], _WOOD, 1.6)
        body.disc((x, y + 21), 9.5, (255, 206, 128), tall=1.3)
        body.line([(x - 5, y + 10), (x + 5, y + 10)], (120, 70, 40), 2.6)
        body.line([(x - 5, y + 33), (x + 5, y + 33)], (120, 70, 40), 2.6)
    picture = body.onto(picture, blur=0.9)
    for x, y in spots:
        picture = glow(picture, (x, y + 21), 96, _WARM, 0.8)
    return picture


def _reeds(picture: Image.Image, dice: random.Random) -> Image.Image:
    near = Layer((16, 18, 30))
    for _ in range(90):
        x = dice.choice((dice.gauss(120, 110), dice.gauss(1690, 110)))
        high, lean = dice.uniform(120, 380), dice.uniform(-50, 50)
        near.line(
            [(x, 1210), (x + lean * 0.3, 1210 - high * 0.6), (x + lean, 1210 - high)],
            (16, 18, 30),
            dice.uniform(2, 5),
        )
    return near.onto(picture, blur=5)
