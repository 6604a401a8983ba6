"""What weights get right and wrong on the dev sets, as numbers and as a table in Markdown."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from moothall.commands.scorer_bias import UNLISTED, Bias, measure
from moothall.commands.scorer_data import WEIGHTS
from moothall.commands.scorer_fit import F32, auc
from moothall.commands.scorer_work import TRAINED, Table, dev_logits, measured, table
from moothall.moderation.classifier import calibration
from moothall.moderation.classifier.linear import LinearScorer
from moothall.moderation.classifier.port import Attribute
from moothall.moderation.classifier.shipped import shipped_weights
from moothall.moderation.classifier.weights import Weights, unpack

Rows = NDArray[np.int64]
# Up to these many characters, each band without the one before.
_LENGTHS = (50, 150, 400, 1_000_000)
_ZERO_WIDTH, _CYRILLIC = "\u200b", str.maketrans("aeopcxy", "аеорсху")
_LEET = str.maketrans("aeios", "43105")
DISGUISES: dict[str, Callable[[str], str]] = {
    "zero width": lambda text: _ZERO_WIDTH.join(text),
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "look-alikes": lambda text: text.translate(_CYRILLIC),
    "diacritics": lambda text: "".join(c + "\u0301" if c in "aeiou" else c for c in text),
    "repeats": lambda text: "".join(c * 3 if c in "aeiou" else c for c in text),
    "leet": lambda text: text.translate(_LEET),
    "swapped letters": lambda text: " ".join(_swapped(word) for word in text.split(" ")),
}


class Line(msgspec.Struct, frozen=True):
    """`positive` and the reliability `error` are shares, 0 to 1."""

    name: str
    rows: int
    positive: float
    auc: float
    error: float


class Measured(msgspec.Struct, frozen=True):
    """All figures of one file of weights."""

    attributes: list[Line]
    sets: list[Line]
    lengths: list[Line]
    kept: dict[str, float]
    bias: Bias
    unlisted: Bias


def all_of(corpora: Path, weights: Path | None) -> Measured:
    """Calibration is measured on the odd rows, which it was not made on."""
    chosen = unpack(weights.read_bytes(), name=str(weights)) if weights else shipped_weights()
    dev = table(corpora, "dev")
    logits, scorer = dev_logits(chosen, dev), LinearScorer(chosen)

    def toxicity(text: str) -> float:
        return scorer.score_in("en", text, Attribute.TOXICITY)

    scores = _scores(chosen, logits)
    return Measured(
        [_line(str(one), dev, scores, at, measured(dev, at, odd=True)) for at, one in enumerate(TRAINED)],
        [_line(name, dev, scores, 0, _of_set(dev, name)) for name in WEIGHTS],
        _by_length(dev, scores),
        _kept(dev, scores, scorer),
        measure(toxicity),
        measure(toxicity, UNLISTED),
    )


def report(corpora: Path, weights: Path | None) -> str:
    """The figures as tables."""
    return tables(all_of(corpora, weights))


def tables(found: Measured) -> str:
    """In Markdown."""
    parts = [
        _table("Attribute", found.attributes),
        _table("Toxicity in the set", found.sets),
        _table("Toxicity, by length in characters", found.lengths),
        "| Disguise | Share of what was found that is still found |\n|---|---|\n"
        + "\n".join(f"| {name} | {share:.0%} |" for name, share in found.kept.items()),
        "| Terms | Lowest subgroup AUC | Lowest BPSN AUC | Median swap | Largest swap |\n|---|---|---|---|---|\n"
        + _bias("50 terms of the gate", found.bias)
        + "\n"
        + _bias("12 terms that the list lacks", found.unlisted),
    ]
    return "\n\n".join(parts)


def _bias(name: str, bias: Bias) -> str:
    figures = bias.lowest_subgroup_auc, bias.lowest_bpsn_auc, bias.median_swap, bias.largest_swap
    return f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"


def _table(name: str, lines: list[Line]) -> str:
    rows = [f"| {x.name} | {x.rows:,} | {x.positive:.1%} | {x.auc:.3f} | {x.error:.3f} |" for x in lines]
    return "\n".join([f"| {name} | Rows | Positive | AUC | Reliability error |", "|---|---|---|---|---|", *rows])


def _scores(weights: Weights, logits: F32) -> F32:
    heads = weights.header.heads
    return np.array([[calibration.at(h.curve, float(x)) for h, x in zip(heads, r, strict=True)] for r in logits])


def _line(name: str, dev: Table, scores: F32, at: int, rows: Rows) -> Line:
    rows = rows[~np.isnan(dev.labels[rows, at])]
    positive = dev.labels[rows, at] >= 0.5
    error = calibration.error(scores[rows, at].tolist(), positive.astype(float).tolist())
    return Line(name, len(rows), float(positive.mean()), auc(scores[rows, at], positive), error)


def _of_set(dev: Table, name: str) -> Rows:
    return np.flatnonzero(np.array([row.set == name for row in dev.rows]))


def _by_length(dev: Table, scores: F32) -> list[Line]:
    rows, least, found = measured(dev, 0, odd=True), 0, []
    sizes = np.array([len(row.text) for row in dev.rows])
    for most in _LENGTHS:
        band = rows[(sizes[rows] > least) & (sizes[rows] <= most)]
        name = f"{least + 1} to {most}" if most < _LENGTHS[-1] else f"over {least}"
        found.append(_line(name, dev, scores, 0, band))
        least = most
    return found


def _kept(dev: Table, scores: F32, scorer: LinearScorer) -> dict[str, float]:
    rows = [int(row) for row in measured(dev, 0, odd=True) if scores[row, 0] >= 0.7 and dev.labels[row, 0] >= 0.5]
    texts = [dev.rows[row].text for row in rows[:400]]

    def found(text: str) -> bool:
        return scorer.score_in("en", text, Attribute.TOXICITY) >= 0.7

    return {name: sum(found(change(text)) for text in texts) / len(texts) for name, change in DISGUISES.items()}


def _swapped(word: str) -> str:
    """Two letters in the middle of a longer word change places."""
    at = len(word) // 2
    return word if len(word) < 4 else word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
