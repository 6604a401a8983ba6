"""A standards document is taken whole, or refused with the line and the reason."""

import pytest

from moothall.kernel.errors import StandardsInvalid, TextTooLong
from moothall.kernel.limits import STANDARDS_BYTES, STANDARDS_NOTE_GRAPHEMES, WORD_ENTRIES
from moothall.moderation import standards
from moothall.moderation.standards_read import parse
from moothall.moderation.standards_version import Kind, Piece, changes, pieces, propose
from moothall.web.i18n import LANGUAGES

SHIPPED = standards.shipped_text()
WORDS = '[words.rude]\nlang = "en"\nentries = ["booby", {entry}]\n'


def test_the_shipped_document_speaks_every_language() -> None:
    """Each rule has its own wording in each language of the product, and one category of the EU's."""
    assert [rule.number for rule in standards.RULES] == [str(n) for n in range(1, 9)]
    for rule in standards.RULES:
        assert set(rule.titles) == set(rule.texts) == set(LANGUAGES)
        assert len({rule.worded(lang).title for lang in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("good", "bad", "line", "path"),
    [
        ('outcome = "hold"', 'outcome = "hld"', 'outcome = "hld"', "finds[0].outcome"),
        ('phase = "links"', 'phase = "lnks"', 'phase = "lnks"', "rule[6].finds[0].phase"),
        ('cue = "many"', 'cue = "mny"', 'cue = "mny"', "rule[6].finds[0].cue"),
        ("number = 3", "number = 2", "number = 2", "rule[2].number"),
        ('key = "threat"', 'key = "hate"', 'key = "hate"', "rule[2].key"),
        ("number = 4", 'number = "x"', 'number = "x"', "rule[3].number"),
        ("format = 1", "format = 2", "format = 2", "format"),
        ("format = 1", "format = 1 1", "format = 1 1", "-"),
        ('language = "en"', 'language = "fi"', "[rule.title]", "rule[0].title"),
        ('key = "hate"\n', "", "[[rule]]", "rule[1]"),
        ("[links]", "[lnks]", "# The community", "-"),
    ],
)
def test_a_bad_document_is_refused_with_its_line(good: str, bad: str, line: str, path: str) -> None:
    """The line named is the one that is wrong; the same document without the fault is taken."""
    assert good in SHIPPED
    source = SHIPPED.replace(good, bad, 1)
    with pytest.raises(StandardsInvalid) as refused:
        parse(source)
    told = refused.value.params
    assert told["path"] == path
    assert source.splitlines()[int(told["line"]) - 1].startswith(line)
    assert parse(SHIPPED)


@pytest.mark.parametrize("entry", ["bo*by", "*", "!!", ""])
def test_a_word_list_holds_words(entry: str) -> None:
    """A star stands at the end only, and an entry has a word in it."""
    good = parse(SHIPPED + WORDS.format(entry='"dunderhead*"'))
    assert good.words["rude"].entries == ("booby", "dunderhead*")
    with pytest.raises(StandardsInvalid, match="words"):
        parse(SHIPPED + WORDS.format(entry=f'"{entry}"'))


def test_a_list_of_ten_megabytes_is_refused() -> None:
    """Before anything is read of it; and so is one entry too many."""
    with pytest.raises(StandardsInvalid, match=f"{STANDARDS_BYTES:,}"):
        parse(SHIPPED + WORDS.format(entry='"' + "a" * 10_000_000 + '"'))
    many = ",".join(f'"w{n}"' for n in range(WORD_ENTRIES))
    with pytest.raises(StandardsInvalid, match="entries"):
        parse(SHIPPED + WORDS.format(entry=many))


def test_words_stay_known_by_old_keys() -> None:
    """A rule that is no longer in force can still be named by what was decided under it."""
    source = SHIPPED.replace('key = "civil"', 'key = "manners"', 1)
    standards.switch(parse(source))
    try:
        found = standards.rule_of("civil")
        assert found is not None
        assert found.number == "1"
        assert standards.rule_of("1") == standards.rule_of("manners") == standards.rules()[0]
    finally:
        standards.switch(standards.shipped())


def test_changes_of_wording() -> None:
    """Rules that came, went and changed, word by word; the rest is not told."""
    before = parse(SHIPPED)
    after = parse(SHIPPED.replace("Stay with the story", "Stay near the story", 1).replace('"law"', '"rights"', 1))
    found = {change.number: change for change in changes(before, after, "en")}
    assert [change.kind for change in changes(before, after, "en")] == [Kind.CHANGED, Kind.ADDED, Kind.GONE]
    assert found["6"].title == (
        Piece("Stay"),
        Piece("with", old=True),
        Piece("near", new=True),
        Piece("the story"),
    )
    assert changes(before, before, "en") == ()
    assert pieces("", "a b") == (Piece("a b", new=True),)


def test_a_proposal_is_checked() -> None:
    """Its note has an end, and what a browser makes of line ends makes no difference."""
    made = {"decision_id": 1, "after": 0, "actor_id": None, "at_ms": 5}
    one = propose(SHIPPED, note=" why ", **made)
    assert one.note == "why"
    assert propose(SHIPPED.replace("\n", "\r\n"), note="", **made).sha256 == one.sha256
    with pytest.raises(TextTooLong):
        propose(SHIPPED, note="x" * (STANDARDS_NOTE_GRAPHEMES + 1), **made)
