"""Photographs by daylight, one function a scene."""

import random
from math import cos, pi, sin

from PIL import Image, ImageFilter

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


def bridge(dice: random.Random) -> Image.Image:
    picture = sky(
        [
            (0, (38, 52, 84)),
            (0.35, (118, 108, 128)),
            (0.56, (226, 166, 128)),
            (0.62, (242, 196, 150)),
            (1, (90, 84, 104)),
        ]
    )
    picture = glow(picture, (1260, 690), 620, (255, 206, 150), 0.7)
    picture = shape(picture, ridge(dice, 0.55, 0.015), (104, 98, 120), blur=7)
    picture = fog(picture, dice, (224, 186, 168), top=0.42, bottom=0.68, density=1.0)
    deck, steel = 664, (38, 40, 56)
    for left, right in ((-420, 560), (560, 1400), (1400, 2240)):
        arch = [(left + (right - left) * n / 60, deck - sin(pi * n / 60) * 250) for n in range(61)]
        picture = stroke(picture, arch, steel, width=15, blur=1.2)
        for n in range(5, 60, 5):
            picture = stroke(picture, [arch[n], (arch[n][0], deck)], steel, width=4, blur=0.8)
    picture = shape(
        picture, [(0, deck - 8), (WIDTH, deck - 8), (WIDTH, deck + 16), (0, deck + 16)], steel, blur=0.8
    )
    for x in (560, 1400):
        picture = shape(
            picture, [(x - 42, deck), (x + 42, deck), (x + 56, 744), (x - 56, 744)], (44, 44, 60), blur=1
        )
    for x in range(60, WIDTH, 140):
        picture = glow(picture, (x, deck - 44), 74, (255, 214, 150), 0.95)
    picture = mirrored(picture, 0.62, dice, dim=0.86)
    return finished(fog(picture, dice, (214, 184, 176), top=0.52, bottom=0.82, density=0.62), dice)


def harbour(dice: random.Random) -> Image.Image:
    picture = sky([(0, (110, 140, 164)), (0.4, (226, 192, 160)), (0.6, (250, 218, 172)), (1, (180, 150, 140))])
    picture = glow(picture, (520, 640), 560, (255, 224, 170), 0.9)
    for x, size, tone in ((1500, 0.8, 120), (1210, 0.95, 96), (250, 1.15, 66)):
        colour = (tone, tone - 6, tone + 4)
        base, top = 742, 742 - 430 * size
        for dx in (-46, 46):
            picture = stroke(
                picture,
                [(x + dx * size, base), (x + dx * size * 0.5, top + 120 * size)],
                colour,
                width=int(15 * size),
                blur=1,
            )
        picture = stroke(
            picture,
            [(x - 130 * size, top + 120 * size), (x + 330 * size, top + 20 * size)],
            colour,
            width=int(18 * size),
            blur=1,
        )
        picture = stroke(
            picture,
            [(x, top + 110 * size), (x, top), (x + 330 * size, top + 20 * size)],
            colour,
            width=int(6 * size),
            blur=1,
        )
        picture = stroke(
            picture, [(x, top), (x - 130 * size, top + 120 * size)], colour, width=int(6 * size), blur=1
        )
    picture = shape(picture, [(0, 726), (420, 722), (430, 744), (0, 744)], (70, 66, 74), blur=1)
    picture = fog(picture, dice, (244, 212, 178), top=0.44, bottom=0.68, density=0.9)
    picture = shape(picture, [(760, 728), (1010, 728), (984, 752), (790, 752)], (52, 56, 70), blur=1)
    picture = shape(picture, [(820, 700), (950, 700), (956, 728), (814, 728)], (228, 220, 206), blur=1)
    picture = stroke(picture, [(884, 700), (884, 668)], (60, 60, 72), width=8, blur=1)
    return finished(mirrored(picture, 0.625, dice, dim=0.9), dice)


def windfarm(dice: random.Random) -> Image.Image:
    picture = sky(
        [
            (0, (164, 186, 196)),
            (0.5, (220, 222, 214)),
            (0.6, (236, 228, 212)),
            (0.62, (154, 172, 178)),
            (1, (74, 102, 116)),
        ]
    )
    for n in range(11):
        size = 1.15 * 0.82**n
        x, base = 240 + 1500 * (1 - 0.82**n), 742 - n
        fade = min(1.0, n / 11 + 0.1)
        tone = mix((246, 246, 242), (214, 218, 214), fade)
        hub = (x, base - 520 * size)
        picture = shape(
            picture,
            [(x - 11 * size, base), (x + 11 * size, base), (x + 5 * size, hub[1]), (x - 5 * size, hub[1])],
            tone,
            blur=0.8,
        )
        turn = dice.uniform(0, pi)
        for blade in range(3):
            angle = turn + blade * 2 * pi / 3
            tip = (hub[0] + cos(angle) * 250 * size, hub[1] + sin(angle) * 250 * size)
            side = (hub[0] + cos(angle + 0.3) * 60 * size, hub[1] + sin(angle + 0.3) * 60 * size)
            picture = shape(picture, [hub, side, tip], tone, blur=0.8)
    picture = fog(picture, dice, (232, 228, 216), top=0.5, bottom=0.72, density=1.0)
    for n in range(170):
        y = 770 + (n / 170) ** 1.6 * 420
        x, wide = dice.uniform(-100, WIDTH), dice.uniform(60, 360) * (0.3 + n / 170)
        picture = stroke(
            picture,
            [(x, y), (x + wide, y)],
            (176, 194, 200) if n % 3 else (54, 82, 98),
            width=1 + n // 70,
            blur=2.2,
        )
    return finished(picture, dice, vignette=0.2)


def market(dice: random.Random) -> Image.Image:
    picture = sky([(0, (236, 214, 178)), (0.5, (190, 142, 104)), (1, (86, 60, 48))])
    for _ in range(90):
        tone = dice.choice([(198, 76, 46), (222, 156, 62), (110, 132, 60), (226, 204, 160), (150, 62, 52)])
        picture = bokeh(picture, (dice.uniform(0, WIDTH), dice.uniform(700, 1150)), dice.uniform(26, 70), tone, 0.5)
    picture = picture.filter(ImageFilter.GaussianBlur(14))
    for n, (left, colour) in enumerate(((-80, (178, 58, 44)), (560, (44, 92, 104)), (1210, (186, 132, 48)))):
        for stripe in range(10):
            x = left + stripe * 66
            tone = colour if stripe % 2 else (240, 228, 204)
            lower = [(x - 26 + stripe * 2, 560 + n * 18), (x + 42 + stripe * 2, 560 + n * 18)]
            picture = shape(picture, [(x + 20, 250), (x + 86, 250), lower[1], lower[0]], tone, blur=2.5)
            picture = shape(
                picture,
                [
                    lower[0],
                    lower[1],
                    (lower[1][0], 612 + n * 18),
                    ((lower[0][0] + lower[1][0]) / 2, 640 + n * 18),
                    (lower[0][0], 612 + n * 18),
                ],
                dim(tone, 0.86),
                blur=2.5,
            )
    picture = shape(
        picture, [(0, 1010), (WIDTH, 960), (WIDTH, HEIGHT), (0, HEIGHT)], (60, 42, 34), blur=30, opacity=0.8
    )
    return finished(glow(picture, (260, 120), 1100, (255, 226, 170), 0.75), dice)


def delta(dice: random.Random) -> Image.Image:
    picture = sky(
        [
            (0, (128, 152, 168)),
            (0.3, (222, 200, 168)),
            (0.4, (248, 222, 176)),
            (0.41, (236, 212, 174)),
            (1, (96, 118, 128)),
        ]
    )
    picture = glow(picture, (1180, 450), 760, (255, 230, 176), 0.9)
    picture = shape(picture, ridge(dice, 0.395, 0.004, 50), (150, 148, 142), blur=4)
    picture = shape(picture, [(0, 500), (WIDTH, 494), (WIDTH, HEIGHT), (0, HEIGHT)], (206, 198, 178), blur=3)
    picture = glow(picture, (1180, 640), 620, (255, 226, 170), 0.55)
    for n in range(26):
        near = (n / 25) ** 1.8
        y, half = 506 + near * 660, 150 + near * 620
        x, thick = dice.uniform(-200, WIDTH + 200), 4 + near * 54
        tone = (round(138 - 96 * near), round(142 - 84 * near), round(118 - 74 * near))
        upper = [
            (x - half + k * half / 8, y - thick * sin(pi * k / 16) * dice.uniform(0.7, 1.2)) for k in range(17)
        ]
        lower = [(x + half - k * half / 8, y + thick * 0.4 * sin(pi * k / 16)) for k in range(17)]
        picture = shape(picture, [(px, 2 * y - py + 6) for px, py in upper], tone, blur=6 + 4 * near, opacity=0.35)
        picture = shape(picture, upper + lower, tone, blur=1.5 + abs(near - 0.35) * 5)
        for _ in range(int(10 + near * 60)):
            reed = x + dice.uniform(-0.9, 0.9) * half
            tall = (12 + near * 90) * dice.uniform(0.5, 1)
            picture = stroke(
                picture, [(reed, y), (reed + tall * 0.12, y - tall)], tone, width=1 + int(near * 3), blur=1
            )
    picture = fog(picture, dice, (244, 226, 192), top=0.3, bottom=0.6, density=0.9)
    return finished(picture, dice, vignette=0.25)


def wheat(dice: random.Random) -> Image.Image:
    picture = sky([(0, (238, 196, 130)), (0.42, (248, 222, 160)), (0.5, (226, 176, 92)), (1, (120, 80, 34))])
    picture = glow(picture, (1320, 420), 800, (255, 240, 190), 0.9)
    for n in range(900):
        near = (n / 900) ** 1.5
        x, foot = dice.uniform(-50, WIDTH + 50), 620 + near * 760
        tall, lean = 120 + near * 560, dice.uniform(-30, 60) * (0.4 + near)
        light = dice.uniform(0.7, 1.1) * (1.1 - 0.45 * near)
        tone = dim((226, 172, 86), light)
        picture_blur = abs(near - 0.62) * 14
        if n % 9 == 0:
            picture = stroke(
                picture,
                [(x, foot), (x + lean * 0.4, foot - tall * 0.6), (x + lean, foot - tall)],
                tone,
                width=2 + int(near * 5),
                blur=picture_blur,
            )
            for k in range(7):
                a = foot - tall + k * (10 + 14 * near)
                px = x + lean - k * lean * 0.05
                grain = [
                    (px, a),
                    (px + (8 + 16 * near), a - 14 - 10 * near),
                    (px + 3, a - 22 - 12 * near),
                    (px - (8 + 16 * near), a - 12),
                ]
                picture = shape(picture, grain, tone, blur=picture_blur)
    return finished(picture, dice, vignette=0.35)


def footway(dice: random.Random) -> Image.Image:
    picture = sky([(0, (172, 180, 182)), (0.48, (222, 214, 200)), (0.52, (206, 200, 190)), (1, (110, 112, 114))])
    picture = shape(picture, [(240, HEIGHT), (860, 600), (940, 600), (1900, HEIGHT)], (150, 146, 140), blur=3)
    for n in range(14, -1, -1):
        near = 0.74**n
        tone = mix((54, 54, 54), (206, 206, 206), 1 - near)
        x, foot = 900 + 760 * near, 600 + 620 * near
        picture = stroke(picture, [(x, foot), (x, foot - 330 * near)], tone, width=max(2, int(16 * near)), blur=0.8)
        if n % 2 == 0:
            lx = 880 - 700 * near
            picture = stroke(
                picture,
                [(lx, 600 + 560 * near), (lx, 600 - 620 * near)],
                tone,
                width=max(2, int(13 * near)),
                blur=0.8,
            )
            picture = glow(picture, (lx + 20 * near, 600 - 620 * near), 40 + 190 * near, (255, 226, 170), 0.9)
    for share in (0.25, 0.62, 1.0):
        picture = stroke(
            picture, [(900, 600 - 6 * share), (1660, 1220 - 330 * share)], (70, 72, 76), width=7, blur=1
        )
    return finished(fog(picture, dice, (226, 220, 208), top=0.3, bottom=0.72, density=1.05), dice, vignette=0.22)


def dawn(dice: random.Random) -> Image.Image:
    picture = sky([(0, (206, 212, 214)), (0.6, (228, 220, 206)), (0.68, (204, 190, 170)), (1, (226, 210, 186))])
    for n in range(4):
        x, wide = 170 + n * 400, 270
        picture = shape(picture, [(x, 120), (x + wide, 120), (x + wide, 740), (x, 740)], (255, 244, 222), blur=5)
        picture = shape(
            picture,
            [(x + 10, 430 + dice.uniform(-20, 20)), (x + wide - 10, 400), (x + wide - 10, 735), (x + 10, 735)],
            (178, 196, 176),
            blur=26,
            opacity=0.7,
        )
        for bar in (x + wide / 2,):
            picture = stroke(picture, [(bar, 120), (bar, 740)], (196, 192, 184), width=9, blur=1.5)
        picture = stroke(picture, [(x, 360), (x + wide, 360)], (196, 192, 184), width=7, blur=1.5)
        slant = 230 + n * 24
        picture = shape(
            picture,
            [
                (x + slant * 0.5, 840),
                (x + wide + slant * 0.5, 840),
                (x + wide + slant * 1.6, 1180),
                (x + slant * 1.6, 1180),
            ],
            (255, 238, 204),
            blur=16,
            opacity=0.85,
        )
    return finished(glow(picture, (300, 180), 1300, (255, 240, 210), 0.5), dice, vignette=0.16)
