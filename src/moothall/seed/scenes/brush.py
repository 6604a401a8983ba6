"""What every picture is made with: colour, cloud, light, layers and the finish of a print."""

import random
from collections.abc import Callable, Sequence
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

SIZE = (1800, 1200)
WIDTH, HEIGHT = SIZE
Rgb = tuple[int, int, int]
Point = tuple[float, float]
Stops = Sequence[tuple[float, Rgb]]
_Fine = Callable[[Point], Point]
# Shapes are drawn at twice the size and shrunk: that is their anti-aliasing.
_FINE = 2


def mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    """A colour between two; `share` is kept within 0 and 1."""
    at = min(1.0, max(0.0, share))
    r, g, b = (round(a + (b - a) * at) for a, b in zip(one, other, strict=True))
    return r, g, b


def ramp(stops: Stops, at: float) -> Rgb:
    """The colour of a gradient at a share from 0 to 1."""
    for (low, start), (high, end) in pairwise(stops):
        if at <= high:
            return mixed(start, end, (at - low) / max(high - low, 1e-6))
    return stops[-1][1]


def sky(stops: Stops) -> Image.Image:
    """A vertical gradient; heights from 0 (top) to 1."""
    rows = bytes(c for y in range(HEIGHT) for c in ramp(stops, y / (HEIGHT - 1)))
    return Image.frombytes("RGB", (1, HEIGHT), rows).resize(SIZE, Image.Resampling.NEAREST)


def toned(grey: Image.Image, stops: Stops) -> Image.Image:
    """A grey picture in the colours of a gradient, dark to light."""
    table = [ramp(stops, v / 255) for v in range(256)]
    return Image.merge("RGB", [grey.point([colour[c] for colour in table]) for c in range(3)])


def cloud(dice: random.Random, cells: tuple[int, int], *, octaves: int = 5, rough: float = 0.5) -> Image.Image:
    """Fractal noise over the whole picture; `cells` are the largest blobs across and down."""
    half = (WIDTH // 2, HEIGHT // 2)  # nothing in it is fine enough to need more
    grey, weight = Image.new("L", half), 0.0
    for n in range(octaves):
        size = (min(half[0], cells[0] << n), min(half[1], cells[1] << n))
        layer = Image.frombytes("L", size, dice.randbytes(size[0] * size[1])).resize(half, Image.Resampling.BICUBIC)
        share = rough**n
        weight += share
        grey = Image.blend(grey, layer, share / weight)
    return ImageOps.autocontrast(grey, cutoff=0.5).resize(SIZE, Image.Resampling.BICUBIC)


def curve(grey: Image.Image, low: float, high: float, gain: float = 1) -> Image.Image:
    """Contrast: what is below `low` becomes black, above `high` white (both 0 to 1), times `gain`."""
    span = max(high - low, 1e-6)
    return grey.point([round(255 * gain * min(1.0, max(0.0, (v / 255 - low) / span))) for v in range(256)])


def band(top: float, bottom: float, soft: float) -> Image.Image:
    """A grey strip, white between two heights (shares), fading over `soft` on either side."""
    edges = ((y / HEIGHT - top + soft, bottom + soft - y / HEIGHT) for y in range(HEIGHT))
    rows = bytes(round(255 * min(1.0, max(0.0, min(a, b) / soft))) for a, b in edges)
    return Image.frombytes("L", (1, HEIGHT), rows).resize(SIZE, Image.Resampling.NEAREST)


def veil(picture: Image.Image, colour: Rgb, mask: Image.Image) -> Image.Image:
    """Colour laid over the picture where the mask is light."""
    return Image.composite(Image.new("RGB", SIZE, colour), picture, mask)


def mist(
    picture: Image.Image, dice: random.Random, colour: Rgb, *, at: tuple[float, float], density: float
) -> Image.Image:
    """Drifting fog between two heights, thicker in places."""
    drift = cloud(dice, (3, 4), octaves=5).point([round(v * density * 0.6 + 102 * density) for v in range(256)])
    return veil(picture, colour, ImageChops.multiply(drift, band(*at, soft=0.13)))


def glow(picture: Image.Image, at: Point, radius: float, colour: Rgb, strength: float = 1) -> Image.Image:
    """Light added around a point, falling off as light does in haze."""
    reach = max(4, int(radius))
    spot = Image.radial_gradient("L").point(
        [round(255 * strength * max(0.0, 1 - v / 180) ** 2.4) for v in range(256)]
    )
    return lit(picture, spot.resize((2 * reach, 2 * reach)), colour, (int(at[0]) - reach, int(at[1]) - reach))


def lit(picture: Image.Image, light: Image.Image, colour: Rgb, corner: tuple[int, int]) -> Image.Image:
    """Adds light, grey in `light`, with its upper left at a corner; what falls outside is lost."""
    x, y = corner
    box = (max(0, x), max(0, y), min(WIDTH, x + light.width), min(HEIGHT, y + light.height))
    if box[0] >= box[2] or box[1] >= box[3]:
        return picture
    part = light.crop((box[0] - x, box[1] - y, box[2] - x, box[3] - y))
    tinted = Image.merge("RGB", [part.point([v * c // 255 for v in range(256)]) for c in colour])
    picture.paste(ImageChops.screen(picture.crop(box), tinted), box)
    return picture


def bokeh(picture: Image.Image, at: Point, radius: float, colour: Rgb, strength: float) -> Image.Image:
    """A lamp out of focus: a disc a little brighter at its rim."""
    reach = int(radius * 1.15) + 3
    disc = Image.new("L", (4 * reach, 4 * reach))
    pen = ImageDraw.Draw(disc)
    low, high = 2 * (reach - radius), 2 * (reach + radius)
    pen.ellipse((low, low, high, high), fill=round(255 * strength))
    edge = radius * 0.22
    pen.ellipse((low + edge, low + edge, high - edge, high - edge), fill=round(215 * strength))
    soft = disc.filter(ImageFilter.GaussianBlur(radius * 0.09 + 1)).reduce(2)
    return lit(picture, soft, colour, (int(at[0]) - reach, int(at[1]) - reach))


class Layer:
    """Shapes at one distance: laid over a picture together, as blurred as that distance asks."""

    def __init__(self, base: Rgb = (0, 0, 0)) -> None:
        self._base = base
        self._marks: list[Callable[[ImageDraw.ImageDraw, _Fine], None]] = []
        self._xs: list[float] = []
        self._ys: list[float] = []

    def shape(self, points: Sequence[Point], colour: Rgb, alpha: int = 255) -> None:
        self._reach(points, 1)
        self._marks.append(lambda pen, fine: pen.polygon([fine(p) for p in points], fill=(*colour, alpha)))

    def line(self, points: Sequence[Point], colour: Rgb, width: float = 2, alpha: int = 255) -> None:
        self._reach(points, width)
        ink, wide = (*colour, alpha), max(1, round(width * _FINE))
        self._marks.append(lambda pen, fine: pen.line([fine(p) for p in points], ink, wide, joint="curve"))

    def disc(self, at: Point, radius: float, colour: Rgb, *, tall: float = 1, alpha: int = 255) -> None:
        corners = ((at[0] - radius, at[1] - radius * tall), (at[0] + radius, at[1] + radius * tall))
        self._reach(corners, 1)
        self._marks.append(lambda pen, fine: pen.ellipse([fine(p) for p in corners], fill=(*colour, alpha)))

    def onto(self, picture: Image.Image, *, blur: float = 0, opacity: float = 1) -> Image.Image:
        """The picture with the shapes on it; only the part that they touch is worked on."""
        box = self._box(3 * blur + 2)
        if box is None:
            return picture
        left, top, right, bottom = box
        size = ((right - left) * _FINE, (bottom - top) * _FINE)
        sheet = Image.new("RGBA", size, (*self._base, 0))
        pen = ImageDraw.Draw(sheet)
        for mark in self._marks:
            mark(pen, lambda p: ((p[0] - left) * _FINE, (p[1] - top) * _FINE))
        sheet = sheet.reduce(_FINE)
        if blur:
            sheet = sheet.filter(ImageFilter.GaussianBlur(blur))
        mask = sheet.getchannel("A").point([round(v * opacity) for v in range(256)])
        picture.paste(sheet.convert("RGB"), box, mask)
        return picture

    def _reach(self, points: Sequence[Point], margin: float) -> None:
        for x, y in points:
            self._xs += (x - margin, x + margin)
            self._ys += (y - margin, y + margin)

    def _box(self, margin: float) -> tuple[int, int, int, int] | None:
        if not self._xs:
            return None
        left, top = max(0, int(min(self._xs) - margin)), max(0, int(min(self._ys) - margin))
        right, bottom = min(WIDTH, int(max(self._xs) + margin) + 1), min(HEIGHT, int(max(self._ys) + margin) + 1)
        return (left, top, right, bottom) if left < right and top < bottom else None


def bloom(picture: Image.Image, *, above: float = 0.6, radius: float = 26, strength: float = 0.6) -> Image.Image:
    """Bright parts bleed into what surrounds them, as in a lens."""
    small = picture.reduce(4)
    light = curve(small.convert("L"), above, 1, strength)
    spread = ImageChops.multiply(small, Image.merge("RGB", [light] * 3)).filter(
        ImageFilter.GaussianBlur(radius / 4)
    )
    return ImageChops.screen(picture, spread.resize(SIZE, Image.Resampling.BICUBIC))


def graded(picture: Image.Image, shadows: Rgb, lights: Rgb, *, strength: float = 0.25) -> Image.Image:
    """A print's split tone: one colour in the shadows, another in the lights."""
    wash = toned(picture.convert("L"), [(0, shadows), (0.5, mixed(shadows, lights, 0.5)), (1, lights)])
    return Image.blend(picture, ImageChops.soft_light(picture, wash), strength)


def finished(
    picture: Image.Image, dice: random.Random, *, grain: float = 0.06, vignette: float = 0.3
) -> Image.Image:
    """Grain, and corners a little darker."""
    count = WIDTH * HEIGHT
    first, second = (Image.frombytes("L", SIZE, dice.randbytes(count)) for _ in range(2))
    grit = Image.blend(first, second, 0.5).filter(ImageFilter.GaussianBlur(0.7))
    picture = Image.blend(picture, ImageChops.overlay(picture, Image.merge("RGB", [grit] * 3)), grain * 3)
    edge = Image.radial_gradient("L").resize((WIDTH * 3 // 2, HEIGHT * 3 // 2))
    edge = edge.crop((WIDTH // 4, HEIGHT // 4, WIDTH * 5 // 4, HEIGHT * 5 // 4))
    return veil(picture, (5, 7, 11), curve(edge, 0.3, 1.1, vignette * 1.6))
