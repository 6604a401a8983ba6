"""Whose work is installed beside ours, and under which licence."""

import re

from tests.tidy.ground import ROOT

# They build the package and are not used by what runs.
_BUILD = frozenset(["editables", "hatchling", "packaging", "pathspec", "pluggy", "tomlkit", "trove-classifiers"])
_PINNED = re.compile(r"^([a-z0-9.-]+)==", re.MULTILINE)
_NAMED = re.compile(r"^  ([a-z0-9.-]+)  +\S", re.MULTILINE)


def test_notice_names_what_is_installed() -> None:
    """Every package of the lock, and nothing else."""
    pinned = set(_PINNED.findall((ROOT / "requirements.lock").read_text("utf-8"))) - _BUILD
    named = set(_NAMED.findall((ROOT / "NOTICE").read_text("utf-8")))
    assert pinned - named == set(), "add them to NOTICE, with their licence"
    assert named - pinned == set(), "take them out of NOTICE"
