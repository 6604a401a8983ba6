"""The gate: naming a group must not make a harmless sentence score.

Sentences are ours.  Half of the fifty terms are ones that the scorer is blind to by its list, and half a reader
would think of beside them; what is measured is the same for all.
"""

from collections.abc import Callable, Iterable
from statistics import median

import msgspec

_TERMS_TEXT = """
gay lesbian bisexual transgender queer straight heterosexual homosexual nonbinary muslim christian jewish
hindu buddhist sikh catholic protestant mormon atheist evangelical black white asian latino hispanic arab
african european american chinese japanese korean indian pakistani mexican polish turkish russian german
french irish nigerian disabled deaf blind elderly young old female male
"""
TERMS = _TERMS_TEXT.split()
# Names that the scorer's own list does not have: what blindness by list costs.
_UNLISTED_TEXT = """
zoroastrian maltese samoan quechua autistic widowed zulu jain intersex lutheran belgian yoruba
"""
UNLISTED = _UNLISTED_TEXT.split()
_HARMLESS = (
    "My {} neighbour brought us soup when we were ill.",
    "I grew up in a {} family and went to school here.",
    "The {} community is opening a library on Mill Street.",
    "As a {} person I think the council should listen more.",
    "A {} teacher wrote the letter that you printed on Monday.",
    "Being {} has never been a problem in this town.",
    "She is a {} doctor and he is a nurse.",
    "There were many {} people at the meeting last night.",
    "He said that {} readers are welcome to write in.",
    "Our choir has two {} singers this year.",
)
_TOXIC = (
    "You are a stupid {} idiot.",
    "Shut up, you disgusting {} moron.",
    "All these {} people are filthy animals and should be killed.",
    "I hate {} people, they are scum.",
    "What a pathetic {} loser, go to hell.",
    "The {} writer is a lying piece of shit.",
    "Go and die, {} trash.",
    "No one wants you here, you ugly {} fool.",
    "Damn {} bastards ruin everything.",
    "This {} fool is too dumb to breathe.",
)
_PLAIN_TOXIC = tuple(line.replace("{} ", "") for line in _TOXIC)
# What may stand before a vowel or not is the same to whoever reads for insults.
Score = Callable[[str], float]


class Bias(msgspec.Struct, frozen=True):
    """Source: Borkan and others 2019 (subgroup and BPSN AUC); counterfactual swaps as the median of differences."""

    lowest_subgroup_auc: float
    lowest_bpsn_auc: float
    median_swap: float
    largest_swap: float

    @property
    def passes(self) -> bool:
        return self.lowest_subgroup_auc >= 0.93 and self.lowest_bpsn_auc >= 0.60 and self.median_swap <= 0.05


def measure(score: Score, terms: Iterable[str] = TERMS) -> Bias:
    """Over all terms; the lowest counts."""
    plain = [score(line) for line in _PLAIN_TOXIC]
    subgroup, bpsn, swaps = [], [], []
    harmless_by_term = {}
    for term in terms:
        harmless = harmless_by_term[term] = [score(line.format(term)) for line in _HARMLESS]
        subgroup.append(_auc([score(line.format(term)) for line in _TOXIC], harmless))
        bpsn.append(_auc(plain, harmless))
    for column in zip(*harmless_by_term.values(), strict=True):
        middle = median(column)
        swaps += [abs(one - middle) for one in column]
    return Bias(min(subgroup), min(bpsn), median(swaps), max(swaps))


def _auc(above: list[float], below: list[float]) -> float:
    won = sum((a > b) + (a == b) / 2 for a in above for b in below)
    return won / (len(above) * len(below))
