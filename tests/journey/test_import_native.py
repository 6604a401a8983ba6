"""A newsroom takes everything out and brings it in elsewhere."""

import gzip
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import text

from moothall.discussion.ranking import wilson
from moothall.exchange.native_export import export
from moothall.exchange.native_import import NativeImport, NativeReport
from moothall.exchange.run import Workplace
from moothall.kernel.errors import ImportRefused
from moothall.kernel.ids import to_text
from moothall.kernel.limits import IMPORT_ID_CHARS
from moothall.store.database import Database, open_database
from moothall.store.native_reads import OldDatabase
from tests.journey.importing import Importer, check_counts
from tests.newsroom.archives import letters, many, post, thread
from tests.newsroom.clock import FakeClock

TABLES = (
    "section", "story", "keyword", "story_keyword", "story_related", "correction", "photo", "photo_rendition",
    "account", "identity", "comment", "comment_revision", "reaction", "import_map",
)  # fmt: skip
FURNITURE = """
INSERT INTO keyword VALUES ('bridges', 'Bridges'), ('river-ouze', 'River Ouze');
INSERT INTO story_keyword VALUES (:story, 'river-ouze', 0), (:story, 'bridges', 1);
INSERT INTO story_related VALUES (:story, :other, 0);
INSERT INTO correction VALUES (5, :story, 'The bridge is older.', 1700000000000);
INSERT INTO photo (id, sha256, width, height, widths, made_at_ms) VALUES (7, :digest, 48, 32, '48', 1);
INSERT INTO photo_rendition VALUES (7, 48, 'image/jpeg', :photo);
UPDATE story SET photo_id = 7, photo_caption = 'The bridge “now”', body = '## Who knew?',
  body_html = '<h2>Who knew?</h2>', embargo_until_ms = 1700000000000, updated_at_ms = 3 WHERE id = :story;
UPDATE account SET role = 'moderator', name_key = 'reader', email = 'r@harrowgate.example' WHERE id = :staff;
UPDATE account SET banned_until_ms = 4611686018427387903, ban_reason = 'spam' WHERE id = :banned;
UPDATE comment SET revision = 1, edited_at_ms = 1700000000000, respect = 2, disagree = 1, score = :score,
  lang = 'en' WHERE id = :comment;
INSERT INTO comment_revision VALUES (:comment, 0, 'First *words*', '<p>First <em>words</em></p>', 1699999999999);
UPDATE comment SET removal_rule = 'abuse' WHERE state = 'removed'
"""
LEFT_BEHIND = {"comment": {"key", "report_count"}, "story": {"version"}}


@pytest.fixture
def importer(tmp_path: Path, clock: FakeClock) -> Iterator[Importer]:
    """A newsroom with an imported archive, and with all that only lives with us."""
    db = open_database(f"sqlite:///{tmp_path / 'first.db'}")
    made = Importer(db, tmp_path, clock)
    made.disqus(*many(300), thread("99", "https://harrowgate.example/x"), post("o", "99", parent="gone"))
    furnish(made)
    yield made
    db.close()


def furnish(importer: Importer) -> None:
    """A photo, a correction, keywords, pinned stories, staff, a ban, revisions and reactions."""
    story, other = (row[0] for row in importer.rows("SELECT id FROM story ORDER BY id LIMIT 2"))
    people = [row[0] for row in importer.rows("SELECT id FROM account ORDER BY id LIMIT 3")]
    comments = [row[0] for row in importer.rows("SELECT id FROM comment WHERE state = 'live' ORDER BY id LIMIT 2")]
    values = {
        "story": story, "other": other, "digest": bytes(range(32)), "photo": jpeg(48), "staff": people[0],
        "banned": people[1], "comment": comments[0], "score": wilson(2, 1),
    }  # fmt: skip
    with importer.db.engine.begin() as conn:
        for statement in FURNITURE.split(";\n"):
            names = re.findall(r"(?<!:):(\w+)", statement)
            conn.execute(text(statement), {name: values[name] for name in names})
        for person, kind in zip(people, ("respect", "respect", "disagree"), strict=True):
            answer = {"c": comments[0], "p": person, "k": kind}
            conn.execute(text("INSERT INTO reaction VALUES (:c, :p, :k, 1700000000000)"), answer)


def jpeg(width: int) -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", (width, 32), "#7a8b99").save(packed, "JPEG")
    return packed.getvalue()


def taken_out(importer: Importer, name: str = "archive.jsonl") -> bytes:
    """The archive of a newsroom."""
    path = importer.folder / name
    export(str(importer.db.engine.url.render_as_string(hide_password=False)), path)
    return path.read_bytes()


def bring_in(importer: Importer, content: bytes, *, dry_run: bool = False) -> NativeReport:
    """Import an archive of ours."""
    path = importer.folder / "incoming.jsonl"
    path.write_bytes(content)
    with NativeImport(Workplace(importer.db, importer.folder / "scratch", importer.clock), path) as job:
        report = job.check(lambda *_: None)
        return report if dry_run else job.write(lambda *_: None)


@pytest.fixture
def empty(db: Database, tmp_path: Path, clock: FakeClock) -> Importer:
    return Importer(db, tmp_path, clock)


def content(importer: Importer) -> dict[str, list[tuple[object, ...]]]:
    """Everything that an archive carries, with what is made again from it."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with importer.db.engine.connect() as conn:
        for table in TABLES:
            result = conn.execute(text(f"SELECT * FROM {table}"))
            left = LEFT_BEHIND.get(table, set())
            rows = [tuple(_plain(v) for k, v in row.items() if k not in left) for row in result.mappings()]
            found[table] = sorted(rows, key=repr)
    return found


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def test_out_and_in_again_gives_the_same_bytes(importer: Importer, empty: Importer) -> None:
    """And the same rows, counts and cleaned HTML included."""
    first = taken_out(importer)
    report = bring_in(empty, first)
    assert report.imported["comment"] == 302
    assert taken_out(empty, "again.jsonl") == first
    assert content(empty) == content(importer)
    check_counts(empty)


def test_a_database_of_another_version_is_named(importer: Importer) -> None:
    """Writing an archive changes nothing, so it cannot bring the tables up to date."""
    with importer.db.engine.begin() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '20200101_0000'")
    with pytest.raises(OldDatabase, match="20200101_0000"):
        taken_out(importer)


def test_packed_is_the_same(importer: Importer, empty: Importer) -> None:
    """Twice packed gives the same bytes, too."""
    packed = taken_out(importer, "archive.jsonl.gz")
    assert gzip.decompress(packed) == taken_out(importer)
    assert packed == taken_out(importer, "archive.jsonl.gz")
    bring_in(empty, packed)
    assert taken_out(empty, "again.jsonl.gz") == packed


def test_in_twice_adds_nothing(importer: Importer, empty: Importer) -> None:
    """All is told to be there."""
    archive = taken_out(importer)
    bring_in(empty, archive)
    before = content(empty)
    report = bring_in(empty, archive)
    assert (report.already_there["comment"], set(report.imported.values()), report.staff) == (302, {0}, 0)
    assert content(empty) == before


def test_a_later_archive_adds_what_is_new(importer: Importer, empty: Importer) -> None:
    """Replies to what was there are counted there."""
    bring_in(empty, taken_out(importer))
    importer.disqus(thread("99", "https://harrowgate.example/x"), post("n", "99", parent="o"))
    report = bring_in(empty, taken_out(importer))
    assert report.imported["comment"] == 1
    assert content(empty)["comment"] == content(importer)["comment"]
    check_counts(empty)


def test_an_import_that_was_stopped_is_finished(
    importer: Importer, empty: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same rows as without the stop."""
    from moothall.exchange import native_check, native_import

    archive = taken_out(importer)
    monkeypatch.setattr(native_check, "PAGE", 40)
    calls: list[int] = []

    def stop_later(*args: object) -> None:
        calls.append(1)
        if len(calls) == 12:
            raise KeyboardInterrupt
        write_page(*args)

    write_page = native_import.write_page
    with monkeypatch.context() as patch:
        patch.setattr(native_import, "write_page", stop_later)
        with pytest.raises(KeyboardInterrupt):
            bring_in(empty, archive)
    assert 0 < len(content(empty)["comment"]) < 302
    bring_in(empty, archive)
    assert content(empty) == content(importer)


def test_a_foreign_import_is_known_after_the_move(importer: Importer, empty: Importer) -> None:
    """The Disqus file that was imported there adds nothing here."""
    bring_in(empty, taken_out(importer))
    report = empty.disqus(*many(300))
    assert (report.comments.imported, report.comments.already_there) == (0, 300)


def test_staff_accounts_are_pointed_out(importer: Importer, empty: Importer) -> None:
    """An archive from elsewhere could bring an administrator along."""
    assert bring_in(empty, taken_out(importer), dry_run=True).staff == 1
    assert empty.rows("SELECT count(*) FROM account") == [(0,)]


def sealed(*lines: bytes) -> bytes:
    """An archive of these lines with a footer that fits."""
    import hashlib
    import json

    counts = dict.fromkeys(
        ("section", "keyword", "photo", "account", "story", "related", "comment", "origin", "record"), 0
    )
    whole = b"".join(line + b"\n" for line in (b'{"kind":"moothall","version":1}', *lines))
    for line in lines:
        counts[json.loads(line)["kind"]] += 1
    footer = {"kind": "end", "counts": counts, "sha256": hashlib.sha256(whole).hexdigest()}
    return whole + json.dumps(footer, separators=(",", ":")).encode() + b"\n"


def lines_of(archive: bytes) -> list[bytes]:
    """The lines between header and footer."""
    return archive.split(b"\n")[1:-2]


def refusal(importer: Importer, archive: bytes) -> str:
    """The reason for which an archive is refused; nothing may have changed."""
    before = content(importer)
    with pytest.raises(ImportRefused) as told:
        bring_in(importer, archive)
    assert content(importer) == before
    assert not (importer.folder / "scratch").exists()
    return str(told.value.params["reason"])


def test_our_own_sealing_is_understood(importer: Importer, empty: Importer) -> None:
    """The refusals below are for what they say: the same lines, sealed again, come in."""
    archive = taken_out(importer)
    assert sealed(*lines_of(archive)) == archive
    assert bring_in(empty, sealed(*lines_of(archive))).imported["comment"] == 302


def test_a_changed_archive_is_refused(importer: Importer, empty: Importer) -> None:
    """One letter, one line less, one line more, the end cut off, another version."""
    archive = taken_out(importer)
    lines = archive.split(b"\n")
    assert refusal(empty, archive.replace(b"number 17,", b"number 71,")) == "digest_wrong"
    assert refusal(empty, b"\n".join(lines[:40] + lines[41:])) == "digest_wrong"
    assert refusal(empty, b"\n".join(lines[:-2]) + b"\n") == "truncated"
    assert refusal(empty, archive[:-40]) == "not_well_formed"
    assert refusal(empty, archive + lines[1] + b"\n") == "not_well_formed"
    assert refusal(empty, archive.replace(b'"version":1', b'"version":2', 1)) == "unknown_version"
    assert refusal(empty, b"") == "empty_file"
    assert refusal(empty, b"<disqus/>") == "not_this_format"
    assert refusal(empty, b"\xff\xfe" + archive) == "not_this_format"


def with_comment(archive: bytes, old: bytes, new: bytes) -> bytes:
    """The archive with a change in its last comment, sealed again."""
    lines = lines_of(archive)
    at = max(n for n, line in enumerate(lines) if line.startswith(b'{"kind":"comment"'))
    assert old in lines[at], lines[at]
    lines[at] = lines[at].replace(old, new, 1)
    return sealed(*lines)


def test_a_forged_archive_is_refused(importer: Importer, empty: Importer) -> None:
    """Well sealed, but it does not fit together."""
    archive = taken_out(importer)
    last = to_text(importer.rows("SELECT max(id) FROM comment")[0][0]).encode()
    nobody = to_text(1).encode()
    author = to_text(importer.rows("SELECT author_id FROM comment ORDER BY id DESC LIMIT 1")[0][0]).encode()
    assert refusal(empty, with_comment(archive, b'"author":"' + author, b'"author":"' + nobody)) == "bad_reference"
    parent = b'"parent":' + with_parent(archive, last)
    assert refusal(empty, with_comment(archive, parent, b'"parent":"' + nobody + b'"')) == "bad_reference"
    assert refusal(empty, with_comment(archive, parent, b'"parent":"' + last + b'"')) == "reply_cycle"
    other = to_text(importer.rows("SELECT id FROM story ORDER BY id LIMIT 1")[0][0]).encode()
    mine = to_text(importer.rows("SELECT story_id FROM comment ORDER BY id DESC LIMIT 1")[0][0]).encode()
    assert other != mine
    assert refusal(empty, with_comment(archive, b'"story":"' + mine, b'"story":"' + other)) == "bad_reference"
    assert refusal(empty, with_comment(archive, b'"lang":null', b'"lang": null')) == "not_well_formed"
    assert refusal(empty, with_comment(archive, b'"body":"', b'"body":"\\u0000')) == "not_well_formed"
    assert refusal(empty, with_comment(archive, b'"state":"', b'"state":"x')) == "not_well_formed"
    lines = lines_of(archive)
    assert refusal(empty, sealed(lines[1], lines[0], *lines[2:])) == "out_of_order"
    assert refusal(empty, sealed(lines[0], *lines)) == "out_of_order"
    assert refusal(empty, sealed(*(line.replace(b'"url":"https:', b'"url":"javascript:') for line in lines))) == (
        "not_well_formed"
    )


def with_parent(archive: bytes, comment: bytes) -> bytes:
    """The parent of a comment, as the archive writes it."""
    import json

    line = next(line for line in lines_of(archive) if line.startswith(b'{"kind":"comment","id":"' + comment))
    return json.dumps(json.loads(line)["parent"]).encode()


@pytest.mark.parametrize(
    ("kind", "field"),
    [(b"story", b'"url":"https://'), (b"account", b'"display_name":"'), (b"account", b'"email":"')],
)
def test_what_no_index_holds_is_refused(importer: Importer, empty: Importer, kind: bytes, field: bytes) -> None:
    """PostgreSQL would break off in the middle: 1,200 characters, as a field may have, are 3,600 bytes."""
    lines = lines_of(taken_out(importer))
    start = b'{"kind":"' + kind
    at = next(n for n, line in enumerate(lines) if line.startswith(start) and field in line)
    lines[at] = lines[at].replace(field, field + "".join(map(chr, range(0x4E00, 0x4E00 + 1_200))).encode(), 1)
    assert refusal(empty, sealed(*lines)) == "not_well_formed"


def test_a_photo_must_be_a_jpeg(importer: Importer, empty: Importer) -> None:
    """Its bytes are served to readers."""
    with importer.db.engine.begin() as conn:
        conn.execute(text("UPDATE photo_rendition SET bytes = :b"), {"b": b"<svg onload=alert(1)>"})
    assert refusal(empty, taken_out(importer)) == "not_well_formed"


def test_html_is_made_again(importer: Importer, empty: Importer) -> None:
    """No archive can bring a script past the renderer."""
    with importer.db.engine.begin() as conn:
        conn.execute(text("UPDATE comment SET body = '<script>x</script> **y**', body_html = '<script>x</script>'"))
    bring_in(empty, taken_out(importer))
    assert empty.rows("SELECT DISTINCT body_html FROM comment") == [
        ("<p>&lt;script&gt;x&lt;/script&gt; <strong>y</strong></p>",)
    ]


@pytest.mark.parametrize(
    "other",
    [
        "UPDATE story SET code = 'zzzzzz' WHERE id = (SELECT min(id) FROM story)",
        "UPDATE account SET made_at_ms = 5 WHERE id = (SELECT min(id) FROM account)",
        "UPDATE identity SET account_id = (SELECT max(id) FROM account)",
        "UPDATE comment SET author_id = (SELECT max(id) FROM account)",
        "UPDATE photo SET sha256 = '00000000000000000000000000000000'",
    ],
)
def test_another_thing_under_the_same_id_is_refused(importer: Importer, empty: Importer, other: str) -> None:
    """An archive never overwrites what the newsroom has."""
    if not empty.db.is_sqlite and "photo" in other:
        other = other.replace("'00", "'\\\\x" + "00" * 31)
    archive = taken_out(importer)
    bring_in(empty, archive)
    with empty.db.engine.begin() as conn:
        conn.exec_driver_sql(other)
    assert refusal(empty, archive) == "id_taken"


def test_the_longest_ids_come_back(importer: Importer, empty: Importer) -> None:
    """What an import took, an archive of ours can carry, stand-ins' names included."""
    most = letters(IMPORT_ID_CHARS)
    importer.disqus(
        thread(most, forum=most),
        post(most, most, parent=most[::-1], username=most),
        post("last", most, parent=most),
    )
    archive = taken_out(importer)
    assert bring_in(empty, archive).imported["comment"] == 305
    assert taken_out(empty, "again.jsonl") == archive


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=80)


@settings(max_examples=25, deadline=None)
@given(bodies=st.lists(WORDS, min_size=1, max_size=6), name=WORDS, headline=WORDS)
def test_any_words_survive(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str], name: str, headline: str
) -> None:
    """Out, in and out again, whatever was written."""
    folder = tmp_path_factory.mktemp("words")
    first = Importer(open_database(f"sqlite:///{folder / 'first.db'}"), folder, FakeClock())
    second = Importer(open_database(f"sqlite:///{folder / 'second.db'}"), folder, FakeClock())
    first.disqus(thread("1"), *(post(f"{n}") for n in range(len(bodies))))
    with first.db.engine.begin() as conn:
        conn.execute(text("UPDATE account SET display_name = :n"), {"n": name})
        conn.execute(text("UPDATE story SET headline = :h"), {"h": headline})
        for (number,), body in zip(first.rows("SELECT id FROM comment ORDER BY id"), bodies, strict=True):
            conn.execute(text("UPDATE comment SET body = :b WHERE id = :i"), {"b": body, "i": number})
    archive = taken_out(first)
    bring_in(second, archive)
    assert taken_out(second, "again.jsonl") == archive
    first.db.close()
    second.db.close()
