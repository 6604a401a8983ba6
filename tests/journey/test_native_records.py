"""What a newsroom decided moves with it: reports, blocks, sanctions, statements, appeals, the ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from moothall.exchange.native_records import KINDS, AccountLine
from moothall.moderation.ledger import GENESIS, LedgerEntry, chained, day_of
from moothall.store import ledger, tables
from moothall.store.database import Database, open_database
from moothall.store.native_tables import CARRIED, Carried, Cell
from tests.journey.importing import Importer
from tests.journey.test_import_native import bring_in, content, lines_of, refusal, sealed, taken_out
from tests.newsroom.archives import many
from tests.newsroom.clock import FakeClock

AT_MS = 1_700_000_000_000
# Carried by lines of their own kind.
TOLD = {
    "section", "keyword", "photo", "photo_rendition", "account", "identity", "story", "story_keyword", "correction",
    "story_related", "comment", "comment_revision", "reaction", "import_map",
}  # fmt: skip
# Made again from the ledger.
MADE_AGAIN = {"ledger_head", "ledger_root"}
# Named in docs/newsroom/moving-in.md with the reason.
LEFT_BEHIND = {
    "session", "proved_session", "signin_flow", "second_factor", "recovery_code", "passkey", "api_key", "site",
    "mail", "outbox", "visit", "import_run", "console_claim", "console_act",
}  # fmt: skip


@pytest.fixture
def importer(tmp_path: Path, clock: FakeClock) -> Iterator[Importer]:
    """A newsroom with something in each of its records."""
    db = open_database(f"sqlite:///{tmp_path / 'first.db'}")
    made = Importer(db, tmp_path, clock)
    made.disqus(*many(40))
    furnish(made)
    yield made
    db.close()


@pytest.fixture
def empty(db: Database, tmp_path: Path, clock: FakeClock) -> Importer:
    return Importer(db, tmp_path, clock)


def furnish(importer: Importer) -> None:
    """Two rows in each table; 40 entries of a ledger over two days."""
    ids = {
        of: [row[0] for row in importer.rows(f"SELECT id FROM {of} ORDER BY id LIMIT 2")]
        for of in ("account", "comment", "story")
    }
    ids["review_sample"] = [1, 2]
    with importer.db.engine.begin() as conn:
        for name, table in CARRIED.items():
            if name != "ledger":
                for turn in (0, 1):
                    conn.execute(insert(tables.metadata.tables[name]).values(**row_of(table, turn, ids)))
        for entry in chain(40):
            values = {field: getattr(entry, field) for field in LedgerEntry.__struct_fields__}
            conn.execute(insert(tables.ledger).values(decision_id=entry.seq + 100, **values))
            root = {"seq": entry.seq, "hash": entry.hash}
            day = day_of(entry.at_ms)
            conn.execute(tables.ledger_root.delete().where(tables.ledger_root.c.day == day))
            conn.execute(insert(tables.ledger_root).values(day=day, **root))
        conn.execute(insert(tables.ledger_head).values(id=1, at_ms=entry.at_ms, **root))
        conn.exec_driver_sql(
            "UPDATE comment SET report_count = (SELECT count(*) FROM report WHERE comment_id = comment.id"
            " AND settled = 0)"
        )
        conn.exec_driver_sql("UPDATE comment SET featured = 1 WHERE id = (SELECT max(id) FROM comment)")
        conn.exec_driver_sql(
            "UPDATE account SET lang = 'ar', single_keys = 1, sections = 'city'"
            " WHERE id = (SELECT max(id) FROM account)"
        )


def row_of(table: Carried, turn: int, ids: dict[str, list[int]]) -> dict[str, object]:
    """A row in which every column says something, the second time as little as it may."""
    return {cell.name: _value(cell, turn, ids, is_key=cell.name in table.key) for cell in table.cells}


def _value(cell: Cell, turn: int, ids: dict[str, list[int]], *, is_key: bool) -> object:
    if cell.null and turn:
        return None
    if cell.of:
        return ids[cell.of][turn]
    match cell.kind:
        case "id":
            return turn + 1
        case "float":
            return 0.1
        case "list":
            return f"[{turn}]"
        case "number":
            return turn + (1 if is_key else 0)
        case _:
            return min(cell.values) if cell.values else f"“{cell.name}” {turn}"


def chain(count: int) -> Iterator[LedgerEntry]:
    """Entries four hours apart."""
    previous = GENESIS
    for seq in range(1, count + 1):
        entry = chained(
            previous, seq=seq, at_ms=AT_MS + seq * 14_400_000, kind="remove", payload=f'{{"n":"{seq}"}}'
        )
        previous = entry.hash
        yield entry


def records(importer: Importer) -> dict[str, list[tuple[object, ...]]]:
    """All that records hold."""
    return importer.everything(*CARRIED, *MADE_AGAIN)


def test_records_move_with_the_newsroom(importer: Importer, empty: Importer) -> None:
    """Each column of each row; the ledger is whole, with its end and its days; the same bytes go out again."""
    first = taken_out(importer)
    report = bring_in(empty, first)
    assert report.imported["record"] == 40 + 2 * (len(CARRIED) - 1)
    assert records(empty) == records(importer)
    assert content(empty) == content(importer)
    assert empty.rows("SELECT id, report_count FROM comment ORDER BY id") == importer.rows(
        "SELECT id, report_count FROM comment ORDER BY id"
    )
    assert taken_out(empty, "again.jsonl") == first
    assert empty.db.read_now(ledger.verify) is None


def test_records_come_once(importer: Importer, empty: Importer) -> None:
    """A second time all is told to be there."""
    archive = taken_out(importer)
    bring_in(empty, archive)
    before = records(empty)
    report = bring_in(empty, archive)
    assert (report.imported["record"], report.already_there["record"]) == (0, report.rows["record"])
    assert records(empty) == before


def test_the_ledger_goes_on_where_it_was(importer: Importer, empty: Importer) -> None:
    """A later archive brings the entries since then; an older one takes none away."""
    archive = taken_out(importer)
    lines = lines_of(archive)
    entries = [line for line in lines if b'"of":"ledger","row"' in line]
    shorter = sealed(*(line for line in lines if line not in entries[25:]))
    bring_in(empty, shorter)
    assert empty.rows("SELECT seq FROM ledger_head") == [(25,)]
    bring_in(empty, archive)
    assert records(empty) == records(importer)
    bring_in(empty, shorter)
    assert records(empty) == records(importer)


def test_another_newsrooms_ledger_is_refused(importer: Importer, empty: Importer) -> None:
    """Two chains cannot be one; so with two newsrooms' standards."""
    archive = taken_out(importer)
    bring_in(empty, archive)
    with empty.db.engine.begin() as conn:
        conn.exec_driver_sql("UPDATE ledger SET hash = 'another' WHERE seq = 3")
    assert refusal(empty, archive) == "id_taken"
    with empty.db.engine.begin() as conn:
        conn.exec_driver_sql("DELETE FROM ledger")
        conn.exec_driver_sql("UPDATE standards SET sha256 = 'another' WHERE number = 2")
    assert refusal(empty, archive) == "id_taken"


@pytest.mark.parametrize(
    ("of", "old", "new", "reason"),
    [
        ("ledger", b'{\\"n\\":\\"1\\"}', b'{\\"n\\":\\"2\\"}', "digest_wrong"),
        ("ledger", b'"seq":1,', b'"seq":0,', "digest_wrong"),
        ("sanction", b'"kind":"ban"', b'"kind":"hang"', "not_well_formed"),
        ("sanction", b'"of":"sanction"', b'"of":"session"', "not_well_formed"),
        ("sanction", b'"account_id":"2', b'"account_id":"!', "not_well_formed"),
        ("sanction", b'"account_id":"2', b'"account_id":"7', "bad_reference"),
        ("sanction", b'"account_id":', b'"accounts_id":', "not_well_formed"),
        ("sanction", b'"at_ms":0', b'"at_ms":false', "not_well_formed"),
        ("sanction", b'"at_ms":0', b'"at_ms":4611686018427387904', "not_well_formed"),
        ("sanction", b'"reason":"', b'"reason":"\\u0000', "not_well_formed"),
        ("sanction", b'"at_ms":0', b'"at_ms":null', "not_well_formed"),
        ("finding", b'"value":0.1', b'"value":"0"', "not_well_formed"),
        ("statement", b'"spans":"[0]"', b'"spans":"[0"', "not_well_formed"),
        ("statement", b'"spans":"[0]"', b'"spans":"{}"', "not_well_formed"),
        ("finding", b'"value":0.1', b'"value":1', "not_well_formed"),
        ("sampled", b'"sample_id":"0000000000001"', b'"sample_id":"0000000000000"', "bad_reference"),
    ],
)
def test_a_forged_record_is_refused(
    importer: Importer, empty: Importer, of: str, old: bytes, new: bytes, reason: str
) -> None:
    """Whole and well sealed otherwise: nothing is changed."""
    lines = lines_of(taken_out(importer))
    at = next(n for n, line in enumerate(lines) if line.startswith(b'{"kind":"record","of":"' + of.encode() + b'"'))
    assert old in lines[at], lines[at]
    lines[at] = lines[at].replace(old, new, 1)
    assert refusal(empty, sealed(*lines)) == reason


def test_an_archive_from_before_there_were_records_comes_in(importer: Importer, empty: Importer) -> None:
    """Its last line does not count them."""
    lines = [line for line in lines_of(taken_out(importer)) if not line.startswith(b'{"kind":"record"')]
    old = sealed(*lines).replace(b',"record":0', b"")
    assert b'"record"' not in old
    assert bring_in(empty, old).imported["comment"] == 40


def test_each_table_is_carried_or_left_behind_on_purpose() -> None:
    """A new table must say which."""
    every = {str(name) for name in tables.metadata.tables}
    assert every - TOLD - MADE_AGAIN - LEFT_BEHIND - set(CARRIED) == set()
    assert TOLD | MADE_AGAIN | set(CARRIED) <= every
    assert {str(column.name) for column in tables.account.columns} == {*AccountLine.__struct_fields__} - {
        "identities"
    }
    assert KINDS[-1] == "record"
