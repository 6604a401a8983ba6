"""Photographs: decided from their bytes, bounded before they are decoded, always re-encoded.

What was sent is never served: no metadata, no second file hidden in it, no format but JPEG.
"""

import hashlib
import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from moothall.kernel.errors import PhotoInvalid, PhotoTooLarge
from moothall.kernel.limits import PHOTO_BYTES, PHOTO_PIXELS, PHOTO_WIDTHS
from moothall.story.model import Photo, PhotoId, Rendition

_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 82
_MEGABYTE = 1_000_000
_PAPER = (255, 255, 255)


def reencode(data: bytes, photo_id: PhotoId) -> tuple[Photo, tuple[Rendition, ...]]:
    """The photo at every width that it has pixels for, rising.

    Slow (up to seconds) and memory-hungry (about 4 bytes a pixel): run it off the event loop, few at once.
    Raises: PhotoInvalid, PhotoTooLarge.
    """
    if len(data) > PHOTO_BYTES:
        raise PhotoTooLarge(limit=PHOTO_BYTES // _MEGABYTE)
    picture = _upright(_open(data))
    renditions = tuple(_rendition(picture, width) for width in _widths(picture.width))
    largest = renditions[-1].width
    height = _height(picture, largest)
    return Photo(photo_id, hashlib.sha256(data).digest(), largest, height), renditions


def _open(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
            if picture.width * picture.height > PHOTO_PIXELS:
                raise PhotoTooLarge(limit=PHOTO_BYTES // _MEGABYTE)
            if getattr(picture, "n_frames", 1) > 1:
                raise PhotoInvalid
            picture.draft("RGB", (max(PHOTO_WIDTHS), max(PHOTO_WIDTHS)))
            picture.load()
        except Image.DecompressionBombError as bomb:
            raise PhotoTooLarge(limit=PHOTO_BYTES // _MEGABYTE) from bomb
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as wrong:
            raise PhotoInvalid from wrong
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    """As the camera was held, in plain colours, without transparency."""
    turned = ImageOps.exif_transpose(picture)
    if turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info:
        paper = Image.new("RGBA", turned.size, (*_PAPER, 255))
        turned = Image.alpha_composite(paper, turned.convert("RGBA"))
    return turned.convert("RGB")


def _widths(width: int) -> tuple[int, ...]:
    fitting = tuple(one for one in PHOTO_WIDTHS if one <= width)
    return fitting or (width,)


def _rendition(picture: Image.Image, width: int) -> Rendition:
    size = (width, _height(picture, width))
    small = picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=_QUALITY, progressive=True, optimize=True)
    return Rendition(width, out.getvalue())


def _height(picture: Image.Image, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))
