"""`standards.toml` read and checked: a whole document, or the line and the reason why not."""

import re
import tomllib
from collections.abc import Callable, Iterator

import msgspec

from moothall.kernel.errors import StandardsInvalid
from moothall.kernel.limits import STANDARDS_BYTES, WORD_ENTRIES
from moothall.moderation.phases import CUES
from moothall.moderation.standards_line import line_of
from moothall.moderation.standards_model import Finds, Standards

_AT = re.compile(r" - at `(?:key in )?\$\.?(.*?)`$")
_TOML_AT = re.compile(r"^(.*) \(at line (\d+), column \d+\)$")
_AT_END = re.compile(r"^(.*) \(at end of document\)$")
# A letter or a digit somewhere, so that an entry cannot stand for everything.
_WORDY = re.compile(r"\w{2}|[^\W\d_a-zA-Z]")

Fault = tuple[str, str]
"""Where (a path such as `rule[2].finds[0].phase`) and what."""


def parse(source: str) -> Standards:
    """Raises: StandardsInvalid with line, path and reason."""
    size = len(source.encode("utf-8", "replace"))
    if size > STANDARDS_BYTES:
        raise StandardsInvalid(line=1, path="-", reason=f"{size:,} bytes; at most {STANDARDS_BYTES:,}")
    found = _converted(source)
    for path, reason in _faults(found):
        raise StandardsInvalid(line=line_of(source, path), path=path, reason=reason)
    return _own_language_first(found)


def _converted(source: str) -> Standards:
    try:
        return msgspec.convert(tomllib.loads(source), Standards)
    except tomllib.TOMLDecodeError as wrong:
        text = str(wrong)
        at, end = _TOML_AT.match(text), _AT_END.match(text)
        line = int(at[2]) if at else source.count("\n") + 1
        reason = at[1] if at else end[1] if end else text
        raise StandardsInvalid(line=line, path="-", reason=reason) from wrong
    except msgspec.ValidationError as wrong:
        at = _AT.search(str(wrong))
        path = at[1] if at else ""
        raise StandardsInvalid(
            line=line_of(source, path), path=path or "-", reason=_AT.sub("", str(wrong))
        ) from wrong


def _faults(found: Standards) -> Iterator[Fault]:
    """What the types cannot say, in the document's order."""
    yield from _finds_faults("finds", found.finds, found)
    yield from _twice(found, "key", lambda n: found.rules[n].key)
    yield from _twice(found, "number", lambda n: found.rules[n].number)
    for at, rule in enumerate(found.rules):
        for name, wording in (("title", rule.titles), ("text", rule.texts)):
            if found.language not in wording:
                yield f"rule[{at}].{name}", f"there is no wording in “{found.language}”, the document's language"
        yield from _finds_faults(f"rule[{at}].finds", rule.finds, found)
    yield from _word_faults(found)


def _twice(found: Standards, name: str, of: Callable[[int], str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for at in range(len(found.rules)):
        if of(at) in seen:
            yield f"rule[{at}].{name}", f"another rule has “{of(at)}” already"
        seen.add(of(at))


def _finds_faults(path: str, finds: tuple[Finds, ...], found: Standards) -> Iterator[Fault]:
    for at, one in enumerate(finds):
        if one.phase not in CUES:
            yield f"{path}[{at}].phase", f"there is no check “{one.phase}”; there are: {', '.join(sorted(CUES))}"
            continue
        known = found.words.keys() if one.phase == "words" else CUES[one.phase]
        if one.cue and known is not None and one.cue not in known:
            names = ", ".join(sorted(known)) or "none"
            yield f"{path}[{at}].cue", f"“{one.phase}” knows no “{one.cue}”; there are: {names}"


def _word_faults(found: Standards) -> Iterator[Fault]:
    count = 0
    for name, words in found.words.items():
        count += len(words.entries)
        if count > WORD_ENTRIES:
            yield f"words.{name}.entries", f"more than {WORD_ENTRIES:,} entries in all lists"
        for at, entry in enumerate(words.entries):
            if "*" in entry[:-1]:
                yield f"words.{name}.entries[{at}]", f"“{entry}”: `*` stands only at an entry's end"
            elif not _WORDY.search(entry):
                yield f"words.{name}.entries[{at}]", f"“{entry}” has no word in it"


def _own_language_first(found: Standards) -> Standards:
    """So that a rule alone knows what to fall back on."""
    own = found.language
    rules = tuple(
        msgspec.structs.replace(
            rule,
            titles={own: rule.titles[own], **rule.titles},
            texts={own: rule.texts[own], **rule.texts},
        )
        for rule in found.rules
    )
    return msgspec.structs.replace(found, rules=rules)
