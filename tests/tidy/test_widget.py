"""What a reader's browser is asked to fetch stays small.  Build the widget first: `make setup`."""

import json
from collections.abc import Callable

import brotli
import pytest

from moothall.web.i18n import LANGUAGES, Translator, translator
from moothall.web.pages.strings import core_strings, writer_strings
from moothall.web.styles import sheet
from tests.tidy.ground import SRC

# Bytes as brotli, script, style and words of the discussion together.
READER_BYTES, EVERYTHING_BYTES = 9_000, 12_000
# A host page's own script: small enough not to be noticed in it.
COUNT_BYTES = 600
_NOT_IN_A_DISCUSSION = {"embed.js", "signin.js", "count.js", "clock.js", "console.js", "passkey.js", "agree.js"}
_MANIFEST = SRC / "web/static/built/manifest.json"
pytestmark = pytest.mark.skipif(not _MANIFEST.exists(), reason="the widget is not built: run `make setup`")


def test_a_reader_who_never_writes() -> None:
    """The core, the discussion's style and the longest language's words."""
    size = _scripts("core.js") + _style() + _words(core_strings)
    assert size <= READER_BYTES, size


def test_everything_with_writing() -> None:
    """And what is fetched when a reader begins to write, or pastes."""
    scripts = [name for name in _manifest() if name not in _NOT_IN_A_DISCUSSION]
    size = _scripts(*scripts) + _style() + _words(core_strings) + _words(writer_strings)
    assert size <= EVERYTHING_BYTES, size


def test_an_embedded_discussion() -> None:
    """The same, with what a host page's element needs more."""
    size = _scripts("embed.js") + _style() + _words(core_strings)
    assert size <= READER_BYTES, size


def test_counts_on_a_host_page() -> None:
    """The script for count badges alone."""
    assert _scripts("count.js") <= COUNT_BYTES


def _scripts(*names: str) -> int:
    return sum(_manifest()[name]["brotli"] for name in names)


def _manifest() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = json.loads(_MANIFEST.read_text("utf-8"))
    return found


def _style() -> int:
    return len(brotli.compress(sheet("moothall.css") or b"", quality=11))


def _words(table: Callable[[Translator], str]) -> int:
    return max(len(brotli.compress(table(translator(lang)).encode(), quality=11)) for lang in LANGUAGES)
