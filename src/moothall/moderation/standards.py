"""The community standards: the rules that readers read, moderators name and the checks enforce.

One document is in force in a process at a time; `app.py` puts the stored one there, and the console switches it.
"""

from functools import cache
from importlib.resources import files

from moothall.moderation.standards_model import Rule, Standards, Worded
from moothall.moderation.standards_read import parse

__all__ = [
    "RULES",
    "Rule",
    "Standards",
    "Worded",
    "in_force",
    "rule_of",
    "rules",
    "shipped",
    "shipped_text",
    "switch",
]


def shipped_text() -> str:
    """The document that comes with the product."""
    return files("moothall.moderation").joinpath("standards.toml").read_text("utf-8")


@cache
def shipped() -> Standards:
    """The document that comes with the product, read."""
    return parse(shipped_text())


RULES: tuple[Rule, ...] = shipped().rules
"""The rules as they are shipped; those in force are `rules()`."""


class _Shelf:
    """Holds what is in force; replaced whole, so that a comment is judged by one document."""

    def __init__(self) -> None:
        self.now = shipped()
        self.known = _by_name(self.now)


def _by_name(standards: Standards) -> dict[str, Rule]:
    """By key and by number; a rule that has gone is still known by its shipped key, for old decisions."""
    old = {rule.key: rule for rule in RULES}
    numbered = {rule.number: rule for rule in standards.rules}
    return old | numbered | {rule.key: rule for rule in standards.rules}


_shelf = _Shelf()


def in_force() -> Standards:
    """The document by which comments are judged now."""
    return _shelf.now


def switch(standards: Standards) -> None:
    """Put a checked document in force."""
    _shelf.now, _shelf.known = standards, _by_name(standards)


def rules() -> tuple[Rule, ...]:
    """The rules in force, by number."""
    return tuple(sorted(_shelf.now.rules, key=lambda rule: rule.index))


def rule_of(name: str | None) -> Rule | None:
    """The rule of a key or a number; None for any other.  Its words: `rule.worded(lang)`."""
    return _shelf.known.get(name or "")
