"""Photographs: decided from their bytes, bounded before they are decoded, always re-encoded.

What was sent is never served: no metadata, no second file hidden in it, no format but JPEG.
"""

import hashlib
import io
import struct
import warnings
import zlib

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from moothall.kernel.errors import PhotoInvalid, PhotoTooLarge
from moothall.kernel.limits import PHOTO_BYTES, PHOTO_PIXELS, PHOTO_WIDTHS, WEBP_PIXELS
from moothall.story.model import Photo, PhotoId, Rendition
from moothall.story.photo_file import check_file

_FORMATS = ("JPEG", "PNG", "WEBP")
# A JPEG with a second picture, as phones make them; only its first is read.
_PAIRED = "MPO"
_QUALITY = 82
_MILLION = 1_000_000
_PAPER = (255, 255, 255, 255)
# A wider or taller strip is no photograph, and a tall one exceeds what JPEG can hold.
_RATIO = 10
# What Pillow's decoders raise on files that lie.
_BROKEN = (
    OSError, ValueError, TypeError, SyntaxError, EOFError, LookupError, ArithmeticError, MemoryError,
    struct.error, zlib.error, UnidentifiedImageError,
)  # fmt: skip
_STRIP_ROWS = 128
_SRGB = ImageCms.createProfile("sRGB")


def reencode(data: bytes, photo_id: PhotoId) -> tuple[Photo, tuple[Rendition, ...]]:
    """The photo at every width that it has pixels for, rising.

    Slow (up to seconds) and memory-hungry (about 5 bytes a pixel): run it off the event loop, few at once.
    Raises: PhotoInvalid, PhotoTooLarge.
    """
    if len(data) > PHOTO_BYTES:
        raise too_large()
    check_file(data)
    picture = _decoded(data)
    renditions = tuple(_rendition(picture, width) for width in _widths(picture.width))
    largest = renditions[-1].width
    height = _height(picture, largest)
    return Photo(photo_id, hashlib.sha256(data).digest(), largest, height), renditions


def too_large(pixels: int = PHOTO_PIXELS) -> PhotoTooLarge:
    """The error that says what would not be too large."""
    return PhotoTooLarge(limit=PHOTO_BYTES // _MILLION, megapixels=pixels // _MILLION)


def _decoded(data: bytes) -> Image.Image:
    """As the camera was held, in sRGB, on paper where it is transparent, not much wider than we serve."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                _check_size(picture)
                picture.draft("RGB", (max(PHOTO_WIDTHS), max(PHOTO_WIDTHS)))
                picture.load()
                return _in_srgb(ImageOps.exif_transpose(_reduced(picture)))
        except Image.DecompressionBombError as bomb:
            raise too_large() from bomb
        except _BROKEN as wrong:
            raise PhotoInvalid from wrong


def _check_size(picture: Image.Image) -> None:
    most = WEBP_PIXELS if picture.format == "WEBP" else PHOTO_PIXELS
    if picture.width * picture.height > most:
        raise too_large(most)
    if max(picture.size) > _RATIO * min(picture.size):
        raise PhotoInvalid
    if picture.format != _PAIRED and getattr(picture, "n_frames", 1) > 1:
        raise PhotoInvalid


def _reduced(picture: Image.Image) -> Image.Image:
    """Without transparency, and not much larger than we serve: every later step costs per pixel.

    In strips, because each of these steps makes a copy.
    """
    times = max(1, min(picture.size) // max(PHOTO_WIDTHS))
    rows = times * _STRIP_ROWS
    strips = [_strip(picture, top, rows).reduce(times) for top in range(0, picture.height, rows)]
    whole = Image.new(strips[0].mode, (strips[0].width, sum(one.height for one in strips)))
    top = 0
    for one in strips:
        whole.paste(one, (0, top))
        top += one.height
    whole.info = picture.info
    return whole


def _strip(picture: Image.Image, top: int, rows: int) -> Image.Image:
    strip = picture.crop((0, top, picture.width, min(top + rows, picture.height)))
    if strip.mode == "I;16":
        return strip.point(lambda value: value * (1 / 256)).convert("L")
    if strip.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        paper = Image.new("RGBA", strip.size, _PAPER)
        return Image.alpha_composite(paper, strip.convert("RGBA")).convert("RGB")
    return strip if strip.mode in {"RGB", "L", "CMYK"} else strip.convert("RGB")


def _in_srgb(picture: Image.Image) -> Image.Image:
    """In the colours of the web, because the profile that explains other colours is dropped."""
    profile = picture.info.get("icc_profile")
    if profile:
        try:
            known = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(picture, known, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            turned = None
        picture = turned or picture
    return picture.convert("RGB")


def _widths(width: int) -> tuple[int, ...]:
    """Those that it has pixels for, and its own where that is between them."""
    own = () if width in PHOTO_WIDTHS or width > max(PHOTO_WIDTHS) else (width,)
    return (*(one for one in PHOTO_WIDTHS if one <= width), *own)


def _rendition(picture: Image.Image, width: int) -> Rendition:
    size = (width, _height(picture, width))
    # Always a copy: what is said of the picture (comments, camera, place) stays with the original.
    small = picture.copy() if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
    small.info = {}
    out = io.BytesIO()
    small.save(out, "JPEG", quality=_QUALITY, progressive=True, optimize=True)
    return Rendition(width, out.getvalue())


def _height(picture: Image.Image, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))
