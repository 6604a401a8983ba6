"""A newsroom brings its WordPress archive in."""

from pathlib import Path

import pytest

from moothall.exchange.wordpress import WordPress
from moothall.store.database import Database
from tests.corpora import corpus
from tests.journey.importing import Importer, check_counts
from tests.newsroom.archives import item, note, wxr
from tests.newsroom.clock import FakeClock


@pytest.fixture
def importer(db: Database, tmp_path: Path, clock: FakeClock) -> Importer:
    return Importer(db, tmp_path, clock)


def reader(importer: Importer) -> WordPress:
    return WordPress(now_ms=importer.clock())


def test_stories_come_with_their_comments(importer: Importer) -> None:
    """A child before its parent; waiting, spam and trash; a pingback left out."""
    report = importer.take(
        wxr(
            item(
                note("2", parent="1"), note("1", content="One.\nTwo."), note("3", approved="0"),
                note("4", approved="spam"), note("5", approved="trash"), note("6", type="pingback"),
            )
        ),
        reader(importer),
    )  # fmt: skip
    found = importer.comments()
    assert found["2"]["parent"] == "1"
    assert found["1"]["html"] == "<p>One.<br>\nTwo.</p>"
    assert [found[n]["state"] for n in "345"] == ["held", "rejected", "removed"]
    assert importer.reasons == {"comment 6": "pingback"}
    assert report.source == "wordpress:harrowgate.example"
    check_counts(importer)


def test_keywords_come_along_and_sections_only_if_they_are_ours(importer: Importer) -> None:
    """A blog's two hundred categories are no newsroom's sections."""
    terms = '<category domain="category">City</category><category domain="post_tag">Bridges</category>'
    content = wxr(item(note("1")).replace("</item>", f"{terms}</item>"))
    importer.take(content, reader(importer))
    assert importer.rows(
        "SELECT s.section_slug, k.keyword_slug FROM story s JOIN story_keyword k ON k.story_id = s.id"
    ) == [("archive", "bridges")]


def test_a_section_of_ours_is_used(importer: Importer) -> None:
    """Known by its slug."""
    with importer.db.engine.begin() as conn:
        conn.exec_driver_sql("INSERT INTO section (slug, name, position) VALUES ('city', 'City', 0)")
    terms = '<category domain="category">City</category>'
    importer.take(wxr(item(note("1")).replace("</item>", f"{terms}</item>")), reader(importer))
    assert importer.rows("SELECT section_slug FROM story") == [("city",)]


def test_a_reply_to_a_pingback_answers_a_stub(importer: Importer) -> None:
    """What it answered is not here, and it is no thread of its own."""
    importer.take(wxr(item(note("1", type="pingback"), note("2", parent="1"))), reader(importer))
    assert importer.comments()["2"]["parent"] == "missing:7:1"


def test_a_zip_comes_in_as_its_file_does(importer: Importer) -> None:
    """Comentario's long comment, packed."""
    report = importer.take(corpus("imports/comentario/wordpress-ok-long.zip").read_bytes(), reader(importer))
    assert report.comments.imported == 1


def test_issos_export_comes_in(importer: Importer) -> None:
    """Seven comments; the eighth has the id of another and is refused."""
    report = importer.take(corpus("imports/isso/wordpress.xml").read_bytes(), reader(importer))
    assert (report.comments.imported, report.comments.refused) == (7, 1)
    assert importer.reasons["comment 8"] == "duplicate_id"
    assert (report.stories.imported, report.stories.skipped) == (1, 2)
    check_counts(importer)
