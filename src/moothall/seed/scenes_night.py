"""Photographs after dark, one function a scene."""

import random
from math import cos, pi, sin

from PIL import Image, ImageChops, ImageFilter

from moothall.seed.brush import (
    HEIGHT,
    WIDTH,
    bokeh,
    dim,
    finished,
    fog,
    glow,
    mirrored,
    mix,
    ridge,
    shape,
    sky,
    stroke,
)


def library(dice: random.Random) -> Image.Image:
    picture = sky([(0, (22, 15, 12)), (0.5, (66, 42, 26)), (1, (28, 19, 15))])
    for row in range(7):
        y, x = 60 + row * 132, 20.0
        while x < WIDTH:
            wide, tall = dice.uniform(12, 34), dice.uniform(78, 112)
            near = 1 - abs(x - 900) / 1300
            tone = dice.choice([(124, 62, 40), (96, 78, 52), (52, 70, 72), (140, 108, 62), (72, 42, 40)])
            lit = dim(tone, near * dice.uniform(0.5, 0.95))
            picture.paste(lit, (int(x), int(y + 118 - tall), int(x + wide), y + 118))
            x += wide + (2 if dice.random() < 0.93 else 40)
        picture.paste((48, 31, 20), (0, y + 118, WIDTH, y + 128))
    picture = picture.filter(ImageFilter.GaussianBlur(7))
    picture = shape(picture, [(0, 1010), (WIDTH, 930), (WIDTH, HEIGHT), (0, HEIGHT)], (70, 42, 24), blur=4)
    for x, y, size in ((1270, 560, 1.0), (640, 600, 0.62), (250, 622, 0.4)):
        picture = glow(picture, (x, y + 140 * size), 620 * size, (255, 196, 112), 0.85)
        picture = stroke(picture, [(x, y), (x, y + 400 * size)], (40, 28, 18), width=int(15 * size), blur=2)
        hood = [
            (x - 120 * size, y + 40 * size),
            (x + 120 * size, y + 40 * size),
            (x + 76 * size, y - 34 * size),
            (x - 76 * size, y - 34 * size),
        ]
        picture = shape(picture, hood, (36, 92, 72), blur=2 + 2 * (1 - size))
        picture = glow(picture, (x, y + 54 * size), 150 * size, (255, 236, 190), 1)
    return finished(glow(picture, (1270, 1030), 440, (255, 206, 130), 0.5), dice, vignette=0.45)


def concert(dice: random.Random) -> Image.Image:
    picture = sky([(0, (22, 12, 40)), (0.6, (64, 30, 70)), (1, (12, 8, 16))])
    for n in range(13):
        x = 900 + (n - 6) * 70
        end = 900 + (n - 6) * dice.uniform(190, 330)
        tone = dice.choice([(255, 176, 90), (214, 110, 220), (120, 120, 255), (255, 214, 160)])
        beam = Image.new("RGB", picture.size)
        beam = shape(
            beam, [(x - 8, 60), (x + 8, 60), (end + 130, 1050), (end - 130, 1050)], tone, blur=22, opacity=0.32
        )
        picture = ImageChops.screen(picture, beam)
        picture = glow(picture, (x, 60), 90, tone, 1)
    picture = fog(picture, dice, (190, 130, 170), top=0.3, bottom=1.0, density=0.45)
    for row in range(4):
        for n in range(24):
            left, y = n * 80 + dice.uniform(-30, 30) + row * 20, 940 + row * 80 + dice.uniform(-18, 18)
            size, dark = 34 + row * 9, (14 - row * 3, 8, 18 - row * 4)
            head = [(left + cos(a / 8 * pi) * size, y + sin(a / 8 * pi) * size * 1.2) for a in range(16)]
            picture = shape(picture, head, dark, blur=2)
            picture = shape(
                picture,
                [
                    (left - size * 1.9, HEIGHT),
                    (left - size * 1.4, y + size * 1.5),
                    (left + size * 1.4, y + size * 1.5),
                    (left + size * 1.9, HEIGHT),
                ],
                dark,
                blur=3,
            )
    return finished(picture, dice)


def lanterns(dice: random.Random) -> Image.Image:
    picture = sky([(0, (30, 42, 76)), (0.36, (150, 96, 98)), (0.5, (226, 150, 96)), (1, (30, 30, 48))])
    picture = shape(picture, ridge(dice, 0.485, 0.008, 40), (66, 52, 66), blur=3)
    picture = shape(picture, [(560, 566), (1300, 566), (1230, 640), (640, 640)], (34, 28, 36), blur=1.4)
    picture = shape(picture, [(700, 480), (1150, 480), (1180, 566), (672, 566)], (58, 42, 40), blur=1.4)
    for x in range(730, 1150, 70):
        picture = shape(picture, [(x, 502), (x + 42, 502), (x + 42, 546), (x, 546)], (255, 208, 130), blur=2)
        picture = glow(picture, (x + 21, 524), 90, (255, 186, 100), 0.7)
    picture = stroke(picture, [(930, 480), (930, 200)], (34, 28, 36), width=10, blur=1)
    for side in (-1, 1):
        rope = [(930 + side * n * 42, 210 + (n / 9) ** 1.5 * 350) for n in range(10)]
        picture = stroke(picture, rope, (44, 34, 40), width=3, blur=1)
        for x, y in rope[1::2]:
            picture = glow(picture, (x, y + 12), 70, (255, 196, 110), 1)
    return finished(mirrored(picture, 0.53, dice, dim=0.9), dice)


def mountains(dice: random.Random) -> Image.Image:
    picture = sky([(0, (10, 16, 40)), (0.45, (34, 58, 98)), (0.7, (128, 128, 150)), (1, (200, 160, 140))])
    for _ in range(700):
        x, y = dice.uniform(0, WIDTH), dice.uniform(0, 760) ** 1.0
        light = int(dice.uniform(120, 255) * (1 - y / 900))
        picture.paste(
            (light, light, light),
            (int(x), int(y), int(x) + dice.choice([1, 2, 2, 3]), int(y) + dice.choice([1, 2])),
        )
    for n in range(6):
        tone = mix((120, 126, 156), (14, 18, 30), n / 5)
        picture = shape(
            picture, ridge(dice, 0.56 + n * 0.075, 0.075 - n * 0.006, 90), tone, blur=max(0.8, 3 - n * 0.5)
        )
        picture = fog(picture, dice, (150, 152, 176), top=0.55 + n * 0.07, bottom=0.72 + n * 0.07, density=0.4)
    for _ in range(9):
        picture = glow(picture, (dice.uniform(640, 960), dice.uniform(985, 1030)), 30, (255, 206, 130), 1)
    return finished(picture, dice)


def nightcity(dice: random.Random) -> Image.Image:
    picture = sky([(0, (12, 16, 34)), (0.6, (40, 34, 58)), (1, (24, 18, 28))])
    for _ in range(190):
        y = dice.gauss(720, 170)
        tone = dice.choice([(255, 190, 96), (255, 160, 84), (255, 224, 160), (120, 170, 190), (214, 92, 70)])
        picture = bokeh(picture, (dice.uniform(0, WIDTH), y), dice.uniform(12, 46), tone, dice.uniform(0.12, 0.5))
    roofs: list[tuple[float, float]] = [(0, HEIGHT)]
    x = 0.0
    while x < WIDTH:
        wide, top = dice.uniform(90, 220), dice.uniform(860, 1010)
        roofs += [(x, top), (x + wide / 2, top - dice.choice([0, 60, 110])), (x + wide, top)]
        x += wide
    picture = shape(picture, [*roofs, (WIDTH, HEIGHT)], (10, 11, 20), blur=2)
    picture = shape(
        picture, [(1240, 900), (1250, 420), (1290, 250), (1330, 420), (1340, 900)], (12, 13, 24), blur=2
    )
    return finished(glow(picture, (1290, 470), 60, (255, 210, 140), 0.9), dice)


def stadium(dice: random.Random) -> Image.Image:
    picture = sky(
        [(0, (8, 14, 30)), (0.5, (24, 40, 60)), (0.66, (20, 34, 44)), (0.67, (34, 84, 58)), (1, (18, 52, 38))]
    )
    picture = shape(
        picture, [(0, 520), (620, 640), (1180, 640), (WIDTH, 500), (WIDTH, 806), (0, 806)], (16, 22, 34), blur=3
    )
    for _ in range(1500):
        x = dice.uniform(0, WIDTH)
        top = 560 + min(abs(x - 900), 500) * -0.06 + 60
        tone = dice.choice([(150, 150, 160), (190, 170, 140), (120, 60, 60), (90, 110, 140)])
        y = dice.uniform(top, 800)
        picture.paste(dim(tone, 0.5), (int(x), int(y), int(x) + 4, int(y) + 5))
    for k in range(7):
        picture = shape(
            picture,
            [
                (900 + (k - 3.5) * 150, 806),
                (900 + (k - 3) * 150, 806),
                (900 + (k - 3) * 560, HEIGHT),
                (900 + (k - 3.5) * 560, HEIGHT),
            ],
            (40, 100, 66),
            blur=6,
            opacity=0.5,
        )
    picture = stroke(picture, [(900, 806), (900, HEIGHT)], (196, 214, 196), width=5, blur=2)
    for x, y in ((230, 190), (1570, 170)):
        picture = stroke(picture, [(x, y), (x, 640)], (30, 38, 50), width=16, blur=1.5)
        for row in range(3):
            for n in range(5):
                picture = glow(picture, (x + (n - 2) * 44, y + row * 34 - 34), 60, (240, 248, 255), 1)
        picture = glow(picture, (x, y), 900, (190, 214, 240), 0.75)
    for _ in range(420):
        x, y, far = dice.uniform(0, WIDTH), dice.uniform(0, HEIGHT), dice.uniform(12, 40)
        picture = (
            stroke(picture, [(x, y), (x - far * 0.2, y + far)], (150, 170, 190), width=1, blur=0)
            if dice.random() < 0.5
            else picture
        )
    return finished(picture, dice, vignette=0.4)


def tramrain(dice: random.Random) -> Image.Image:
    picture = sky([(0, (18, 22, 36)), (0.45, (52, 50, 66)), (0.55, (70, 58, 62)), (1, (20, 20, 28))])
    for side in (-1, 1):
        for n in range(6):
            near = 0.78**n
            x = 900 + side * (160 + 820 * near)
            picture = shape(
                picture,
                [
                    (x, 660 + 200 * near),
                    (x, 600 - 640 * near),
                    (x + side * 600, 600 - 900 * near),
                    (x + side * 600, 700 + 400 * near),
                ],
                dim((44, 42, 56), (0.5 + 0.5 * (1 - near))),
                blur=6,
            )
    for _ in range(60):
        near = dice.random()
        side = dice.choice([-1, 1])
        at = (900 + side * (120 + near * 760), 600 - near * 320 + dice.uniform(-40, 120))
        picture = bokeh(
            picture,
            at,
            10 + near * 42,
            dice.choice([(255, 196, 110), (255, 150, 84), (200, 220, 240), (230, 80, 60)]),
            0.42,
        )
    picture = shape(picture, [(820, 520), (980, 520), (996, 690), (804, 690)], (150, 40, 36), blur=4)
    for x in (842, 908):
        picture = shape(picture, [(x, 542), (x + 50, 542), (x + 50, 592), (x, 592)], (255, 226, 160), blur=4)
    for x in (836, 964):
        picture = glow(picture, (x, 656), 130, (255, 240, 206), 1)
    picture = mirrored(picture, 0.575, dice, dim=0.7)
    for n in (-3, -1, 1, 3):
        picture = stroke(picture, [(900 + n * 16, 520), (900 + n * 320, -20)], (12, 13, 20), width=4, blur=1)
    for n in (-1, 1):
        picture = stroke(picture, [(900 + n * 22, 700), (900 + n * 300, HEIGHT)], (150, 140, 140), width=5, blur=2)
    return finished(picture.filter(ImageFilter.GaussianBlur(1)), dice, vignette=0.4)
