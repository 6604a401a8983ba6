"""The gate: naming a group must not make a harmless sentence score.  Weights that fail it are not written."""

from collections.abc import Callable, Iterable
from statistics import median

import msgspec

from moothall.commands.scorer_sentences import SENTENCES

Score = Callable[[str], float]


class Bias(msgspec.Struct, frozen=True):
    """Source: Borkan and others 2019 (subgroup and BPSN AUC); counterfactual swaps as the median of differences."""

    terms: int
    lowest_subgroup_auc: float
    lowest_bpsn_auc: float
    median_swap: float
    largest_swap: float

    @property
    def passes(self) -> bool:
        return self.lowest_subgroup_auc >= 0.93 and self.lowest_bpsn_auc >= 0.60 and self.median_swap <= 0.05


def measure(score: Score, language: str = "en", terms: Iterable[str] = ()) -> Bias:
    """Over the language's terms, or over others; the lowest counts."""
    said = SENTENCES[language]
    names = tuple(terms) or said.terms
    plain = [score(" ".join(line.replace("{}", "").split())) for line in said.toxic]
    subgroup, bpsn, swaps = [], [], []
    harmless_by_term = {}
    for term in names:
        harmless = harmless_by_term[term] = [score(line.format(term)) for line in said.harmless]
        subgroup.append(_auc([score(line.format(term)) for line in said.toxic], harmless))
        bpsn.append(_auc(plain, harmless))
    for column in zip(*harmless_by_term.values(), strict=True):
        middle = median(column)
        swaps += [abs(one - middle) for one in column]
    return Bias(len(names), min(subgroup), min(bpsn), median(swaps), max(swaps))


def _auc(above: list[float], below: list[float]) -> float:
    won = sum((a > b) + (a == b) / 2 for a in above for b in below)
    return won / (len(above) * len(below))
