"""The local layer: what the newsroom's own decisions say of the shipped scores, over weights that stay as they are.

Source: Platt 1999 (a slope and a shift of the logit), by attribute and language.
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Annotated

import msgspec
from msgspec import Meta

from moothall.moderation.classifier.calibration import Point
from moothall.moderation.classifier.port import Attribute
from moothall.moderation.classifier.weights import Head, Weights, WeightsDamaged

_MAGIC = b"moothall-local-1\n"
_SUM_BYTES = 64
# Between two points a curve is straight, and what is made of it is not: so many parts are near enough.
_PARTS = 8
_Share = Annotated[float, Meta(ge=0, le=1)]


class Bands(msgspec.Struct, frozen=True):
    """Scores below `approve` need nobody's eyes, those from `hold` on wait; None: no score does it well enough."""

    approve: _Share | None
    hold: _Share | None


class Figures(msgspec.Struct, frozen=True):
    """What bands do to decided comments.  `missed` is of those taken down the share that would be approved."""

    error: float
    precision: _Share | None
    recall: _Share
    approved: _Share
    missed: _Share


class Learned(msgspec.Struct, frozen=True, kw_only=True):
    """One attribute in one language.  `weights` is the checksum of those that the decisions were compared with.

    `before` and `after` are of the newest third, which it was not fitted on.
    """

    attribute: Attribute
    language: str
    weights: str
    slope: Annotated[float, Meta(gt=0, le=100)]
    shift: Annotated[float, Meta(ge=-100, le=100)]
    kept: int
    down: int
    bands: Bands
    before: Figures
    after: Figures


class Layer(msgspec.Struct, frozen=True):
    """All that was learned at one time, unix milliseconds."""

    made_at_ms: int
    learned: tuple[Learned, ...]


class LayerDamaged(WeightsDamaged):
    """The newsroom's calibration is not what was written."""

    def __init__(self, name: str, reason: str) -> None:
        Exception.__init__(
            self,
            f"The calibration {name} is refused: {reason}. `moothall scorer calibrate --undo` takes it back.",
        )


def pack(layer: Layer) -> bytes:
    """Lines of text: what it is, the layer as JSON, and the checksum of both."""
    whole = _MAGIC + msgspec.json.encode(layer) + b"\n"
    return whole + hashlib.sha256(whole).hexdigest().encode()


def unpack(packed: bytes, *, name: str) -> Layer:
    """Raises: LayerDamaged."""
    whole, said = packed[:-_SUM_BYTES], packed[-_SUM_BYTES:]
    found = hashlib.sha256(whole).hexdigest()
    if found.encode() != said:
        raise LayerDamaged(name, f"its checksum is {found} and should be {said.decode('ascii', 'replace')!r}")
    try:
        return msgspec.json.decode(whole.removeprefix(_MAGIC), type=Layer)
    except msgspec.DecodeError as wrong:
        raise LayerDamaged(name, f"it cannot be read: {wrong}") from wrong


def layered(weights: Iterable[Weights], layer: Layer | None) -> tuple[Weights, ...]:
    """The weights with bent curves; what was learned over other weights bends nothing."""
    learned = layer.learned if layer else ()
    return tuple(_bent(one, [each for each in learned if each.weights == one.checksum]) for one in weights)


def stale(weights: Iterable[Weights], layer: Layer) -> tuple[Learned, ...]:
    """What was learned over weights that are no longer these."""
    known = {one.checksum for one in weights}
    return tuple(one for one in layer.learned if one.weights not in known)


def moved(score: float, slope: float, shift: float) -> float:
    """A score as the newsroom means it; 0 to 1, both excluded."""
    return _share(slope * logit(score) + shift)


def logit(score: float) -> float:
    """Of a score inside 0 and 1; one at an end is taken for nearly there."""
    inside = min(max(score, 1e-6), 1 - 1e-6)
    return math.log(inside / (1 - inside))


def _share(of: float) -> float:
    return 1 / (1 + math.exp(-min(max(of, -30.0), 30.0)))


def _bent(weights: Weights, learned: Sequence[Learned]) -> Weights:
    by_attribute = {one.attribute: one for one in learned}
    heads = tuple(_head(head, by_attribute.get(head.attribute)) for head in weights.header.heads)
    return msgspec.structs.replace(weights, header=msgspec.structs.replace(weights.header, heads=heads))


def _head(head: Head, learned: Learned | None) -> Head:
    if learned is None:
        return head
    curve = tuple((x, moved(y, learned.slope, learned.shift)) for x, y in _finer(head.curve))
    return msgspec.structs.replace(head, curve=curve)


def _finer(curve: Sequence[Point]) -> list[Point]:
    """The same curve in more points."""
    parts = [at / _PARTS for at in range(_PARTS)]
    between = [
        (x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for (x0, y0), (x1, y1) in pairwise(curve) for part in parts
    ]
    return [*between, curve[-1]]
