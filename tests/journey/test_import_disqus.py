"""A newsroom brings its Disqus archive in."""

from pathlib import Path

import pytest

from moothall.exchange.stage import Choices
from moothall.kernel.limits import COMMENT_DEPTH, IMPORT_ID_CHARS
from moothall.store.database import Database
from moothall.store.exchange import Connection
from moothall.store.staging_reads import Planned
from tests.corpora import corpus
from tests.journey.importing import CONTENT, Importer, check_counts
from tests.newsroom.archives import letters, many, post, thread
from tests.newsroom.clock import FakeClock
from tests.unit.exchange.test_html_to_markdown import ALLOWED


@pytest.fixture
def importer(db: Database, tmp_path: Path, clock: FakeClock) -> Importer:
    return Importer(db, tmp_path, clock)


def test_threads_authors_times_and_states_are_kept(importer: Importer) -> None:
    """Each comment stands where it stood, under the name and at the time of its author."""
    report = importer.disqus(
        thread("1"),
        post("a", createdAt="2015-03-01T09:00:00Z"),
        post("b", parent="a", username="bert", name="Bert Vale", createdAt="2015-03-01T09:05:00Z"),
        post("c", parent="b", isDeleted="true"),
        post("d", isSpam="true"),
    )
    found = importer.comments()
    assert (report.comments.rows, report.comments.imported, report.accounts) == (4, 4, 2)
    assert [found["b"][key] for key in ("parent", "root", "depth", "author")] == ["a", "a", 1, "Bert Vale"]
    assert {name: comment["state"] for name, comment in found.items()} == {
        "a": "live", "b": "live", "c": "removed", "d": "rejected",
    }  # fmt: skip
    assert [found[name]["shown"] for name in "abcd"] == [1, 1, 0, 0]
    assert found["b"]["at_ms"] == 1425200700000
    check_counts(importer)


def test_a_story_is_made_as_it_was(importer: Importer) -> None:
    """At its own address, with its time, closed if it was closed."""
    importer.disqus(thread("1", isClosed="true"), post("a"))
    query = "SELECT url, headline, slug, external, published, published_at_ms, discussion, section_slug FROM story"
    assert importer.rows(query) == [
        ("https://harrowgate.example/bridge", "Old bridge to close", "old-bridge-to-close", 1, 1, 1425196800000,
         "closed", "archive")
    ]  # fmt: skip


def test_a_deleted_parent_with_live_replies_stays_as_a_stub(importer: Importer) -> None:
    """Its words are kept for moderators and shown to nobody; what it answers to hangs together."""
    importer.disqus(thread("1"), post("a", isDeleted="true"), post("b", parent="a"), post("c", isSpam="true"),
                    post("d", parent="c"))  # fmt: skip
    found = importer.comments()
    assert [(found[n]["state"], found[n]["shown"], found[n]["replies"]) for n in "ac"] == [
        ("removed", 1, 1), ("rejected", 1, 1),
    ]  # fmt: skip
    check_counts(importer)


def test_a_child_may_stand_before_its_parent(importer: Importer) -> None:
    """And may even be older, by a wrong clock."""
    importer.disqus(thread("1"), post("b", parent="a", createdAt="2015-02-01T00:00:00Z"), post("a"))
    assert importer.comments()["b"]["parent"] == "a"
    check_counts(importer)


def test_orphans_answer_a_stub_and_are_not_promoted(importer: Importer) -> None:
    """One stub for all replies to the same missing parent, also when that parent was refused."""
    report = importer.disqus(
        thread("1"), post("a", parent="gone"), post("b", parent="gone"), post("c", createdAt="never"),
        post("d", parent="c"),
    )  # fmt: skip
    found = importer.comments()
    assert (report.stubs, report.comments.imported) == (2, 3)
    assert {found[name]["parent"] for name in "ab"} == {"missing:1:gone"}
    assert found["d"]["parent"] == "missing:1:c"
    stub = found["missing:1:gone"]
    assert (stub["state"], stub["shown"], stub["replies"], stub["author"]) == ("removed", 1, 2, "Guest")
    check_counts(importer)


def test_endless_ids_are_refused_alone(importer: Importer) -> None:
    """They become keys: PostgreSQL would end in the middle, and no archive of ours could be read back."""
    most, more = letters(IMPORT_ID_CHARS), letters(IMPORT_ID_CHARS + 1)
    report = importer.disqus(
        thread(most, forum=letters(4_000)),
        thread(more, "https://harrowgate.example/other"),
        thread("3", f"https://harrowgate.example/{letters(1_900)}"),
        post(most, most, parent=letters(IMPORT_ID_CHARS)[::-1], username=letters(4_000)),
        post(more, most),
        post("b", most, parent=more),
        post("c", more),
        post("d", "3"),
    )
    assert importer.reasons == {
        "story 2": "id_too_long", "story 3": "bad_link", "comment 2": "id_too_long", "comment 3": "id_too_long",
        "comment 4": "id_too_long", "comment 5": "story_refused",
    }  # fmt: skip
    assert (report.comments.imported, report.stubs) == (1, 1)


def test_rows_that_contradict_are_refused_alone(importer: Importer) -> None:
    """Circles, double ids, foreign parents, missing stories, empty and endless texts."""
    report = importer.disqus(
        thread("1"),
        thread("2", "https://harrowgate.example/other"),
        post("a", parent="b"),
        post("b", parent="a"),
        post("c", parent="b"),
        post("self", parent="self"),
        post("d"),
        post("d", message="something else"),
        post("d"),
        post("e", "2", parent="d"),
        post("f", "nowhere"),
        post("g", message="<img><p> </p>"),
        post("h", message="x" * 70_000),
        post("i", "2"),
    )
    assert importer.reasons == {
        "comment 1": "reply_cycle", "comment 2": "reply_cycle", "comment 3": "reply_cycle",
        "comment 4": "reply_cycle", "comment 6": "duplicate_id", "comment 7": "repeated_row",
        "comment 8": "foreign_parent", "comment 9": "story_missing", "comment 10": "empty_body",
        "comment 11": "body_too_long",
    }  # fmt: skip
    assert set(importer.comments()) == {"d", "i"}
    assert report.comments.refused + report.comments.skipped + report.comments.imported == 12
    check_counts(importer)


def test_several_threads_of_one_address_become_one_story(importer: Importer) -> None:
    """http and https, a slash more, a host that moved."""
    report = importer.disqus(
        thread("1", "http://old.example/bridge"),
        thread("2", "https://harrowgate.example/bridge/"),
        thread("3", "https://harrowgate.example/bridge?utm_source=mail"),
        post("a", "1"), post("b", "2", parent="a"), post("c", "3"),
        choices=Choices(hosts={"old.example": "harrowgate.example"}),
    )  # fmt: skip
    assert (report.stories.imported, report.stories.merged) == (1, 2)
    assert importer.rows("SELECT url, comment_count FROM story") == [("http://harrowgate.example/bridge", 3)]
    assert importer.comments()["b"]["parent"] == "a"


def test_stories_are_left_out_with_their_reason(importer: Importer) -> None:
    """Without comments, deleted, without a usable address."""
    report = importer.disqus(
        thread("1"), thread("2", isDeleted="true"), thread("3", "ftp://x.example/"), thread("4", ""),
        post("b", "2"), post("c", "3"), post("d", "4"),
    )  # fmt: skip
    assert importer.reasons == {
        "story 1": "story_without_comments", "story 2": "story_deleted", "story 3": "bad_link",
        "story 4": "story_without_link", "comment 1": "story_deleted", "comment 2": "story_refused",
        "comment 3": "story_refused",
    }  # fmt: skip
    assert report.comments.imported == 0
    assert importer.rows("SELECT count(*) FROM story") == [(0,)]


def test_a_story_that_is_there_takes_the_comments(importer: Importer) -> None:
    """Known by its address, however it is spelt."""
    importer.disqus(thread("1"), post("a"))
    report = importer.disqus(thread("9", "http://www.harrowgate.example/bridge/", forum="sister"), post("z", "9"))
    assert (report.stories.already_there, report.stories.imported) == (1, 0)
    assert importer.rows("SELECT comment_count FROM story") == [(2,)]


def test_replies_deeper_than_the_limit_stand_beside(importer: Importer) -> None:
    """As new ones do."""
    chain = [post(f"{n}", parent=f"{n - 1}" if n else "") for n in range(COMMENT_DEPTH + 6)]
    importer.disqus(thread("1"), *chain)
    found = importer.comments()
    assert max(comment["depth"] for comment in found.values()) == COMMENT_DEPTH
    assert {found[f"{COMMENT_DEPTH + n}"]["parent"] for n in range(6)} == {f"{COMMENT_DEPTH - 1}"}
    check_counts(importer)


def test_mail_addresses_are_kept_only_as_digests(importer: Importer) -> None:
    """So that somebody can claim what they wrote, and nobody can read the address."""
    importer.disqus(thread("1"), post("a", email="Ada@harrowgate.example"))
    assert importer.rows("SELECT email FROM account") == [(None,)]
    assert len(bytes(importer.rows("SELECT email_sha256 FROM account")[0][0])) == 32
    assert "ada@" not in repr(importer.everything(*CONTENT, "import_run")).lower()


def test_spam_can_be_left_out(importer: Importer) -> None:
    """And is counted."""
    importer.disqus(thread("1"), post("a"), post("b", isSpam="true"), choices=Choices(without_spam=True))
    assert importer.reasons == {"comment 2": "spam"}


def test_a_second_import_adds_nothing(importer: Importer) -> None:
    """Every row is told to be there already, and no row of the store changes."""
    rows = [*many(400), post("orphan", parent="gone")]
    first = importer.disqus(*rows)
    before = importer.everything()
    second = importer.disqus(*rows)
    assert (second.comments.imported, second.comments.already_there) == (0, first.comments.imported)
    assert (second.stories.imported, second.stories.already_there) == (0, first.stories.imported)
    assert (second.accounts, second.stubs) == (0, 0)
    assert importer.everything() == before


def test_a_newer_export_adds_what_is_new(importer: Importer) -> None:
    """Replies to what was there count there; a stub of the first import is found again."""
    old = [thread("1"), post("a"), post("b", isDeleted="true"), post("o", parent="gone")]
    importer.disqus(*old)
    report = importer.disqus(*old, post("c", parent="a"), post("d", parent="b"), post("e", parent="d"),
                             post("p", parent="gone"))  # fmt: skip
    found = importer.comments()
    assert (report.comments.imported, report.comments.already_there, report.stubs) == (4, 3, 0)
    assert [found[name]["replies"] for name in ("a", "b", "d", "missing:1:gone")] == [1, 1, 1, 2]
    assert found["b"]["shown"] == 1
    check_counts(importer)


def test_a_part_export_finds_its_parents_in_the_store(importer: Importer) -> None:
    """Only the new comments are in the file; what they answer came earlier."""
    importer.disqus(thread("1"), post("a"), post("b", parent="a"))
    report = importer.disqus(thread("1"), post("c", parent="b"))
    found = importer.comments()["c"]
    assert (found["parent"], found["root"], found["depth"], report.stubs) == ("b", "a", 2, 0)
    check_counts(importer)


def test_a_dry_run_changes_nothing(importer: Importer) -> None:
    """It says what the import then does."""
    before = importer.everything()
    planned = importer.disqus(*many(200), dry_run=True)
    assert importer.everything() == before
    done = importer.disqus(*many(200))
    assert (planned.comments, planned.stories, planned.accounts) == (done.comments, done.stories, done.accounts)


def test_no_event_and_no_mail_comes_of_an_import(importer: Importer) -> None:
    """Nobody is told of a comment of ten years ago."""
    importer.disqus(*many(100))
    assert importer.rows("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM mail)") == [(0,)]


def test_threads_are_whole_in_every_transaction(importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever an import is stopped, all numbers are right as far as it goes."""
    from moothall.exchange import apply

    monkeypatch.setattr(apply, "BATCH_COMMENTS", 50)
    stops = []

    def stop_later(_conn: object, _source: str, _digest: str, *, written: int, at_ms: int) -> None:
        stops.append(written)
        if len(stops) == 4:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(apply.store, "mark_run", stop_later)
        with pytest.raises(KeyboardInterrupt):
            importer.disqus(*many(900))
    assert importer.rows("SELECT count(*) FROM comment") == [(sum(stops[:3]),)]
    check_counts(importer)
    report = importer.disqus(*many(900))
    assert report.comments.already_there == sum(stops[:3])
    assert importer.rows("SELECT count(*) FROM comment") == [(900,)]
    check_counts(importer)


def test_a_huge_thread_is_one_transaction_in_small_pieces(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its counts are right whenever it is seen, and memory does not grow with it."""
    from moothall.exchange import apply

    pieces: list[int] = []

    def write(conn: Connection, source: str, batch: list[Planned]) -> None:
        pieces.append(len(batch))
        write_comments(conn, source, batch)

    write_comments = apply._write_comments
    monkeypatch.setattr(apply, "BATCH_COMMENTS", 50)
    monkeypatch.setattr(apply, "_write_comments", write)
    replies = [post(f"{n}", parent="a") for n in range(230)]
    seen: list[int] = []
    monkeypatch.setattr(
        "tests.journey.importing._silent", lambda phase, done, _: seen.append(done) if phase == "write" else None
    )
    importer.disqus(thread("1"), post("a"), *replies, post("b"), post("c"))
    assert pieces == [50, 50, 50, 50, 31, 2]
    assert seen == [231, 233]
    check_counts(importer)


def test_the_export_of_issos_tests_comes_in(importer: Importer) -> None:
    """All its rows are accounted for."""
    from moothall.exchange.disqus import Disqus

    content = corpus("imports/isso/disqus.xml").read_bytes()
    report = importer.take(content, Disqus(now_ms=importer.clock()))
    assert (report.comments.rows, report.comments.imported, report.comments.refused) == (6, 5, 1)
    assert (report.stories.rows, report.stories.imported, report.stories.skipped) == (3, 2, 1)
    check_counts(importer)


def test_hostile_names_and_texts_come_in_harmless(importer: Importer) -> None:
    """Names lose what hides in them; texts end with our own renderer and its allow-list."""
    importer.disqus(
        thread("1", title="Bridge \u202eegdirb"),
        post("a", name="A\u202eda\u200b", message="<script>alert(1)</script><b onclick=x>Hi</b><svg onload=x>"),
    )
    found = importer.comments()["a"]
    assert found["author"] == "Ada"
    assert found["html"] == "<p><strong>Hi</strong></p>"
    assert "<" not in ALLOWED.sub("", found["html"])
    assert importer.rows("SELECT headline FROM story") == [("Bridge egdirb",)]
