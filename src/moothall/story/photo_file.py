"""What a photograph's file gives away before anything is decoded: its kind, and where it ends.

A file that goes on after its picture may be a second file in disguise.  Cameras do append their own:
further JPEG pictures (MPF), a short film (motion photo), padding; anything else is refused.
"""

from moothall.kernel.errors import PhotoInvalid

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_START_OF_SCAN = b"\xff\xda"
# Each scan of a progressive JPEG costs a pass over the whole picture; encoders write about ten.
_SCANS = 100
# Markers without a length: restarts, TEM.
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})


def check_file(data: bytes) -> None:
    """Raises: PhotoInvalid unless this is one JPEG, PNG or WebP picture and nothing else."""
    if data.startswith(_JPEG):
        rest = data[_jpeg_end(data) :]
        if data.count(_START_OF_SCAN) > _SCANS or not _from_a_camera(rest):
            raise PhotoInvalid
    elif data.startswith(_PNG):
        _need_padding(data[_png_end(data) :])
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        size = int.from_bytes(data[4:8], "little")
        if len(data) < 8 + size:
            raise PhotoInvalid
        _need_padding(data[8 + size :])
    else:
        raise PhotoInvalid


def _jpeg_end(data: bytes) -> int:
    """Where the first picture ends.  Source: ITU-T T.81, annex B."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise PhotoInvalid
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker == 0xFF:
            at += 1
        elif marker in _BARE:
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            at = _after_scan(data, at) if marker == 0xDA else at
    if data[at : at + 2] == b"\xff\xd9":
        return at + 2
    raise PhotoInvalid


def _after_scan(data: bytes, at: int) -> int:
    """The next marker after a scan's data, in which 0xFF is followed by zero or a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise PhotoInvalid
        if data[at + 1] != 0 and data[at + 1] not in _BARE and data[at + 1] != 0xFF:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def _png_end(data: bytes) -> int:
    """Where the last chunk ends.  Source: PNG, third edition, 5.3."""
    at = len(_PNG)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND":
            return at
    raise PhotoInvalid


def _from_a_camera(rest: bytes) -> bool:
    own = rest.lstrip(b"\0")
    return not own or own.startswith((_JPEG, b"MotionPhoto_Data")) or rest[4:8] == b"ftyp"


def _need_padding(rest: bytes) -> None:
    if rest.strip(b"\0"):
        raise PhotoInvalid
