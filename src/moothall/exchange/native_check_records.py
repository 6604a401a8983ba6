"""Whether the records of an archive fit together, and are this newsroom's."""

from collections.abc import Iterator

from moothall.exchange.faults import file_fault
from moothall.exchange.native_lines import Numbered
from moothall.exchange.native_records import RecordLine
from moothall.exchange.reasons import FileFault
from moothall.kernel.ids import from_text
from moothall.moderation.ledger import LedgerEntry, follows
from moothall.store.exchange import Connection
from moothall.store.native_staging import Wanted
from moothall.store.native_tables import CARRIED, Record, Value, find

_LEDGER = "ledger"


class LedgerWalk:
    """Follows the ledger's entries as they come."""

    def __init__(self) -> None:
        self._last: LedgerEntry | None = None

    def follow(self, page: list[Numbered]) -> None:
        """Raises: ImportRefused where the chain is broken."""
        for numbered in page:
            entry = ledger_entry(numbered.line) if isinstance(numbered.line, RecordLine) else None
            if entry is None:
                continue
            if not follows(entry, self._last):
                raise file_fault(FileFault.DIGEST, f"Line {numbered.number} breaks the chain of the ledger.")
            self._last = entry


def record(line: RecordLine) -> Record:
    """The row as the store has it: ids as numbers."""
    return {cell.name: _stored(cell.kind, line.row[cell.name]) for cell in CARRIED[line.of].cells}


def ledger_entry(line: RecordLine) -> LedgerEntry | None:
    """The link of the chain that it is, if it is one."""
    if line.of != _LEDGER:
        return None
    row = record(line)
    names = ("seq", "at_ms", "kind", "payload", "previous", "hash")
    return LedgerEntry(*(row[name] for name in names))  # type: ignore[arg-type]


def known_records(conn: Connection, page: list[Numbered]) -> set[str]:
    """Those of a page of one table that are there.  Raises: ImportRefused when others are in their place."""
    lines = [n.line for n in page if isinstance(n.line, RecordLine)]
    table = CARRIED[lines[0].of]
    rows = {line.which: record(line) for line in lines}
    keys = {name: tuple(row[part] for part in table.key) for name, row in rows.items()}
    there = find(conn, table, list(keys.values()))
    for name, key in keys.items():
        if key in there and there[key] != tuple(rows[name][part] for part in table.same):
            where = f"{table.name} {', '.join(map(str, key))}"
            raise file_fault(FileFault.TAKEN, f"This newsroom has something else in the place of {where}.")
    return {name for name, key in keys.items() if key in there}


def uses_of(line: RecordLine, at: int) -> Iterator[Wanted]:
    """What must be there for the database to take it."""
    for cell in CARRIED[line.of].cells:
        value = line.row[cell.name]
        if cell.of and value is not None:
            yield Wanted(cell.of, str(value), at)


def _stored(kind: str, value: Value) -> Value:
    return from_text(value) if kind == "id" and isinstance(value, str) else value
