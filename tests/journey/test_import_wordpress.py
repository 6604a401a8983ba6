"""A newsroom brings its WordPress archive in."""

from pathlib import Path

import pytest

from moothall.exchange.stage import Choices
from moothall.exchange.wordpress import WordPress
from moothall.kernel.limits import STORY_BODY_CHARS
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


def test_tags_and_categories_are_keywords_and_sections_only_if_they_are_ours(importer: Importer) -> None:
    """A blog's two hundred categories are no newsroom's sections."""
    terms = '<category domain="category">City</category><category domain="post_tag">Bridges</category>'
    content = wxr(item(note("1")).replace("</item>", f"{terms}</item>"))
    importer.take(content, reader(importer))
    assert importer.rows(
        "SELECT s.section_slug, k.keyword_slug FROM story s JOIN story_keyword k ON k.story_id = s.id"
    ) == [("archive", "bridges"), ("archive", "city")]


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


HERE = Choices(stories_here=True)
AUTHOR = (
    "<wp:author><wp:author_login>rv</wp:author_login><wp:author_display_name>R. Vale</wp:author_display_name>"
    "</wp:author>"
)
BLOCKS = """<!-- wp:paragraph -->
<p>The bridge
is <strong>old</strong>.<br>Very.</p>
<!-- /wp:paragraph -->

<!-- wp:heading {"level":4} --><h4>Why <em>now</em></h4><!-- /wp:heading -->
<!-- wp:separator --><hr class="wp-block-separator"/><!-- /wp:separator -->
<!-- wp:quote --><blockquote><p>Nobody <s>knew</s> asked.</p></blockquote><!-- /wp:quote -->
<!-- wp:image --><figure><img src="https://harrowgate.example/a.jpg" alt="An arch"/></figure><!-- /wp:image -->
<script>alert(1)</script>"""
FULL = {
    "content_encoded": BLOCKS,
    "excerpt_encoded": "<p>Cracks &amp; costs</p>",
    "dc_creator": "rv",
    "wp_post_name": "old-bridge",
    "wp_post_type": "post",
    "wp_post_modified_gmt": "2015-03-02 08:00:00",
}


def test_stories_become_pages_of_this_site_with_their_texts(importer: Importer) -> None:
    """Cleaned, in our Markdown, by the name and at the time they had; with their discussion."""
    report = importer.take(wxr(AUTHOR, item(note("1"), **FULL)), reader(importer), choices=HERE)
    assert (report.stories.imported, report.comments.imported) == (1, 1)
    ((url, slug, external, byline, standfirst, body, html, published, updated),) = importer.rows(
        "SELECT url, slug, external, byline, standfirst, body, body_html, published_at_ms, updated_at_ms FROM story"
    )
    assert (slug, external, byline, standfirst) == ("old-bridge", 0, "R. Vale", "Cracks & costs")
    assert url.startswith("/archive/old-bridge-")
    assert (published, updated) == (1425196800000, 1425283200000)
    assert body == (
        "The bridge is **old**.\\\nVery.\n\n### Why *now*\n\n***\n\n> Nobody knew asked.\n\n"
        "[An arch](https://harrowgate.example/a.jpg)"
    )
    assert "<strong>old</strong>.<br>" in html
    assert "<h3>Why <em>now</em></h3>" in html
    check_counts(importer)


def test_line_ends_of_older_texts_count(importer: Importer) -> None:
    """As WordPress prints them; a picture's caption loses its frame, a gallery is only numbers."""
    text = 'One\ntwo.\n\n[caption id="1" width="9"]Three[/caption]\n[gallery ids="1,2"]\n<h2>Four</h2>five'
    importer.take(wxr(item(**FULL | {"content_encoded": text})), reader(importer), choices=HERE)
    assert importer.rows("SELECT body FROM story") == [("One\\\ntwo.\n\nThree\n\n## Four\n\nfive",)]


def test_a_post_comes_also_without_comments_and_a_page_does_not(importer: Importer) -> None:
    """A contact form is no story; what was said beneath it keeps its place."""
    pages = [
        item(wp_post_id="1", link="https://harrowgate.example/a", **FULL),
        item(wp_post_id="2", link="https://harrowgate.example/b", **FULL | {"wp_post_type": "page"}),
        item(note("1"), wp_post_id="3", link="https://harrowgate.example/c", **FULL | {"wp_post_type": "page"}),
        item(wp_post_id="4", link="https://harrowgate.example/d", **FULL | {"wp_status": "draft"}),
        item(wp_post_id="5", link="https://harrowgate.example/e", **FULL | {"content_encoded": "<p> </p>"}),
    ]
    report = importer.take(wxr(*pages), reader(importer), choices=HERE)
    assert (report.stories.rows, report.stories.imported, report.stories.skipped) == (5, 2, 3)
    assert importer.rows("SELECT external FROM story ORDER BY external") == [(0,), (1,)]
    assert importer.reasons == {
        "story 2": "story_without_comments", "story 4": "story_not_public", "story 5": "story_without_comments",
    }  # fmt: skip


def test_stories_stay_where_they_are_unless_they_are_asked_here(importer: Importer) -> None:
    """Whoever only embeds discussions wants no second copy of each page; a later run does not make one."""
    content = wxr(AUTHOR, item(note("1"), **FULL))
    importer.take(content, reader(importer))
    assert importer.rows("SELECT url, external, body FROM story") == [("https://harrowgate.example/bridge", 1, "")]
    report = importer.take(content, reader(importer), choices=HERE)
    assert (report.stories.already_there, report.comments.already_there) == (1, 1)


def test_stories_that_are_here_are_known_again(importer: Importer) -> None:
    """A second run adds nothing, a newer export only what is new."""
    importer.take(wxr(item(note("1"), **FULL)), reader(importer), choices=HERE)
    before = importer.everything()
    report = importer.take(wxr(item(note("1"), **FULL)), reader(importer), choices=HERE)
    assert report.stories.already_there == 1
    assert importer.everything() == before
    report = importer.take(wxr(item(note("1"), note("2"), **FULL)), reader(importer), choices=HERE)
    assert (report.comments.already_there, report.comments.imported) == (1, 1)


@pytest.mark.parametrize("text", ["word " * (STORY_BODY_CHARS // 5 + 1), "<b></b>" * STORY_BODY_CHARS])
def test_a_text_longer_than_any_story_is_refused(importer: Importer, text: str) -> None:
    """With a reason, and not cut; without its text the same story comes."""
    content = wxr(item(note("1"), **FULL | {"content_encoded": text}))
    report = importer.take(content, reader(importer), choices=HERE)
    assert (report.stories.refused, report.comments.refused) == (1, 1)
    assert importer.reasons == {"story 1": "story_too_long", "comment 1": "story_refused"}
    assert importer.take(content, reader(importer)).refused == 0
