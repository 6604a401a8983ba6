"""The downstream footway at six in the morning: lattice, lamps and nobody."""

import random

from PIL import Image, ImageFilter

from moothall.seed.scenes.brush import (
    HEIGHT,
    SIZE,
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
    toned,
    veil,
)
from moothall.seed.scenes.lens import Lens

_LENS = Lens(eye=1.65, focal=1350, centre=690, horizon=640)
_AIR: Rgb = (206, 204, 196)
_STEEL: Rgb = (36, 44, 52)


def draw(dice: random.Random) -> Image.Image:
    picture = sky(
        [
            (0, (150, 164, 170)),
            (0.3, (186, 192, 190)),
            (0.5, (222, 214, 200)),
            (0.56, (226, 214, 196)),
            (1, (150, 154, 154)),
        ]
    )
    picture = glow(picture, (640, 560), 800, (255, 236, 204), 0.6)
    picture = veil(picture, (190, 192, 188), curve(cloud(dice, (3, 4), octaves=5), 0.4, 1, 0.5))
    picture = _boards(picture, dice)
    for far, near in ((90, 44), (44, 22), (22, 11), (11, 5.2), (5.2, 1.6)):
        picture = _stretch(picture, far, near)
        if near > 5:
            picture = mist(picture, dice, _AIR, at=(0.36, 0.66), density=0.22)
    picture = _walker(picture)
    return finished(
        graded(bloom(picture, above=0.8, radius=50, strength=0.5), (30, 60, 76), (255, 232, 206)),
        dice,
        vignette=0.34,
    )


def _boards(picture: Image.Image, dice: random.Random) -> Image.Image:
    size = (1400, 1400)
    wear = Image.frombytes("L", size, dice.randbytes(size[0] * size[1])).filter(ImageFilter.GaussianBlur(1.2))
    sheet = _LENS.ground(wear, nearest=30, spread=16)
    floor = toned(sheet, [(0, (92, 94, 94)), (0.5, (136, 134, 130)), (1, (178, 172, 164))])
    whole = Image.new("RGB", SIZE, (136, 134, 130))
    whole.paste(floor, (0, HEIGHT - floor.height))
    black = Image.new("RGB", SIZE)
    lane = Layer((255, 255, 255))
    lane.shape(_LENS.quad((-1.5, 0, 400), (1.5, 0, 400), (1.5, 0, 1.1), (-1.5, 0, 1.1)), (255, 255, 255))
    mask = lane.onto(black).getchannel(0)
    picture = Image.composite(whole, picture, mask)
    seams = Layer((70, 74, 76))
    z = 1.2
    while z < 60:
        fade = max(0, round(190 * (1 - z / 60)))
        seams.line(_LENS.quad((-1.5, 0, z), (1.5, 0, z)), (70, 74, 76), max(1.0, 9 / z), fade)
        seams.line(_LENS.quad((-1.5, 0, z + 0.02), (1.5, 0, z + 0.02)), (206, 202, 194), max(0.8, 5 / z), fade // 2)
        z += 0.34
    picture = seams.onto(picture, blur=0.9)
    return mist(picture, dice, _AIR, at=(0.5, 0.58), density=0.95)


def _stretch(picture: Image.Image, far: float, near: float) -> Image.Image:
    """A length of the railing on the river's side, of the truss on the road's, and their lamps."""
    haze = min(0.95, (far + near) / 2 / 62)
    tone = mixed(_STEEL, _AIR, haze)
    layer = Layer(tone)
    thick = _LENS.size(1, (far + near) / 2)
    for y, wide in ((1.15, 0.07), (0.78, 0.03), (0.16, 0.045)):
        layer.line(_LENS.quad((-1.5, y, far), (-1.5, y, near)), tone, thick * wide)
    z = far
    while z > near:
        layer.line(_LENS.quad((-1.5, 0, z), (-1.5, 1.15, z)), tone, _LENS.size(0.06, z))
        for n in range(1, 12):
            at = z - n * 0.17
            if at > near:
                layer.line(_LENS.quad((-1.5, 0.16, at), (-1.5, 1.12, at)), tone, _LENS.size(0.014, at))
        z -= 2.0
    _truss(layer, far, near, tone)
    picture = layer.onto(picture, blur=0.5 if near < 12 else 1.0)
    z = far - far % 9
    while z > near:
        picture = _lamp(picture, z, mixed(_STEEL, _AIR, min(0.95, z / 62)))
        z -= 9
    return picture


def _truss(layer: Layer, far: float, near: float, tone: Rgb) -> None:
    x, bay = 1.75, 4.0
    deep = mixed(tone, (0, 0, 0), 0.12)
    for y, tall in ((0.25, 0.28), (4.6, 0.34)):
        layer.shape(_LENS.quad((x, y, far), (x, y + tall, far), (x, y + tall, near), (x, y, near)), tone)
    z = far - far % bay + bay
    while z > near - bay:
        low, high = max(z - bay, near, 1.2), min(z, far)
        if low < high:
            layer.line(_LENS.quad((x, 0.4, high), (x, 4.8, high)), deep, _LENS.size(0.2, high))
            layer.line(_LENS.quad((x, 0.4, high), (x, 4.8, low)), tone, _LENS.size(0.13, high))
            layer.line(_LENS.quad((x, 4.8, high), (x, 0.4, low)), tone, _LENS.size(0.13, high))
        z -= bay


def _lamp(picture: Image.Image, z: float, tone: Rgb) -> Image.Image:
    pillar = Layer(tone)
    x = -1.62
    pillar.line(_LENS.quad((x, 0, z), (x, 4.1, z)), tone, _LENS.size(0.08, z))
    pillar.line(
        _LENS.quad((x, 4.1, z), (x + 0.1, 4.4, z), (x + 0.45, 4.5, z), (x + 0.62, 4.3, z)),
        tone,
        _LENS.size(0.05, z),
    )
    pillar.shape(
        _LENS.quad((x + 0.42, 4.18, z), (x + 0.52, 4.36, z), (x + 0.72, 4.36, z), (x + 0.82, 4.18, z)), tone
    )
    picture = pillar.onto(picture, blur=0.7)
    spot, size = _LENS.at(x + 0.62, 4.12, z), _LENS.size(1, z)
    picture = glow(picture, spot, 1.1 * size + 18, (255, 222, 160), 0.75)
    return glow(picture, spot, 0.22 * size + 4, (255, 248, 226), 1)


def _walker(picture: Image.Image) -> Image.Image:
    """Somebody far off, with a ladder."""
    z, x = 26.0, -0.3
    tone = mixed(_STEEL, _AIR, 0.42)
    one = Layer(tone)
    at = _LENS.at
    one.shape(
        [
            at(x - 0.2, 1.45, z),
            at(x + 0.2, 1.45, z),
            at(x + 0.24, 0.75, z),
            at(x + 0.16, 0, z),
            at(x + 0.02, 0, z),
            at(x, 0.7, z),
            at(x - 0.1, 0, z),
            at(x - 0.22, 0, z),
            at(x - 0.22, 0.75, z),
        ],
        tone,
    )
    one.disc(at(x, 1.62, z), _LENS.size(0.13, z), tone, tall=1.2)
    for dx in (-0.06, 0.08):
        one.line(_LENS.quad((x - 1.0 + dx, 1.12, z), (x + 1.0 + dx, 1.62, z)), tone, 1.8)
    for n in range(8):
        dx = -0.95 + n * 0.27
        one.line(
            _LENS.quad((x + dx, 1.13 + (dx + 1) * 0.25, z), (x + dx + 0.14, 1.13 + (dx + 1) * 0.25, z)), tone, 1.2
        )
    return one.onto(picture, blur=0.8)
