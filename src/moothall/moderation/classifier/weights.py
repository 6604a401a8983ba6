"""The file of weights: a line of JSON, a signed byte for each attribute and bucket, and a checksum of all of it.

Nothing in it runs: it is read as numbers only.
"""

import hashlib
import math

import msgspec

from moothall.moderation.classifier.features import VERSION, Reading
from moothall.moderation.classifier.port import Attribute

_MAGIC = b"moothall-weights-1\n"
_SUM_BYTES = 32


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """One attribute: `scale` makes a byte a weight; `curve` maps a logit to a calibrated score, both rising."""

    attribute: Attribute
    scale: float
    offset: float
    curve: tuple[tuple[float, float], ...]


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """`features` is the version of the n-grams that the weights were made for."""

    name: str
    reading: Reading
    features: int = VERSION
    heads: tuple[Head, ...]


class Weights(msgspec.Struct, frozen=True):
    """`rows` are in the order of `header.heads`; each is a view of signed bytes."""

    header: Header
    rows: tuple[memoryview, ...]
    checksum: str


class WeightsDamaged(Exception):
    """A file of weights is not what was written: it is refused whole, and nothing is scored with it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"The weights {name} are refused: {reason}. Install them again; nothing was scored.")


def pack(header: Header, rows: tuple[bytes, ...]) -> bytes:
    """The file's bytes."""
    whole = _MAGIC + msgspec.json.encode(header) + b"\n" + b"".join(rows)
    return whole + hashlib.sha256(whole).digest()


def unpack(packed: bytes, *, name: str) -> Weights:
    """Raises: WeightsDamaged."""
    whole, said = packed[:-_SUM_BYTES], packed[-_SUM_BYTES:]
    found = hashlib.sha256(whole)
    if found.digest() != said:
        raise WeightsDamaged(name, f"their checksum is {found.hexdigest()} and should be {said.hex()}")
    try:
        line, _, body = whole.removeprefix(_MAGIC).partition(b"\n")
        header = msgspec.json.decode(line, type=Header)
    except msgspec.DecodeError as wrong:
        raise WeightsDamaged(name, "their first line cannot be read") from wrong
    _check(header, len(body), name)
    view = memoryview(body).cast("b")
    buckets = header.reading.buckets
    rows = tuple(view[at * buckets : (at + 1) * buckets] for at in range(len(header.heads)))
    return Weights(header, rows, found.hexdigest())


def _check(header: Header, size: int, name: str) -> None:
    if header.features != VERSION:
        raise WeightsDamaged(name, f"they are for n-grams of version {header.features}, and these are {VERSION}")
    if not size or size != header.reading.buckets * len(header.heads):
        raise WeightsDamaged(name, f"{size} bytes do not fit {len(header.heads)} attributes")
    for head in header.heads:
        numbers = [head.scale, head.offset, *(number for point in head.curve for number in point)]
        if not head.curve or not all(map(math.isfinite, numbers)):
            raise WeightsDamaged(name, f"{head.attribute} has something that is no number")
