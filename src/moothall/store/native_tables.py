"""The newsroom's records that a native archive carries as they are, table by table.

What is a page, a person or a comment has a line of its own kind (`exchange/native_records`); these are the
tables of which an archive needs to know no more than their columns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import CheckConstraint, Column, Connection, Float, Table, Text

from moothall.store import tables
from moothall.store.raw import rows, run, run_many

_PAGE = 1_000
_CHUNK = 200
Value = int | float | str | None
Record = dict[str, Value]
_Values = tuple[Value, ...]


class Cell(NamedTuple):
    """A column.  `kind` is "id", "number", "float", "text" or "list" (of JSON).

    `of` is the table that an id must be found in.
    """

    name: str
    kind: str
    null: bool
    of: str
    values: frozenset[str]
    """The words that it may hold; empty for any."""


class Carried(NamedTuple):
    """A table; rows that agree in `key` but not in `same` belong to another newsroom."""

    name: str
    position: int
    cells: tuple[Cell, ...]
    key: tuple[str, ...]
    same: tuple[str, ...]


def _carried(position: int, table: Table, same: tuple[str, ...]) -> Carried:
    words = {
        check.info["column"]: check.info["values"]
        for check in table.constraints
        if isinstance(check, CheckConstraint) and check.info
    }
    cells = tuple(_cell(column, words.get(column.name, frozenset())) for column in table.columns)
    return Carried(str(table.name), position, cells, tuple(str(c.name) for c in table.primary_key), same)


def _cell(column: Column[object], words: frozenset[str]) -> Cell:
    of = next((str(key.column.table.name) for key in column.foreign_keys), "")
    if isinstance(column.type, Float):
        kind = "float"
    elif isinstance(column.type, Text):
        kind = "list" if str(getattr(column.server_default, "arg", "")) == "[]" else "text"
    else:
        kind = "id" if column.name == "id" or column.name.endswith("_id") else "number"
    return Cell(str(column.name), kind, bool(column.nullable), of, words)


# Later ones may need earlier ones.
CARRIED: Mapping[str, Carried] = {
    str(table.name): _carried(position, table, same)
    for position, (table, same) in enumerate(
        (
            (tables.standards, ("sha256",)),
            (tables.block, ()),
            (tables.report, ()),
            (tables.finding, ()),
            (tables.nudge, ("account_id",)),
            (tables.decision, ("kind", "at_ms")),
            (tables.decision_trace, ()),
            (tables.sanction, ("account_id", "kind", "at_ms")),
            (tables.statement, ("account_id", "comment_id", "at_ms")),
            (tables.eu_sent, ("fate",)),
            (tables.notice, ("code_sha256",)),
            (tables.notice_sender, ()),
            (tables.appeal, ("statement_id", "notice_id")),
            (tables.trusted_flagger, ()),
            (tables.erasure, ("account_id",)),
            (tables.review_sample, ("seed",)),
            (tables.sampled, ()),
            (tables.kept, ()),
            (tables.ledger, ("hash",)),
            (tables.ledger_opening, ("salt",)),
        )
    )
}


# Of these an archive has lines of their own kinds; here only so that they can be found.
NAMED: Mapping[str, Carried] = {
    kind: _carried(0, table, ())
    for kind, table in (
        ("section", tables.section),
        ("keyword", tables.keyword),
        ("related", tables.story_related),
        ("origin", tables.import_map),
    )
}


def read(conn: Connection, table: Carried) -> Iterator[Record]:
    """All rows by their key; text compares byte by byte, whatever the cluster's locale."""
    names = [cell.name for cell in table.cells]
    text = {cell.name for cell in table.cells if cell.kind == "text" and conn.dialect.name == "postgresql"}
    order = ", ".join(f'{name} COLLATE "C"' if name in text else name for name in table.key)
    places = [names.index(name) for name in table.key]
    query = f"SELECT {', '.join(names)} FROM {table.name}"  # noqa: S608 - names of our own tables
    page = rows(conn, f"{query} ORDER BY {order} LIMIT {_PAGE}")
    marks = ", ".join("?" * len(places))
    while page:
        yield from (dict(zip(names, found, strict=True)) for found in page)
        last = [page[-1][place] for place in places]
        page = rows(conn, f"{query} WHERE ({order}) > ({marks}) ORDER BY {order} LIMIT {_PAGE}", last)


def find(conn: Connection, table: Carried, keys: Sequence[_Values]) -> dict[_Values, _Values]:
    """Key to the columns that must be the same, of the rows that are there."""
    found: dict[_Values, _Values] = {}
    columns, width = ", ".join((*table.key, *table.same)), len(table.key)
    one = f"({', '.join('?' * width)})"
    for at in range(0, len(keys), _CHUNK):
        chunk = keys[at : at + _CHUNK]
        query = f"SELECT {columns} FROM {table.name} WHERE ({', '.join(table.key)}) IN"  # noqa: S608 - as above
        values = [value for key in chunk for value in key]
        for row_found in rows(conn, f"{query} (VALUES {', '.join([one] * len(chunk))})", values):
            found[tuple(row_found[:width])] = tuple(row_found[width:])
    return found


def add(conn: Connection, table: Carried, records: Sequence[Record]) -> None:
    """Insert rows, and what follows from them: counts of reports, the ends of the ledger."""
    names = [cell.name for cell in table.cells]
    query = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
    run_many(conn, f"{query} ON CONFLICT DO NOTHING", [[record[name] for name in names] for record in records])
    if table.name == tables.report.name:
        _count_reports(conn, {record["comment_id"] for record in records})


def end_ledger(conn: Connection, roots: Iterable[tuple[str, int, str]]) -> None:
    """The chain ends with its last entry.  Args: roots: (day, seq, hash) of the entries that were added."""
    run_many(
        conn,
        "INSERT INTO ledger_root (day, seq, hash) VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE"
        " SET seq = excluded.seq, hash = excluded.hash WHERE excluded.seq > ledger_root.seq",
        list(roots),
    )
    run(conn, "DELETE FROM ledger_head")
    last = "SELECT 1, seq, at_ms, hash FROM ledger ORDER BY seq DESC LIMIT 1"
    run(conn, f"INSERT INTO ledger_head (id, seq, at_ms, hash) {last}")


def _count_reports(conn: Connection, comments: Iterable[Value]) -> None:
    run_many(
        conn,
        "UPDATE comment SET report_count ="
        " (SELECT count(*) FROM report r WHERE r.comment_id = comment.id AND r.settled = 0) WHERE id = ?",
        [(comment,) for comment in comments],
    )
