"""Logistic regression over hashed n-grams, one for each attribute: AdaGrad in small batches, to a seed.

Needs numpy, which only training does (the extra `training`).
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
I32 = NDArray[np.int32]


class Plan(msgspec.Struct, frozen=True):
    """How to train; the same plan over the same rows makes the same weights, bit for bit."""

    seed: int = 20261231
    epochs: int = 6
    batch: int = 512
    rate: float = 0.6
    decay: float = 2e-6


class Sparse(msgspec.Struct, frozen=True):
    """Rows of buckets, one behind the other: row i is `buckets[starts[i]:starts[i + 1]]`."""

    buckets: I32
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, found: Sequence[Sequence[int]]) -> "Sparse":
        """Each row needs one bucket at least."""
        lengths = np.fromiter((len(row) for row in found), np.int64, len(found))
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        return cls(np.concatenate([np.asarray(row, np.int32) for row in found]), starts)

    def pick(self, rows: NDArray[np.int64]) -> tuple[I32, NDArray[np.int64]]:
        """The buckets of these rows, and how many each has."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        ends = np.cumsum(lengths)
        within = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
        return self.buckets[np.repeat(self.starts[rows], lengths) + within], lengths


class Model(msgspec.Struct):
    """Weights by attribute and bucket, an offset each, and what AdaGrad remembers."""

    weights: F32
    offsets: F32
    steps: F32
    offset_steps: F32
    epoch: int = 0

    @classmethod
    def new(cls, heads: int, buckets: int) -> "Model":
        """Knows nothing, and takes most texts for harmless."""
        return cls(
            np.zeros((heads, buckets), np.float32),
            np.full(heads, -1.0, np.float32),
            np.full((heads, buckets), 1e-3, np.float32),
            np.full(heads, 1e-3, np.float32),
        )

    def save(self, path: Path) -> None:
        """Replaced in one step, so that an interrupted training finds a whole one."""
        beside = path.with_suffix(".part.npz")
        np.savez(
            beside,
            weights=self.weights,
            offsets=self.offsets,
            steps=self.steps,
            offset_steps=self.offset_steps,
            epoch=self.epoch,
        )
        beside.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Model":
        """What `save` kept; numbers only, nothing in it runs."""
        kept = np.load(path)
        return cls(kept["weights"], kept["offsets"], kept["steps"], kept["offset_steps"], int(kept["epoch"]))


def train(
    model: Model,
    x: Sparse,
    labels: F32,
    counts: F32,
    *,
    plan: Plan,
    after: Callable[[Model], None],
    step: Callable[[], None],
) -> None:
    """Go on from where the model is.

    Args:
        labels: rows by attributes, 0 to 1; not a number where raters were not asked.
        counts: how much a row counts.
        after: called after each epoch; `step` after each batch.
    """
    known = ~np.isnan(labels)
    wanted = np.where(known, labels, 0).astype(np.float32)
    much = (known * counts[:, None]).astype(np.float32)
    while model.epoch < plan.epochs:
        order = np.random.default_rng([plan.seed, model.epoch]).permutation(len(labels))
        for at in range(0, len(order), plan.batch):
            rows = order[at : at + plan.batch]
            _step(model, x.pick(rows), wanted[rows], much[rows], plan)
            step()
        model.epoch += 1
        after(model)


def _step(model: Model, picked: tuple[I32, NDArray[np.int64]], wanted: F32, much: F32, plan: Plan) -> None:
    buckets, lengths = picked
    # Each text has length one, whatever its size.
    value = (1 / np.sqrt(np.maximum(lengths, 1))).astype(np.float32)
    firsts = np.cumsum(lengths) - lengths
    touched, places = np.unique(buckets, return_inverse=True)
    spread = np.repeat(np.arange(len(lengths)), lengths)
    for head in range(len(model.offsets)):
        if not much[:, head].any():
            continue
        weights = model.weights[head, touched]
        logits = np.add.reduceat(weights[places], firsts) * value + model.offsets[head]
        wrong = (1 / (1 + np.exp(-logits)) - wanted[:, head]) * much[:, head]
        slope = np.bincount(places, (wrong * value)[spread], len(touched)) + plan.decay * len(lengths) * weights
        model.steps[head, touched] += slope**2
        model.weights[head, touched] -= (plan.rate * slope / np.sqrt(model.steps[head, touched])).astype(np.float32)
        one = float(wrong.sum())
        model.offset_steps[head] += one**2
        model.offsets[head] -= 0.1 * plan.rate * one / np.sqrt(model.offset_steps[head])


def logits_of(weights: F32, offsets: F32, x: Sparse) -> F32:
    """Rows by attributes."""
    out = np.empty((len(x.starts) - 1, len(offsets)), np.float32)
    for at in range(0, len(out), 2048):
        buckets, lengths = x.pick(np.arange(at, min(at + 2048, len(out))))
        value = 1 / np.sqrt(np.maximum(lengths, 1))
        firsts = np.cumsum(lengths) - lengths
        for head, offset in enumerate(offsets):
            out[at : at + len(lengths), head] = np.add.reduceat(weights[head, buckets], firsts) * value + offset
    return out


def auc(scores: NDArray[np.floating], positive: NDArray[np.bool_]) -> float:
    """The share of pairs in order, ties counting half; not a number without both kinds."""
    of, other = int(positive.sum()), int((~positive).sum())
    if not of or not other:
        return float("nan")
    _, at, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[at]
    return float((ranks[positive].sum() - of * (of + 1) / 2) / (of * other))
