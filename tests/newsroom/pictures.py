"""Photographs for tests, drawn here: honest ones, and files that lie."""

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image, PngImagePlugin

SECRET = "47.3769N 8.5417E"
_ORIENTATION, _CAMERA_MODEL = 0x0112, 0x0110


def photo(width: int = 2000, height: int = 1500, kind: str = "JPEG", **options: object) -> bytes:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    return saved(picture, kind, **options)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The file of a picture."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def talkative(kind: str) -> bytes:
    """A photo that tells where and with what it was taken, in every place that its format has."""
    about = Image.Exif()
    about[_CAMERA_MODEL] = SECRET
    if kind != "PNG":
        return photo(kind=kind, exif=about, xmp=SECRET.encode(), **({"comment": SECRET} if kind == "JPEG" else {}))
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET)
    return photo(kind=kind, exif=about, pnginfo=words)


def turned(orientation: int) -> bytes:
    """A photo that was taken with the camera on its side."""
    about = Image.Exif()
    about[_ORIENTATION] = orientation
    return photo(1000, 600, exif=about)


def moving(kind: str) -> bytes:
    """Two pictures in one file."""
    frames = [Image.new("RGB", (300, 200), colour) for colour in ("red", "blue")]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:])


def bomb(width: int = 65_000, height: int = 65_000) -> bytes:
    """A PNG of a few bytes that claims billions of pixels."""
    rows = zlib.compress(b"\0" * 1_000)
    chunks = (_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), _chunk(b"IDAT", rows),
              _chunk(b"IEND", b""))  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


POLYGLOTS: dict[str, Callable[[], bytes]] = {
    "an archive after a JPEG": lambda: photo() + b"PK\x03\x04" + b"\0" * 40,
    "a page after a PNG": lambda: photo(kind="PNG") + b"<script>alert(1)</script>",
    "a document after a WebP": lambda: photo(kind="WEBP") + b"%PDF-1.7",
    "a GIF": lambda: photo(300, 200, kind="GIF"),
    "a GIF that says JPEG": lambda: b"\xff\xd8\xff" + photo(300, 200, kind="GIF"),
    "a drawing with script": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a TIFF": lambda: photo(300, 200, kind="TIFF"),
    "nothing": lambda: b"",
    "a JPEG's first bytes": lambda: b"\xff\xd8\xff\xe0",
}


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
