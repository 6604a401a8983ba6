"""Single values: names, times, addresses, ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.exchange.assign import assign
from moothall.exchange.fields import display_name, email, flag, one_line, time_ms
from moothall.exchange.links import same_story_key, spellings, story_link, without_counter
from moothall.exchange.reasons import MEANING, Refusal, Skip
from moothall.exchange.record import AuthorRecord
from moothall.exchange.stage import email_digest, subject_of
from moothall.kernel.ids import id_at


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Ada \n Finch ", "Ada Finch"),
        ("Ada\u202egro.\u202c", "Adagro."),
        ("A\u200bd\u2060a", "Ada"),
        ("Ada\x00\x1b[31m", "Ada[31m"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a" + "\u0301" * 40, "á" + "\u0301" * 2),
        ("\u200b\u2800 ", "Guest"),
        ("", "Guest"),
        ("x" * 99, "x" * 40),
    ],
)
def test_names_are_fit_to_print(text: str, name: str) -> None:
    """Without control, zero-width and direction tricks; what scripts need stays."""
    assert display_name(text) == name


@given(st.text(max_size=200))
def test_no_name_hides_anything(text: str) -> None:
    """Whatever is fed in."""
    assert not set(display_name(text)) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2069\u200b\u200e\u200f\n\x00")


@pytest.mark.parametrize(
    ("text", "at_ms"),
    [
        ("2011-08-31T15:16:29Z", 1314803789000),
        ("2011-08-31 15:16:29", 1314803789000),
        ("2011-08-31T17:16:29+02:00", 1314803789000),
        ("2011-08-31T15:16:29.250Z", 1314803789250),
        ("0000-00-00 00:00:00", None),
        ("2011-02-30T15:16:29Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times(text: str, at_ms: int | None) -> None:
    """ISO 8601 in UTC unless it names a zone; nothing older than the web."""
    assert time_ms(text) == at_ms


def test_flags_and_mail() -> None:
    """Understood or not; never guessed."""
    assert [flag(text) for text in ("true", "1", "", "0", "123")] == [True, True, False, False, None]
    assert [email(text) for text in (" Ada@E.example\n", "no", "a@b@c")] == ["ada@e.example", "", ""]


def test_one_line_is_bounded() -> None:
    """Headlines of hostile files too."""
    assert one_line("a\nb " * 900, 7) == "a b a b"


@pytest.mark.parametrize(
    ("link", "result"),
    [
        ("http://Harrowgate.example:80/a?utm_source=x&p=4#top", "http://harrowgate.example/a?p=4"),
        ("https://harrowgate.example", "https://harrowgate.example/"),
        ("https://old.example/a", "https://new.example/a"),
        ("ftp://harrowgate.example/", None),
        ("javascript:alert(1)", None),
        ("https://a@harrowgate.example/", None),
        ("https://harrowgate.example/a b", None),
        ("https://harrowgate.example:99999/", None),
        ("https:///a", None),
        ("/bridge", None),
        ("https://harrowgate.example/" + "a" * 2_000, None),
    ],
)
def test_links_of_stories(link: str, result: str | None) -> None:
    """Only whole web addresses; hosts that moved are replaced, tracking is dropped."""
    assert story_link(link, {"old.example": "new.example"}) == result


def test_one_story_under_several_addresses() -> None:
    """http or https, with and without www, slash or index file; but not another query."""
    first = same_story_key("https://harrowgate.example/a")
    for link in ("http://harrowgate.example/a/", "https://www.harrowgate.example/a/index.html"):
        assert same_story_key(link) == first
    assert same_story_key("https://harrowgate.example/a?p=4") != first
    assert {same_story_key(link) for link in spellings("https://harrowgate.example/a")} == {first}


def test_a_link_counter_without_a_target_stays() -> None:
    """Nothing is invented."""
    assert without_counter("http://disq.us/url?cuid=1") == "http://disq.us/url?cuid=1"


def test_guests_are_told_apart_by_name_and_mail() -> None:
    """And the mail is kept only as a digest."""
    ada = AuthorRecord(name="Ada", email="ada@e.example")
    assert subject_of(ada) == subject_of(AuthorRecord(name=" ada", email="ADA@e.example"))
    assert subject_of(ada) != subject_of(AuthorRecord(name="Ada"))
    assert subject_of(AuthorRecord(subject="user:5", name="Ada")) == "user:5"
    assert email_digest("ada@e.example") == email_digest(" ADA@e.example")
    assert email_digest("") is None


TIMES = st.lists(st.integers(0, 5), max_size=12).map(sorted)


@given(TIMES, st.sets(st.integers(0, 5 << 21), max_size=5), st.data())
def test_an_interrupted_import_gives_the_same_ids(times: list[int], others: set[int], data: st.DataObject) -> None:
    """Whatever part of the rows is in already, the rest gets what it would have got."""
    rows = list(enumerate(times))
    whole = dict(assign(rows, iter(sorted(others))))
    assert not others & set(whole.values())
    assert sorted(whole.values()) == list(dict.fromkeys(whole.values()))
    there = data.draw(st.sets(st.sampled_from(range(len(rows))))) if rows else set()
    taken = sorted(others | {whole[key] for key in there})
    rest = dict(assign([row for row in rows if row[0] not in there], iter(taken)))
    assert rest == {key: value for key, value in whole.items() if key not in there}


def test_ids_carry_the_time() -> None:
    """So that "newest first" is the order of ids."""
    assert dict(assign([(1, 1000), (2, 1000), (3, 2000)], iter(()))) == {
        1: id_at(1000), 2: id_at(1000, 1), 3: id_at(2000),
    }  # fmt: skip


def test_every_reason_has_words() -> None:
    """A code alone helps nobody."""
    assert set(MEANING) == {*Refusal, *Skip}
