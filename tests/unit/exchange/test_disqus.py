"""Disqus exports, with every trap known from real ones."""

from pathlib import Path

import pytest

from moothall.discussion.model import State
from moothall.exchange.disqus import Disqus
from moothall.exchange.record import CommentRecord, RefusedRow, SkippedRow, StoryRecord
from moothall.exchange.source import Source
from tests.corpora import corpus
from tests.newsroom.archives import disqus, post, thread
from tests.unit.exchange.reading import NOW_MS, comments_of, rows_of


def write(folder: Path, *rows: str) -> Path:
    path = folder / "disqus.xml"
    path.write_bytes(disqus(*rows))
    return path


def test_a_thread_becomes_a_story(tmp_path: Path) -> None:
    """Link, headline, time and whether it is closed."""
    (story,) = rows_of(write(tmp_path, thread("t1", isClosed="true")))
    assert isinstance(story, StoryRecord)
    assert (story.key, story.link, story.headline) == (
        "t1",
        "https://harrowgate.example/bridge",
        "Old bridge to close",
    )
    assert (story.created_at_ms, story.closed) == (1425196800000, True)


def test_a_post_becomes_a_comment(tmp_path: Path) -> None:
    """With its story, parent, author, time and text."""
    row = post("9", "t1", parent="8", message="<p>I <b>agree</b>.</p>", email="ada@harrowgate.example")
    (found,) = comments_of(write(tmp_path, row))
    assert (found.external_id, found.story_key, found.parent_id) == ("9", "t1", "8")
    assert (found.author.subject, found.author.name) == ("adafinch", "Ada Finch")
    assert (found.state, found.body, found.created_at_ms) == (State.LIVE, "<p>I <b>agree</b>.</p>", 1425200400000)


@pytest.mark.parametrize(
    ("deleted", "spam", "state"),
    [("false", "false", State.LIVE), ("true", "false", State.REMOVED), ("false", "true", State.REJECTED),
     ("true", "true", State.REJECTED)],
)  # fmt: skip
def test_states_are_kept(tmp_path: Path, deleted: str, spam: str, state: State) -> None:
    """Deleted is removed, spam is rejected."""
    assert comments_of(write(tmp_path, post("9", isDeleted=deleted, isSpam=spam)))[0].state is state


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"createdAt": "2011-x09-30T22:48:43Z"}, "bad_date"),
        ({"createdAt": ""}, "bad_date"),
        ({"createdAt": "0000-00-00T00:00:00Z"}, "bad_date"),
        ({"createdAt": "1969-07-20T20:17:00Z"}, "bad_date"),
        ({"createdAt": "2399-01-01T00:00:00Z"}, "date_in_future"),
        ({"isSpam": "123"}, "bad_value"),
    ],
)
def test_a_post_that_cannot_be_read_is_refused_alone(tmp_path: Path, fields: dict[str, str], reason: str) -> None:
    """The rest of the file is read on, and the row is named."""
    bad, good = rows_of(write(tmp_path, post("8", **fields), post("9")))
    assert isinstance(bad, RefusedRow)
    assert (bad.reason, bad.external_id, bad.place.number) == (reason, "8", 1)
    assert isinstance(good, CommentRecord)


def test_a_post_without_an_id_is_refused(tmp_path: Path) -> None:
    """A second import could not know it again."""
    path = tmp_path / "disqus.xml"
    path.write_bytes(disqus(post("9").replace(' dsq:id="9"', "")))
    (bad,) = rows_of(path)
    assert isinstance(bad, RefusedRow)
    assert bad.reason == "missing_id"


def test_a_deleted_thread_is_left_out(tmp_path: Path) -> None:
    """It was taken down where it came from."""
    (story,) = rows_of(write(tmp_path, thread("1", isDeleted="true")))
    assert isinstance(story, SkippedRow)


def test_the_older_form_names_thread_and_parent_as_text(tmp_path: Path) -> None:
    """Exports of the first schema have no attributes there."""
    path = tmp_path / "old.xml"
    row = post("9", "t1", parent="8")
    row = row.replace('<thread dsq:id="t1"/>', "<thread>t1</thread>").replace(
        '<parent dsq:id="8"/>', "<parent>8</parent>"
    )
    path.write_bytes(disqus(row))
    assert [(c.story_key, c.parent_id) for c in comments_of(path)] == [("t1", "8")]


def test_a_guest_has_no_subject(tmp_path: Path) -> None:
    """Whatever user name stands beside the mark that they were anonymous."""
    found = comments_of(write(tmp_path, post("9", isAnonymous="true", username="forged")))
    assert found[0].author.subject == ""


def test_mentions_lose_their_machine_form(tmp_path: Path) -> None:
    """“@name:disqus” was never shown to readers."""
    found = comments_of(write(tmp_path, post("9", message="<p>@bert_r:disqus You are right.</p>")))
    assert found[0].body == "<p>@bert_r You are right.</p>"


def test_the_forum_names_the_site(tmp_path: Path) -> None:
    """Under it rows and people are known again."""
    reader = Disqus(now_ms=NOW_MS)
    list(reader.rows(Source(write(tmp_path, thread("1")))))
    assert reader.site == "harrowgate"


def test_the_export_of_issos_tests_is_read(tmp_path: Path) -> None:
    """A thread without anything, missing author parts, a deleted parent."""
    rows = rows_of(corpus("imports/isso/disqus.xml"))
    assert [type(row).__name__ for row in rows].count("CommentRecord") == 6
    assert [type(row).__name__ for row in rows].count("StoryRecord") == 3


def test_comentarios_export_is_read() -> None:
    """Packed, from a newer Disqus."""
    found = comments_of(corpus("imports/comentario/disqus-ok-single.xml.gz"))
    assert [comment.body for comment in found] == ["<p>Yay, imported</p>"]
