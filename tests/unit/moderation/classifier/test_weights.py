"""A file of weights is read whole or refused."""

import math

import pytest

from moothall.moderation.classifier.features import VERSION, Reading
from moothall.moderation.classifier.port import Attribute
from moothall.moderation.classifier.weights import Head, Header, WeightsDamaged, pack, unpack

BUCKETS = 8_000


def _packed(*, version: int = VERSION, offset: float = 0.0, size: int = BUCKETS) -> bytes:
    head = Head(attribute=Attribute.INSULT, scale=0.5, offset=offset, curve=((-1.0, 0.1), (1.0, 0.9)))
    header = Header(name="small", reading=Reading("en", (3,), BUCKETS), features=version, heads=(head,))
    return pack(header, (b"\xff" * size,))


def test_what_was_packed_is_read() -> None:
    """Bytes are signed."""
    read = unpack(_packed(), name="small")
    assert read.header.heads[0].attribute is Attribute.INSULT
    assert read.rows[0][7] == -1


@pytest.mark.parametrize("at", [0, 30, 5_000, -1])
def test_one_wrong_byte_is_refused(at: int) -> None:
    """Wherever it is; the message names the file."""
    packed = bytearray(_packed())
    packed[at] ^= 1
    with pytest.raises(WeightsDamaged, match=r"small are refused: their checksum"):
        unpack(bytes(packed), name="small")


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        (b"", "checksum"),
        (_packed(version=VERSION + 1), "n-grams of version"),
        (_packed(size=BUCKETS - 1), "do not fit"),
        (_packed(offset=math.nan), "first line|no number"),
    ],
)
def test_what_does_not_fit_is_refused(packed: bytes, reason: str) -> None:
    """Even where the checksum is right."""
    with pytest.raises(WeightsDamaged, match=reason):
        unpack(packed, name="odd")
