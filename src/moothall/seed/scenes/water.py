"""Water: what it mirrors, broken by ripples that grow towards us."""

import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from moothall.seed.scenes.brush import HEIGHT, WIDTH, Rgb, curve, mixed
from moothall.seed.scenes.lens import Lens


def mirrored(
    picture: Image.Image,
    dice: random.Random,
    *,
    line: int,
    body: Rgb,
    rough: float = 1,
    clear: float = 0.8,
    smear: int = 5,
) -> Image.Image:
    """Fills everything below a row with the mirror image of what is above it.

    Args:
        line: the row of the far shore.
        body: the water's own colour, which shows where we look down into it.
        rough: height of the ripples; 1 is a calm river.
        clear: how much of the light comes back, 0 to 1.
        smear: how far lights run downwards; 5 suits water, 16 a wet street.
    """
    height = HEIGHT - line
    above = picture.crop((0, max(0, line - height), WIDTH, line)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    if above.height < height:
        above = above.resize((WIDTH, height))
    # Ripples smear a mirror image downwards far more than sideways.
    smeared = above.resize((WIDTH // 2, max(1, height // smear)), Image.Resampling.BOX).resize(
        (WIDTH, height), Image.Resampling.BICUBIC
    )
    smeared = Image.blend(smeared, above, 0.35)
    wavy = _rippled(smeared, dice, rough)
    depth = (
        Image.linear_gradient("L")
        .resize((WIDTH, height))
        .point([round((1 - clear) * 255 + v * 0.3) for v in range(256)])
    )
    water = Image.composite(Image.new("RGB", (WIDTH, height), body), wavy, depth)
    picture.paste(_glinting(water, dice, line, rough), (0, line))
    return picture


def _rippled(image: Image.Image, dice: random.Random, rough: float) -> Image.Image:
    """Displaced in patches that are small far away and large near by."""
    rows = [0]
    while rows[-1] < image.height:
        rows.append(min(image.height, rows[-1] + 3 + rows[-1] // 22))
    columns = 36
    step = image.width / columns
    grid = []
    for y in rows:
        far = y / image.height
        reach = (1.5 + far * 15) * rough
        grid.append(
            [(c * step + dice.gauss(0, reach), y + dice.gauss(0, reach * 0.45)) for c in range(columns + 1)]
        )
    mesh = []
    for r in range(len(rows) - 1):
        for c in range(columns):
            box = (round(c * step), rows[r], round((c + 1) * step), rows[r + 1])
            corners = (grid[r][c], grid[r + 1][c], grid[r + 1][c + 1], grid[r][c + 1])
            mesh.append((box, tuple(v for corner in corners for v in _inside(corner, image))))
    return image.transform(image.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def _inside(at: tuple[float, float], image: Image.Image) -> tuple[float, float]:
    return min(image.width - 1.0, max(0.0, at[0])), min(image.height - 1.0, max(0.0, at[1]))


def _glinting(water: Image.Image, dice: random.Random, line: int, rough: float) -> Image.Image:
    """Lighter and darker flanks of ripples, in the water's own colours."""
    size = (1600, 1200)
    fine = Image.frombytes("L", size, dice.randbytes(size[0] * size[1])).filter(ImageFilter.GaussianBlur(1.1))
    flanks = (
        Lens(eye=1, focal=1000, horizon=line).ground(fine, nearest=10, spread=6).filter(ImageFilter.GaussianBlur(1))
    )
    light, dark = curve(flanks, 0.53, 0.62, 0.3 * rough), curve(flanks, 0.34, 0.46)
    lighter = water.point([min(255, round(v * 1.18 + 12)) for v in range(256)] * 3)
    darker = water.point([round(v * 0.84) for v in range(256)] * 3)
    water = Image.composite(lighter, water, light)
    return Image.composite(
        water, darker, ImageChops.lighter(dark, dark.point([round(255 - 110 * min(1, rough))] * 256))
    )


def path_of_light(line: int, x: float, wide: float, colour: Rgb, dice: random.Random) -> Image.Image:
    """What a low sun or lamp throws across water: short strokes, denser towards its middle; to be screened on."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(sheet)
    y = float(line + 1)
    while y < HEIGHT:
        near = (y - line) / (HEIGHT - line)
        for _ in range(9):
            off = dice.gauss(0, wide * (0.4 + 1.3 * near))
            length = (4 + 34 * near) * dice.uniform(0.3, 1.6)
            skew = dice.uniform(-4, 4) * near
            tone = mixed((0, 0, 0), colour, dice.uniform(0.2, 1) * (1 - 0.45 * near))
            pen.line(
                [(x + off - length, y + skew), (x + off + length, y - skew)], fill=tone, width=1 + round(near * 3)
            )
        y += 1.6 + near * 8
    return sheet.filter(ImageFilter.GaussianBlur(1.3))
