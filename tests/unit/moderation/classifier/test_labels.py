"""Which decision is a label of which attribute."""

import pytest

from moothall.moderation.classifier.labels import Labels, Settled
from moothall.moderation.classifier.port import Attribute
from moothall.moderation.classifier.shipped import shipped
from moothall.moderation.standards import shipped_text
from moothall.moderation.standards_read import parse
from moothall.seed.standards import demo_standards

INSULT, THREAT, TOXIC = Attribute.INSULT, Attribute.THREAT, Attribute.TOXICITY
WIDE = '[[finds]]\nphase = "classifier"\ncue = "toxicity"\nat_least = 0.9\noutcome = "hold"\n\n[[finds]]'


@pytest.fixture(scope="module")
def labels() -> Labels:
    """Lines for insults, attacks on groups and threats in rules, and one for toxicity in none."""
    return Labels(parse(demo_standards(shipped_text()).replace("[[finds]]", WIDE, 1)), shipped().attributes)


def test_what_has_a_rules_line_is_learned(labels: Labels) -> None:
    """And toxicity; what only stands in no rule's line is nobody's decision."""
    assert set(labels.attributes) == {INSULT, THREAT, TOXIC, Attribute.IDENTITY_ATTACK}


@pytest.mark.parametrize(
    ("down", "rule", "wanted"),
    [
        (True, "civil", {INSULT: True, TOXIC: True}),
        (True, "threat", {THREAT: True, TOXIC: True}),
        (True, None, {TOXIC: True}),
        (True, "spam", {}),
        (True, "gone", {}),
        (False, None, dict.fromkeys((INSULT, THREAT, TOXIC, Attribute.IDENTITY_ATTACK), False)),
        (None, None, dict.fromkeys((INSULT, THREAT, TOXIC, Attribute.IDENTITY_ATTACK), False)),
    ],
)
def test_a_decision_labels_what_its_rule_is_about(
    labels: Labels, down: bool | None, rule: str | None, wanted: dict[Attribute, bool]
) -> None:
    """What was kept is nothing of all; what another rule took down says nothing."""
    assert labels.of(Settled("A comment", "en", down, rule)) == wanted


def test_without_lines_there_is_nothing_to_learn() -> None:
    """The shipped standards ask for no estimates."""
    assert Labels(parse(shipped_text()), shipped().attributes).attributes == ()
