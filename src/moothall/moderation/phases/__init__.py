"""One check a file.  What each of them may find is listed here, so that standards can be checked against it."""

from collections.abc import Mapping

CUES: Mapping[str, frozenset[str] | None] = {
    "length": frozenset({"long"}),
    "story_open": frozenset({"closed"}),
    "sanctions": frozenset(),
    "pre_moderation": frozenset({"story", "section", "site"}),
    "repeated_text": frozenset({"same"}),
    "near_duplicate": frozenset({"own", "others"}),
    "words": None,
    "links": frozenset({"link", "many", "first", "denied"}),
    "shouting": frozenset({"capitals"}),
    "flood": frozenset({"author"}),
    "burst": frozenset({"story"}),
    "new_author": frozenset({"first"}),
    "often_rejected": frozenset({"share"}),
    "classifier": None,
    "spam": frozenset({"akismet"}),
    "judge": None,
}
"""Cues by phase; None: named by the newsroom (lists, attributes, judges)."""
