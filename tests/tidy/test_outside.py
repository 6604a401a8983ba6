"""What no file may name: addresses nobody agreed to, this or that machine, a place to download from."""

import ipaddress
import re
import tomllib
from pathlib import Path

from tests.tidy.ground import NOT_OURS, name_of, our_files, text_of

_HOST = re.compile(r"https?://(?:[^\s/@\"'<>]*@)?([A-Za-z0-9][A-Za-z0-9.-]*)")
# Names that stand for nobody.  Source: RFC 2606, RFC 6761.
_NOBODY = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost|local)$", re.IGNORECASE)
_MACHINE = re.compile(r"(?<![\w.*/-])/(?:home|root|Users|work)/\w")
_DOWNLOADS = re.compile(
    r"(?<!no-emit-)(?:extra-)?index-url|--registry|^registry\s*=|\"resolved\"\s*:", re.IGNORECASE | re.MULTILINE
)
_OWN_PATTERNS = "tests/tidy/test_outside.py"
_LOCKS = (".lock", "package-lock.json")


def test_every_host_is_on_the_list() -> None:
    """A host that a file names is either nobody's or stands in hosts.toml with its reason."""
    known = tomllib.loads(Path(__file__).with_name("hosts.toml").read_text("utf-8"))
    named: dict[str, str] = {}
    for name, text in _texts():
        for host in _HOST.findall(text):
            if not _is_nobody(host):
                named.setdefault(host.lower().rstrip("."), name)
    unknown = {host: where for host, where in named.items() if host not in known}
    assert not unknown, f"use a reserved name, or give the reason in tests/tidy/hosts.toml: {unknown}"
    assert not known.keys() - named.keys(), f"no longer named anywhere: {sorted(known.keys() - named.keys())}"


def test_no_file_knows_a_machine() -> None:
    """A path beneath somebody's home works for nobody else."""
    found = [f"{name}: {hit[0]}" for name, text in _texts() for hit in [_MACHINE.search(text)] if hit]
    assert not found, found


def test_nothing_says_where_packages_come_from() -> None:
    """The place to download from is the machine's business, not the repository's."""
    found = [name for name, text in _texts() if _DOWNLOADS.search(text)]
    assert not found, found


def test_locks_hold_no_address() -> None:
    """Versions and hashes only."""
    wrong = [name for name, text in _texts() if name.endswith(_LOCKS) and "://" in text]
    assert not wrong, wrong


def test_the_patterns_find_what_they_look_for() -> None:
    """A pattern that matches nothing would let everything pass."""
    assert _HOST.findall("see https://someone@cdn.elsewhere.net/x") == ["cdn.elsewhere.net"]
    assert not _is_nobody("cdn.elsewhere.net")
    assert _is_nobody("paper.example")
    assert _is_nobody("127.0.0.1")
    assert _MACHINE.search('path = "' + "/home" + '/ada/paper"')
    assert _DOWNLOADS.search('  "resolved"' + ': "x"')
    assert "node_modules" in NOT_OURS


def _texts() -> list[tuple[str, str]]:
    """Every text but this one, whose patterns would find themselves."""
    named = ((name_of(path), text_of(path)) for path in our_files())
    return [(name, text) for name, text in named if text is not None and name != _OWN_PATTERNS]


def _is_nobody(host: str) -> bool:
    """Reserved names, bare words and addresses without a name."""
    if "." not in host or _NOBODY.search(host):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
