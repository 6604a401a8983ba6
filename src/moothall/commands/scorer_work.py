"""Training and calibration of one language, from the sets to one file of weights."""

from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from moothall.commands.scorer_bias import Bias, measure
from moothall.commands.scorer_data import Part, Recipe, Row, rows
from moothall.commands.scorer_fit import F32, Model, Plan, Sparse, logits_of, train
from moothall.moderation.classifier import calibration
from moothall.moderation.classifier.features import features
from moothall.moderation.classifier.linear import LinearScorer
from moothall.moderation.classifier.plain import plain
from moothall.moderation.classifier.port import Attribute
from moothall.moderation.classifier.weights import Head, Header, Weights, pack, unpack

# One row in so many is learned a second time, with letters that changed places.
_TWISTED = 8


class Table(msgspec.Struct, frozen=True):
    """Rows of some sets as a trainer reads them; an absent label is not a number."""

    recipe: Recipe
    rows: list[Row]
    x: Sparse
    labels: F32


def table(
    corpora: Path, recipe: Recipe, part: Part, *, share: float = 1.0, step: Callable[[], None] = lambda: None
) -> Table:
    """All rows of a recipe's sets; of each set the first `share`."""
    found: list[Row] = []
    for name in recipe.sets:
        of_set = list(rows(corpora, name, part))
        found += of_set[: max(1, int(share * len(of_set)))]
    if part == "train":
        found += list(_twisted(found))
    seen = []
    for row in found:
        # A text without a single n-gram still needs a place.
        seen.append(features(plain(row.text), recipe.reading) or [0])
        step()
    labels = [[row.labels.get(one, np.nan) for one in recipe.heads] for row in found]
    return Table(recipe, found, Sparse.of(seen), np.array(labels, np.float32))


def fit(known: Table, plan: Plan, *, kept: Path, step: Callable[[], None]) -> Model:
    """Go on from `kept` where it is there, and keep the model there after each epoch."""
    recipe = known.recipe
    model = Model.load(kept) if kept.exists() else Model.new(len(recipe.heads), recipe.reading.buckets)
    counts = np.array([recipe.sets[row.set] for row in known.rows], np.float32)
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
        for at, attribute in enumerate(dev.recipe.heads)
    )
    return pack(
        Header(name="linear", reading=dev.recipe.reading, heads=heads), tuple(row.tobytes() for row in whole)
    )


def gate(weights: bytes, language: str) -> Bias:
    """What these bytes do to sentences that name a group."""
    scorer = LinearScorer([unpack(weights, name="the new ones")])
    return measure(lambda text: scorer.score_in(language, text, Attribute.TOXICITY), language)


def dev_logits(weights: Weights, dev: Table) -> F32:
    """What the shipped bytes say of dev, rows by attributes."""
    dense = np.stack([np.frombuffer(row, np.int8).astype(np.float32) for row in weights.rows])
    scales = np.array([head.scale for head in weights.header.heads], np.float32)
    offsets = np.array([head.offset for head in weights.header.heads], np.float32)
    return logits_of(dense * scales[:, None], offsets, dev.x)


def measured(dev: Table, at: int, *, odd: bool) -> NDArray[np.int64]:
    """The rows on which an attribute is calibrated (even), or measured (odd)."""
    discussed = np.array([row.set in dev.recipe.calibrated_on for row in dev.rows])
    rows = np.flatnonzero(discussed & ~np.isnan(dev.labels[:, at]))
    return rows[int(odd) :: 2]


def _twisted(found: list[Row]) -> Iterator[Row]:
    """Some rows with letters that changed places; which rows and which letters, the rows themselves say."""
    for row in found:
        lot = crc32(row.id.encode())
        if lot % _TWISTED == 0:
            words = [_changed(word, lot + at) for at, word in enumerate(row.text.split(" "))]
            yield msgspec.structs.replace(row, text=" ".join(words))


def _changed(word: str, lot: int) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    at = 1 + lot % (len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _curve(logits: F32, dev: Table, at: int) -> tuple[calibration.Point, ...]:
    rows = measured(dev, at, odd=False)
    # A point needs some fifty texts: fewer say little of a share.
    points = min(24, max(4, len(rows) // 50))
    return calibration.fit(
        logits[rows].tolist(), (dev.labels[rows, at] >= 0.5).astype(float).tolist(), points=points
    )


def _rounded(weights: F32) -> tuple[F32, NDArray[np.int8]]:
    """The largest thousandth of weights is cut off, so that the others have finer steps."""
    scales = np.array([np.quantile(np.abs(row[row != 0]), 0.9995) / 127 for row in weights], np.float32)
    return scales, np.clip(np.round(weights / scales[:, None]), -127, 127).astype(np.int8)
