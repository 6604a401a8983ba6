"""WordPress exports, with every trap known from real ones."""

from pathlib import Path

import pytest

from moothall.discussion.model import State
from moothall.exchange.record import RefusedRow, SkippedRow, StoryRecord
from tests.corpora import corpus
from tests.newsroom.archives import item, note, wxr
from tests.unit.exchange.reading import comments_of, refusal, rows_of, wordpress


def write(folder: Path, *items: str) -> Path:
    path = folder / "wordpress.xml"
    path.write_bytes(wxr(*items))
    return path


def test_an_item_becomes_a_story(tmp_path: Path) -> None:
    """Terms, byline and the state of its discussion too."""
    terms = '<category domain="category">City</category><category domain="post_tag">Bridges</category>'
    text = item(wp_comment_status="closed").replace("</item>", f"{terms}<dc:creator>R. Vale</dc:creator></item>")
    (story,) = rows_of(write(tmp_path, text), wordpress())
    assert isinstance(story, StoryRecord)
    assert (story.external_id, story.headline, story.byline) == ("7", "Old bridge to close", "R. Vale")
    assert (story.section, story.keywords, story.closed) == ("City", ("Bridges", "City"), True)


def test_comments_know_their_item_before_it_has_ended(tmp_path: Path) -> None:
    """Also where two items have no id."""
    first, second = (
        item(note("1"), wp_post_id=""),
        item(note("2"), wp_post_id="", link="https://harrowgate.example/b"),
    )
    rows = rows_of(write(tmp_path, first, second), wordpress())
    keys = [row.story_key if hasattr(row, "story_key") else row.key for row in rows]
    assert keys == ["item 1", "item 1", "item 2", "item 2"]


@pytest.mark.parametrize(
    ("approved", "state"),
    [("1", State.LIVE), ("0", State.HELD), ("spam", State.REJECTED), ("trash", State.REMOVED),
     ("post-trashed", State.REMOVED)],
)  # fmt: skip
def test_states_are_kept(tmp_path: Path, approved: str, state: State) -> None:
    """Approved, waiting, spam and trash."""
    assert comments_of(write(tmp_path, item(note("1", approved=approved))), wordpress())[0].state is state


@pytest.mark.parametrize(
    ("fields", "at_ms"),
    [
        ({}, 1425200400000),
        ({"date_gmt": "0000-00-00 00:00:00"}, 1425204000000),
        ({"date_gmt": ""}, 1425204000000),
        ({"date": ""}, 1425200400000),
    ],
)
def test_the_time_is_gmt_or_else_local(tmp_path: Path, fields: dict[str, str], at_ms: int) -> None:
    """WordPress leaves one of them empty or full of zeros."""
    assert comments_of(write(tmp_path, item(note("1", **fields))), wordpress())[0].created_at_ms == at_ms


def test_no_time_at_all_is_refused(tmp_path: Path) -> None:
    """Its place among the others could not be known."""
    bad = rows_of(write(tmp_path, item(note("1", date="0000-00-00 00:00:00", date_gmt=""))), wordpress())[0]
    assert isinstance(bad, RefusedRow)
    assert bad.reason == "bad_date"


@pytest.mark.parametrize(
    ("kind", "reason"), [("pingback", "pingback"), ("trackback", "pingback"), ("order_note", "not_a_comment")]
)
def test_notices_and_notes_are_left_out(tmp_path: Path, kind: str, reason: str) -> None:
    """A shop's order notes were never public."""
    left = rows_of(write(tmp_path, item(note("1", type=kind))), wordpress())[0]
    assert isinstance(left, SkippedRow)
    assert left.reason == reason


@pytest.mark.parametrize("fields", [{"wp_status": "draft"}, {"wp_status": "private"}, {"wp_post_password": "x"}])
def test_what_was_not_public_is_left_out(tmp_path: Path, fields: dict[str, str]) -> None:
    """Drafts, private and protected stories."""
    left = rows_of(write(tmp_path, item(**fields)), wordpress())[0]
    assert isinstance(left, SkippedRow)
    assert left.reason == "story_not_public"


def test_a_members_id_and_not_their_name_is_their_subject(tmp_path: Path) -> None:
    """Guests have none."""
    found = comments_of(write(tmp_path, item(note("1", user_id="5"), note("2"))), wordpress())
    assert [comment.author.subject for comment in found] == ["user:5", ""]


def test_isso_s_export_is_read() -> None:
    """A child before its parent, a local date missing, letters that are not ASCII."""
    found = comments_of(corpus("imports/isso/wordpress.xml"), wordpress())
    assert [comment.external_id for comment in found] == ["2", "6", "7", "8", "9", "10", "11", "11"]
    assert found[2].body == "Drölfter!"


@pytest.mark.parametrize(("name", "count"), [("single", 1), ("long", 1), ("empty", 0)])
def test_comentarios_zips_are_read(name: str, count: int) -> None:
    """One file in a zip."""
    assert len(comments_of(corpus(f"imports/comentario/wordpress-ok-{name}.zip"), wordpress())) == count


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("format", "not_well_formed"),
        ("no-files", "archive_needs_one_file"),
        ("two-files", "archive_needs_one_file"),
    ],
)
def test_comentarios_bad_zips_are_refused(name: str, reason: str) -> None:
    """Each with its reason."""
    path = corpus(f"imports/comentario/wordpress-bad-{name}.zip")
    assert refusal(path, wordpress()).params["reason"] == reason
