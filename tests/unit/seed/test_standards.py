"""The demo's standards are the shipped ones, and have a line for the scorer."""

from msgspec.structs import replace

from moothall.moderation.standards import shipped, shipped_text
from moothall.moderation.standards_model import Finds, Outcome
from moothall.moderation.standards_read import parse
from moothall.seed.standards import demo_standards


def test_only_the_lines_are_new() -> None:
    """Without them the document is the shipped one; none of them rejects without a person."""
    found = parse(demo_standards(shipped_text()))
    added = [line for line in found.all_finds if line.phase == "classifier"]
    assert [line.cue for line in added] == ["severe_toxicity", "insult", "identity_attack", "threat"]
    assert Outcome.REJECT not in {line.outcome for line in added}
    rules = tuple(replace(rule, finds=_others(rule.finds)) for rule in found.rules)
    assert replace(found, rules=rules, finds=_others(found.finds)) == shipped()


def _others(lines: tuple[Finds, ...]) -> tuple[Finds, ...]:
    return tuple(line for line in lines if line.phase != "classifier")
