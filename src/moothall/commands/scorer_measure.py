"""What weights get right and wrong on the dev sets, as numbers and as a table in Markdown."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from moothall.commands.scorer_bias import Bias, measure
from moothall.commands.scorer_data import RECIPES
from moothall.commands.scorer_fit import F32, auc
from moothall.commands.scorer_sentences import UNLISTED
from moothall.commands.scorer_work import Table, dev_logits, measured, table
from moothall.moderation.classifier import calibration
from moothall.moderation.classifier.language import detect
from moothall.moderation.classifier.linear import LinearScorer
from moothall.moderation.classifier.port import Attribute
from moothall.moderation.classifier.shipped import shipped_weights
from moothall.moderation.classifier.weights import Weights, unpack

Rows = NDArray[np.int64]
# Up to these many characters, each band without the one before.
_LENGTHS = (50, 150, 400, 1_000_000)
_FEW = 30
_HEARD = (
    "Of its texts {right:.1%} are taken for what they are, {unsure:.1%} for none (then the hint or the story's "
    "language decides), {wrong:.1%} for another language."
)
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


class Heard(msgspec.Struct, frozen=True):
    """Of dev's texts, which share is taken for its language, for none, and for another one."""

    right: float
    unsure: float
    wrong: float


class Measured(msgspec.Struct, frozen=True):
    """All figures of one language's weights."""

    language: str
    attributes: list[Line]
    sets: list[Line]
    lengths: list[Line]
    kept: dict[str, float]
    bias: Bias
    heard: Heard
    unlisted: Bias | None = None


def chosen(weights: Path | None) -> tuple[Weights, ...]:
    """Those of a file, or those that are shipped.  Raises: WeightsDamaged."""
    return (unpack(weights.read_bytes(), name=str(weights)),) if weights else shipped_weights()


def all_of(corpora: Path, weights: Weights) -> Measured:
    """Calibration is measured on the odd rows, which it was not made on."""
    language = weights.header.reading.language
    recipe = RECIPES[language]
    dev = table(corpora, recipe, "dev")
    logits, scorer = dev_logits(weights, dev), LinearScorer([weights])

    def toxicity(text: str) -> float:
        return scorer.score_in(language, text, Attribute.TOXICITY)

    scores = _scores(weights, logits)
    return Measured(
        language,
        [_line(str(one), dev, scores, at, measured(dev, at, odd=True)) for at, one in enumerate(recipe.heads)],
        [_line(name, dev, scores, 0, _of_set(dev, name)) for name in recipe.sets],
        _by_length(dev, scores),
        _kept(dev, scores, toxicity),
        measure(toxicity, language),
        _heard(dev, language),
        measure(toxicity, language, UNLISTED) if language == "en" else None,
    )


def report(corpora: Path, weights: Path | None) -> str:
    """The figures as tables, a language after the other."""
    found = [all_of(corpora, one) for one in chosen(weights)]
    return "\n\n".join(f"### {one.language}\n\n{tables(one)}" for one in found)


def tables(found: Measured) -> str:
    """In Markdown."""
    heard = found.heard
    parts = [
        _table("Attribute", found.attributes),
        _table("Toxicity in the set", found.sets) if len(found.sets) > 1 else "",
        _table("Toxicity, by length in characters", found.lengths),
        "| Disguise | Share of what was found that is still found |\n|---|---|\n"
        + "\n".join(f"| {name} | {share:.0%} |" for name, share in found.kept.items())
        if found.kept
        else "",
        "| Terms | Lowest subgroup AUC | Lowest BPSN AUC | Median swap | Largest swap |\n|---|---|---|---|---|\n"
        + _bias("of the gate", found.bias)
        + (_bias("that the list lacks", found.unlisted) if found.unlisted else ""),
        _HEARD.format(right=heard.right, unsure=heard.unsure, wrong=heard.wrong),
    ]
    return "\n\n".join(part.rstrip() for part in parts if part)


def _bias(name: str, bias: Bias) -> str:
    figures = bias.lowest_subgroup_auc, bias.lowest_bpsn_auc, bias.median_swap, bias.largest_swap
    return f"| {bias.terms} {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |\n"


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


def _heard(dev: Table, language: str) -> Heard:
    found = [detect(row.text) for row in dev.rows]
    right, unsure = found.count(language), found.count(None)
    return Heard(right / len(found), unsure / len(found), (len(found) - right - unsure) / len(found))


def _by_length(dev: Table, scores: F32) -> list[Line]:
    rows, least, found = measured(dev, 0, odd=True), 0, []
    sizes = np.array([len(row.text) for row in dev.rows])
    for most in _LENGTHS:
        band = rows[(sizes[rows] > least) & (sizes[rows] <= most)]
        name = f"{least + 1} to {most}" if most < _LENGTHS[-1] else f"over {least}"
        # Of fewer texts a figure says nothing.
        if len(band) >= _FEW:
            found.append(_line(name, dev, scores, 0, band))
        least = most
    return found


def _kept(dev: Table, scores: F32, toxicity: Callable[[str], float]) -> dict[str, float]:
    rows = [int(row) for row in measured(dev, 0, odd=True) if scores[row, 0] >= 0.7 and dev.labels[row, 0] >= 0.5]
    texts = [dev.rows[row].text for row in rows[:400]]
    # These disguises are of Latin letters.
    if dev.recipe.reading.language in {"ko", "zh", "ar"} or len(texts) < _FEW:
        return {}
    return {
        name: sum(toxicity(change(text)) >= 0.7 for text in texts) / len(texts)
        for name, change in DISGUISES.items()
    }


def _swapped(word: str) -> str:
    """Two letters in the middle of a longer word change places."""
    at = len(word) // 2
    return word if len(word) < 4 else word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
