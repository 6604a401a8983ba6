"""The community standards: the rules that readers read and moderators name.

One numbered list; the console, the removal notice and `/standards` all take it from here.
"""

import msgspec


class Rule(msgspec.Struct, frozen=True):
    """One numbered rule.  `key` never changes; title and text are English message ids."""

    key: str
    number: str
    title: str
    text: str


RULES: tuple[Rule, ...] = (
    Rule(
        "civil",
        "1",
        "Argue with what was said, not with who said it",
        "Disagree as hard as you like. Insults, name-calling and mockery of other readers are removed.",
    ),
    Rule(
        "hate",
        "2",
        "Nobody is less for what they are",
        "We remove contempt for people for their origin, skin, religion, sex, sexuality, age or disability.",
    ),
    Rule(
        "threat",
        "3",
        "No threats and no calls for violence",
        "Nobody is threatened here, nor their harm wished for or praised.",
    ),
    Rule(
        "private",
        "4",
        "Leave people their privacy",
        "No addresses, telephone numbers, photographs or details of private lives, your own included.",
    ),
    Rule(
        "truth",
        "5",
        "Accusations need a source",
        "Say where it comes from. We remove serious claims about people or firms that nobody can check.",
    ),
    Rule(
        "topic",
        "6",
        "Stay with the story",
        "Detours happen. What has nothing to do with the story or its discussion is removed.",
    ),
    Rule(
        "spam",
        "7",
        "No advertising and no flooding",
        "Links to sources are welcome. Promotion, the same text again and again, and campaigns are not.",
    ),
    Rule(
        "law",
        "8",
        "The law applies here too",
        "We remove what is illegal to publish, and we keep what we need to answer for it.",
    ),
)
_BY_KEY = {rule.key: rule for rule in RULES} | {rule.number: rule for rule in RULES}


def rule_of(name: str | None) -> Rule | None:
    """The rule of a key or a number; None for any other."""
    return _BY_KEY.get(name or "")
