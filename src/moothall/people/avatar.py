"""An abstract portrait for everybody: drawn from the account's number, nothing is fetched or uploaded."""

import hashlib
from functools import lru_cache
from io import BytesIO

import resvg_py

from moothall.kernel.limits import AVATARS_KEPT

# Twice the largest size in a discussion, for dense screens.
_PIXELS = 96
# Flat colours with their blends at the edges; a palette takes half of what true colours do.
_COLOURS = 64

# Muted, so that they stand beside text in light and in dark; any of one list goes with any of the others.
# The faces are of no colour that people have: a portrait must not guess what somebody looks like.
_GROUNDS = (
    "#d9c9b2", "#bccdd3", "#cdd2b4", "#e0c2b3", "#cac4da", "#b9d1c4", "#e3d5a8", "#d6bdc8", "#bfc7cf", "#e8d8c8",
    "#a9bfb4", "#d0b894",
)  # fmt: skip
_FACES = ("#f5e7d3", "#c3d8d6", "#ecc3a6", "#bcc8e2", "#e2d8a4", "#9dbab3", "#e3b4b0", "#b7c49a", "#cdb8d8")
_HAIRS = ("#26303d", "#5b2f38", "#2c4a4a", "#8a4b2d", "#46406b", "#9a7526", "#6b6f5a", "#a0525a", "#35577a")
_CLOTHS = (
    "#2f5266", "#7d3b35", "#54487a", "#2f6150", "#8a6a22", "#783f5c", "#3d4a5c", "#5a6b35", "#a4562f", "#e9e2d4",
    "#1f2a37", "#b0443c",
)  # fmt: skip
# Behind and before the head, in the hair's colour (h) or the cloth's (c).
_BEHIND = (
    "",
    '<path fill="{h}" d="M17 27a15 16 0 0 1 30 0v19H17z"/>',
    '<ellipse fill="{h}" cx="32" cy="25" rx="18" ry="17"/>',
    '<circle fill="{h}" cx="32" cy="8" r="6"/>',
    '<path fill="{h}" d="M18 28a14 15 0 0 1 28 0l3 26H15z"/>',
    '<path fill="{h}" d="M19 26q-7 14-2 22h30q5-8-2-22z"/>',
)
_BEFORE = (
    "",
    '<path fill="{h}" d="M20 26a12 13 0 0 1 24 0q-11-2-14-9-2 7-10 9z"/>',
    '<path fill="{h}" d="M20 25a12 13 0 0 1 24 0q-12-6-24 0z"/>',
    '<path fill="{h}" d="M19 27c0-20 26-20 26 0-2-7-6-8-11-8s-13 1-15 8z"/>',
    '<path fill="{c}" d="M19 24a13 12 0 0 1 26 0h5v3H19z"/>',
    (
        '<path fill="none" stroke="{h}" stroke-width="2" '
        'd="M23 28a4 4 0 1 0 8 0 4 4 0 1 0-8 0m10 0a4 4 0 1 0 8 0 4 4 0 1 0-8 0"/>'
    ),
    '<path fill="{c}" d="M19 23q13-9 26 0v4q-13-8-26 0z"/>',
)
_COATS = (
    "",
    '<path fill="{g}" d="M26 46l6 10 6-10-6 3z"/>',
    '<path stroke="{g}" stroke-width="2" d="M10 56h44M8 61h48"/>',
    '<path fill="{h}" d="M22 45q10 9 20 0l1 5q-11 8-22 0z"/>',
)
_SUNS = (
    "",
    '<circle cx="{x}" cy="{y}" r="13" fill="#fff" opacity=".4"/>',
    '<path fill="#fff" opacity=".3" d="M0 {y}L64 {x}v-64H0z"/>',
    '<path fill="#000" opacity=".08" d="M0 {x}h64v64H0z"/>',
)


@lru_cache(maxsize=AVATARS_KEPT)
def portrait_png(account_id: int, display_name: str) -> bytes:
    """The portrait in 96 by 96 pixels and about 1 KB; drawing it takes 3 ms.

    An SVG image is a document of its own to a browser: 2 ms of its main thread each, a raster image none.
    """
    # Imported with the first portrait: it takes 60 ms of every start, and a start must be short.
    from PIL import Image

    drawn = resvg_py.svg_to_bytes(
        svg_string=portrait_svg(account_id, display_name), width=_PIXELS, height=_PIXELS, skip_system_fonts=True
    )
    with Image.open(BytesIO(drawn)) as image, BytesIO() as packed:
        few = image.convert("RGB").quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(packed, "PNG")
        return packed.getvalue()


def portrait_svg(account_id: int, display_name: str) -> str:
    """A head and shoulders, under 900 bytes; the same account always looks the same."""
    dice = iter(hashlib.blake2b(f"{account_id}:{display_name}".encode(), digest_size=12).digest())
    ground, face, hair, cloth = (kinds[next(dice) % len(kinds)] for kinds in (_GROUNDS, _FACES, _HAIRS, _CLOTHS))
    sun, behind, before, coat = (kinds[next(dice) % len(kinds)] for kinds in (_SUNS, _BEHIND, _BEFORE, _COATS))
    lean, tall = next(dice) % 7 - 3, 12 + next(dice) % 3
    place = {"x": 6 + next(dice) % 52, "y": 6 + next(dice) % 30, "h": hair, "c": cloth, "g": ground}
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<path fill="{ground}" d="M0 0h64v64H0z"/>{sun.format(**place)}'
        f'<g transform="translate({lean} 2)">{behind.format(**place)}'
        f'<path fill="{face}" d="M27 34h10v14H27z"/><path opacity=".15" d="M27 38q5 5 10 0v5H27z"/>'
        f'<path fill="{cloth}" d="M6 68c0-18 12-23 21-24q5 5 10 0c9 1 21 6 21 24z"/>{coat.format(**place)}'
        f'<ellipse fill="{face}" cx="32" cy="28" rx="11" ry="{tall}"/>{before.format(**place)}</g></svg>'
    )
