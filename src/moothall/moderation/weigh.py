"""The one verdict table: what each finding weighs by the standards, and what the heaviest makes of a comment."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from moothall.discussion.model import State
from moothall.discussion.verdict import Finding, Verdict, Weight
from moothall.moderation.standards_model import Finds, Outcome, Standards

VERDICTS: dict[Weight, State] = {
    Weight.NOTE: State.LIVE,
    Weight.NUDGE: State.LIVE,
    Weight.HOLD: State.HELD,
    Weight.REJECT: State.REJECTED,
}
_WEIGHTS = {
    Outcome.PUBLISH: Weight.NOTE,
    Outcome.NUDGE: Weight.NUDGE,
    Outcome.HOLD: Weight.HOLD,
    Outcome.REJECT: Weight.REJECT,
}
HEAVIER = {weight: at for at, weight in enumerate((Weight.NOTE, Weight.NUDGE, Weight.HOLD, Weight.REJECT))}
# A phase or a judge that gave no finding one could weigh: a person looks, whatever the standards say.
BROKEN = frozenset({"failed", "late", "nonsense"})

Row = tuple[Finds, str | None]


class Table:
    """The lines of a document by phase and cue."""

    def __init__(self, standards: Standards) -> None:
        self._rows: dict[tuple[str, str], list[Row]] = {}
        rules = sorted(standards.rules, key=lambda rule: rule.index)
        for finds, rule in [(standards.finds, None), *((rule.finds, rule.key) for rule in rules)]:
            for one in finds:
                self._rows.setdefault((one.phase, one.cue), []).append((one, rule))

    def weigh(self, found: Finding) -> Finding:
        """With the rule and the weight of the heaviest line that it meets; a note where it meets none."""
        if found.cue in BROKEN:
            return replace(found, weight=Weight.HOLD, rule=None)
        met = [row for row in self._lines(found) if found.value >= row[0].at_least]
        if not met:
            return replace(found, weight=Weight.NOTE, rule=None)
        line, rule = max(met, key=lambda row: HEAVIER[_WEIGHTS[row[0].outcome]])
        # A judge may have named the rule itself; a line that stands with a rule is of that rule.
        return replace(found, weight=_WEIGHTS[line.outcome], rule=rule or found.rule)

    def verdict(self, findings: Iterable[Finding]) -> Verdict:
        """Live without findings; else what the heaviest asks for."""
        return verdict_of([self.weigh(found) for found in findings])

    def _lines(self, found: Finding) -> list[Row]:
        exact = self._rows.get((found.phase, found.cue), [])
        return exact + self._rows.get((found.phase, ""), []) if found.cue else exact


def verdict_of(findings: Sequence[Finding]) -> Verdict:
    """The heaviest finding decides."""
    heaviest = max((found.weight for found in findings), key=HEAVIER.__getitem__, default=Weight.NOTE)
    return Verdict(VERDICTS[heaviest], tuple(findings))
