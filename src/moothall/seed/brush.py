"""Tools for drawing photographs with code: light, fog, grain, distance."""

import random
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIZE = (1800, 1200)
Rgb = tuple[int, int, int]
Point = tuple[float, float]
WIDTH, HEIGHT = SIZE


def sky(stops: Sequence[tuple[float, Rgb]]) -> Image.Image:
    """A vertical gradient through colours at heights from 0 (top) to 1."""
    strip = Image.new("RGB", (1, 256))
    for y in range(256):
        strip.putpixel((0, y), _between(stops, y / 255))
    return strip.resize(SIZE, Image.Resampling.BICUBIC)


def shape(
    picture: Image.Image, points: Sequence[Point], colour: Rgb, *, blur: float = 0, opacity: float = 1
) -> Image.Image:
    """A filled polygon, softened like something out of focus."""
    box = _box(points, 3 * blur + 2)
    if box is None:
        return picture
    mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
    ImageDraw.Draw(mask).polygon([(x - box[0], y - box[1]) for x, y in points], fill=round(255 * opacity))
    return _laid(picture, mask, colour, box, blur)


def stroke(
    picture: Image.Image, points: Sequence[Point], colour: Rgb, *, width: int = 2, blur: float = 0
) -> Image.Image:
    """A line through points."""
    box = _box(points, 3 * blur + width + 2)
    if box is None:
        return picture
    mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
    local = [(x - box[0], y - box[1]) for x, y in points]
    ImageDraw.Draw(mask).line(local, fill=255, width=width, joint="curve")
    return _laid(picture, mask, colour, box, blur)


def glow(picture: Image.Image, at: Point, radius: float, colour: Rgb, strength: float = 1) -> Image.Image:
    """Light that adds to what is there and falls off around a point."""
    reach = max(4, int(radius))
    spot = Image.radial_gradient("L").resize((2 * reach, 2 * reach))
    spot = spot.point(lambda v: int(max(0.0, 1 - v / 180) ** 2 * 255 * strength))
    return _lit(picture, spot, colour, (int(at[0]) - reach, int(at[1]) - reach))


def bokeh(picture: Image.Image, at: Point, radius: float, colour: Rgb, opacity: float) -> Image.Image:
    """A lamp out of focus: an even disc with a soft edge."""
    reach = int(radius) + 10
    disc = Image.new("L", (2 * reach, 2 * reach))
    around = (reach - radius, reach - radius, reach + radius, reach + radius)
    ImageDraw.Draw(disc).ellipse(around, fill=round(255 * opacity))
    soft = disc.filter(ImageFilter.GaussianBlur(3))
    return _lit(picture, soft, colour, (int(at[0]) - reach, int(at[1]) - reach))


def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """A colour between two; 0 is the first."""
    r, g, b = (round(a + (c - a) * share) for a, c in zip(one, other, strict=True))
    return r, g, b


def dim(colour: Rgb, light: float) -> Rgb:
    """A colour with more or less light on it."""
    r, g, b = (min(255, int(c * light)) for c in colour)
    return r, g, b


def fog(
    picture: Image.Image, dice: random.Random, colour: Rgb, *, top: float, bottom: float, density: float
) -> Image.Image:
    """Drifting mist between two heights, in shares of the picture."""
    cloud = noise(dice, (14, 6)).point(lambda v: int(v * density))
    band = Image.new("L", (1, 120))
    for y in range(120):
        at = y / 119
        inside = min(1.0, max(0.0, min(at - top, bottom - at) / max(0.02, (bottom - top) / 2)))
        band.putpixel((0, y), round(255 * inside))
    mask = ImageChops.multiply(cloud, band.resize(SIZE, Image.Resampling.BICUBIC))
    return Image.composite(Image.new("RGB", SIZE, colour), picture, mask)


def noise(dice: random.Random, cells: tuple[int, int]) -> Image.Image:
    """Soft, cloudy grey from three sizes of random cells."""
    layers = []
    for k in (1, 2, 5):
        size = (cells[0] * k, cells[1] * k)
        small = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
        layers.append(small.resize(SIZE, Image.Resampling.BICUBIC))
    return Image.blend(Image.blend(layers[0], layers[1], 0.4), layers[2], 0.2)


def mirrored(picture: Image.Image, waterline: float, dice: random.Random, *, dim: float = 0.75) -> Image.Image:
    """Everything below the waterline (a share of the height) mirrors what is above, broken by ripples."""
    y = int(HEIGHT * waterline)
    above = picture.crop((0, max(0, 2 * y - HEIGHT), WIDTH, y)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    above = above.filter(ImageFilter.GaussianBlur(5)).point(lambda v: int(v * dim))
    water = Image.new("RGB", (WIDTH, HEIGHT - y), above.getpixel((WIDTH // 2, above.height - 1)))
    for row in range(min(above.height, HEIGHT - y)):
        shift = int((dice.random() - 0.5) * (3 + row * 0.06))
        water.paste(above.crop((0, row, WIDTH, row + 1)), (shift, row))
    picture.paste(water.filter(ImageFilter.GaussianBlur(1.2)), (0, y))
    return picture


def finished(
    picture: Image.Image, dice: random.Random, *, grain: float = 0.07, vignette: float = 0.3
) -> Image.Image:
    """Grain, and edges a little darker, as a lens gives them."""
    size = (WIDTH // 2, HEIGHT // 2)
    grit = Image.frombytes("L", size, dice.randbytes(size[0] * size[1])).resize(SIZE, Image.Resampling.BILINEAR)
    picture = Image.blend(picture, ImageChops.overlay(picture, Image.merge("RGB", [grit] * 3)), grain)
    edge = Image.radial_gradient("L").resize((int(WIDTH * 1.5), int(HEIGHT * 1.5)))
    edge = edge.crop((WIDTH // 4, HEIGHT // 4, WIDTH // 4 + WIDTH, HEIGHT // 4 + HEIGHT))
    mask = edge.point(lambda v: int(v * vignette))
    return Image.composite(Image.new("RGB", SIZE, (6, 8, 12)), picture, mask)


def ridge(dice: random.Random, height: float, rough: float, steps: int = 60) -> list[Point]:
    """A skyline as a polygon down to the lower edge; `height` and `rough` in shares of the picture."""
    walk, points = 0.0, []
    for n in range(steps + 1):
        walk = walk * 0.9 + (dice.random() - 0.5) * rough
        points.append((WIDTH * n / steps, HEIGHT * (height + walk)))
    return [(0, HEIGHT), *points, (WIDTH, HEIGHT)]


def _laid(
    picture: Image.Image, mask: Image.Image, colour: Rgb, box: tuple[int, int, int, int], blur: float
) -> Image.Image:
    """Paints through a mask that covers only `box`: most strokes touch a small part of the picture."""
    if blur:
        mask = mask.filter(ImageFilter.GaussianBlur(blur))
    picture.paste(colour, box, mask)
    return picture


def _lit(picture: Image.Image, light: Image.Image, colour: Rgb, corner: tuple[int, int]) -> Image.Image:
    """Adds light, grey in `light`, at a corner; what falls outside is lost."""
    x, y = corner
    box = (max(0, x), max(0, y), min(WIDTH, x + light.width), min(HEIGHT, y + light.height))
    if box[0] >= box[2] or box[1] >= box[3]:
        return picture
    part = light.crop((box[0] - x, box[1] - y, box[2] - x, box[3] - y))
    tinted = Image.merge("RGB", [part.point(lambda v, c=c: v * c // 255) for c in colour])
    picture.paste(ImageChops.screen(picture.crop(box), tinted), box)
    return picture


def _box(points: Sequence[Point], margin: float) -> tuple[int, int, int, int] | None:
    """The part of the picture that a drawing can touch; None when it lies outside."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = max(0, int(min(xs) - margin)), max(0, int(min(ys) - margin))
    right, bottom = min(WIDTH, int(max(xs) + margin) + 1), min(HEIGHT, int(max(ys) + margin) + 1)
    return (left, top, right, bottom) if left < right and top < bottom else None


def _between(stops: Sequence[tuple[float, Rgb]], at: float) -> Rgb:
    for (low, start), (high, end) in pairwise(stops):
        if at <= high:
            share = (at - low) / max(high - low, 1e-6)
            return mix(start, end, share)
    return stops[-1][1]
