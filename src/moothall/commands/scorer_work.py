"""Training and calibration, from the sets to one file of weights."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from moothall.commands.scorer_data import WEIGHTS, Part, Row, rows
from moothall.commands.scorer_fit import F32, Model, Plan, Sparse, logits_of, train
from moothall.moderation.classifier import calibration
from moothall.moderation.classifier.features import BUCKETS, features
from moothall.moderation.classifier.plain import plain
from moothall.moderation.classifier.port import Attribute
from moothall.moderation.classifier.weights import Head, Header, Weights, pack

# No set that may train what ships says which comments are sexually explicit.
TRAINED = tuple(one for one in Attribute if one is not Attribute.SEXUALLY_EXPLICIT)
# Where ratings are of news and discussion; scores are calibrated on what is like our comments.
CALIBRATED_ON = ("jigsaw_wiki_slices_en", "civil_toxic_spans_en", "paradetox_en")


class Table(msgspec.Struct, frozen=True):
    """Rows of some sets as a trainer reads them; an absent label is not a number."""

    rows: list[Row]
    x: Sparse
    labels: F32


def table(corpora: Path, part: Part, *, share: float = 1.0, step: Callable[[], None] = lambda: None) -> Table:
    """All training sets' rows; of each set the first `share`."""
    found: list[Row] = []
    for name in WEIGHTS:
        of_set = list(rows(corpora, name, part))
        found += of_set[: max(1, int(share * len(of_set)))]
    seen = []
    for row in found:
        # A text without a single n-gram still needs a place.
        seen.append(features(plain(row.text)) or [0])
        step()
    labels = [[row.labels.get(one, np.nan) for one in TRAINED] for row in found]
    return Table(found, Sparse.of(seen), np.array(labels, np.float32))


def fit(known: Table, plan: Plan, *, kept: Path, step: Callable[[], None]) -> Model:
    """Go on from `kept` where it is there, and keep the model there after each epoch."""
    model = Model.load(kept) if kept.exists() else Model.new(len(TRAINED))
    counts = np.array([WEIGHTS[row.set] for row in known.rows], np.float32)
    train(model, known.x, known.labels, counts, plan=plan, after=lambda one: one.save(kept), step=step)
    return model


def packed(model: Model, dev: Table) -> bytes:
    """As bytes, calibrated on even rows of dev as bytes score them; odd ones are left to measure on."""
    scales, whole = _rounded(model.weights)
    logits = logits_of(whole.astype(np.float32) * scales[:, None], model.offsets, dev.x)
    heads = tuple(
        Head(
            attribute=attribute,
            scale=float(scales[at]),
            offset=float(model.offsets[at]),
            curve=_curve(logits[:, at], dev, at),
        )
        for at, attribute in enumerate(TRAINED)
    )
    return pack(Header(name="linear", languages=("en",), heads=heads), tuple(row.tobytes() for row in whole))


def dev_logits(weights: Weights, dev: Table) -> F32:
    """What the shipped bytes say of dev, rows by attributes."""
    dense = np.stack([np.frombuffer(row, np.int8, BUCKETS).astype(np.float32) for row in weights.rows])
    scales = np.array([head.scale for head in weights.header.heads], np.float32)
    offsets = np.array([head.offset for head in weights.header.heads], np.float32)
    return logits_of(dense * scales[:, None], offsets, dev.x)


def measured(dev: Table, at: int, *, odd: bool) -> NDArray[np.int64]:
    """The rows on which an attribute is calibrated (even), or measured (odd)."""
    discussed = np.array([row.set in CALIBRATED_ON for row in dev.rows])
    rows = np.flatnonzero(discussed & ~np.isnan(dev.labels[:, at]))
    return rows[int(odd) :: 2]


def _curve(logits: F32, dev: Table, at: int) -> tuple[calibration.Point, ...]:
    rows = measured(dev, at, odd=False)
    return calibration.fit(logits[rows].tolist(), (dev.labels[rows, at] >= 0.5).astype(float).tolist())


def _rounded(weights: F32) -> tuple[F32, NDArray[np.int8]]:
    """The largest thousandth of weights is cut off, so that the others have finer steps."""
    scales = np.array([np.quantile(np.abs(row[row != 0]), 0.9995) / 127 for row in weights], np.float32)
    return scales, np.clip(np.round(weights / scales[:, None]), -127, 127).astype(np.int8)
