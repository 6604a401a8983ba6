"""Imports a hand-made archive and looks at what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from moothall.exchange.disqus import Disqus
from moothall.exchange.report import Report
from moothall.exchange.run import Import, Workplace
from moothall.exchange.stage import Choices, Reader
from moothall.kernel.ids import made_at_ms
from moothall.store.database import Database
from tests.newsroom.archives import disqus
from tests.newsroom.clock import FakeClock


@dataclass
class Importer:
    """One newsroom that takes archives in."""

    db: Database
    folder: Path
    clock: FakeClock
    reasons: dict[str, str] = field(default_factory=dict)
    """Of the last import: row to reason, such as "comment 3" to "reply_cycle"."""

    def disqus(self, *rows: str, **asked: Any) -> Report:
        """Import these Disqus rows."""
        return self.take(disqus(*rows), Disqus(now_ms=self.clock()), **asked)

    def take(
        self, content: bytes, reader: Reader, *, choices: Choices | None = None, dry_run: bool = False
    ) -> Report:
        """Import a file; refused rows are left out."""
        path = self.folder / "archive"
        path.write_bytes(content)
        place = Workplace(self.db, self.folder / "scratch", self.clock)
        with Import(place, reader, path, choices or Choices()) as job:
            report = job.check(_silent)
            notes = [*job.notes("refused"), *job.notes("skipped")]
            self.reasons = {f"{note.kind} {note.number}": note.reason for note in notes}
            if not dry_run:
                report = job.write(_silent)
        assert not (self.folder / "scratch").exists()
        return report

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the store holds now."""
        with self.db.engine.connect() as conn:
            return [tuple(row) for row in conn.execute(text(query))]

    def comments(self) -> dict[str, dict[str, Any]]:
        """All imported comments by what the file called them; parent and root likewise."""
        names = dict(self.rows("SELECT id, external_id FROM import_map WHERE kind = 'comment'"))
        found = self.rows(
            "SELECT c.id, c.parent_id, c.root_id, c.depth, c.state, c.shown, c.reply_count, c.body, c.body_html,"
            " a.display_name, c.story_id FROM comment c JOIN account a ON a.id = c.author_id ORDER BY c.id"
        )
        return {
            names[row[0]]: {
                "parent": names.get(row[1], ""), "root": names[row[2]], "depth": row[3], "state": row[4],
                "shown": row[5], "replies": row[6], "body": row[7], "html": row[8], "author": row[9],
                "story": row[10], "at_ms": made_at_ms(row[0]),
            }
            for row in found
        }  # fmt: skip

    def everything(self, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of these tables, to compare two newsrooms."""
        return {table: sorted(self.rows(f"SELECT * FROM {table}"), key=repr) for table in tables or CONTENT}


CONTENT = ("section", "story", "keyword", "story_keyword", "account", "identity", "comment", "import_map")


def check_counts(importer: Importer) -> None:
    """Every stored number is what counting the rows gives."""
    wrong: Sequence[object] = importer.rows(
        "SELECT c.id FROM comment c WHERE c.reply_count <>"
        " (SELECT count(*) FROM comment r WHERE r.parent_id = c.id AND r.shown = 1)"
        " OR c.shown <> (CASE WHEN c.state = 'live' OR c.reply_count > 0 THEN 1 ELSE 0 END)"
    )
    assert not wrong
    wrong = importer.rows(
        "SELECT s.id FROM story s WHERE s.comment_count <>"
        " (SELECT count(*) FROM comment c WHERE c.story_id = s.id AND c.state = 'live')"
        " OR s.newest_comment <>"
        " coalesce((SELECT max(c.id) FROM comment c WHERE c.story_id = s.id AND c.state = 'live'), 0)"
    )
    assert not wrong
    wrong = importer.rows(
        "SELECT c.id FROM comment c JOIN comment p ON p.id = c.parent_id"
        " WHERE c.depth <> p.depth + 1 OR c.root_id <> p.root_id OR c.story_id <> p.story_id"
    )
    assert not wrong


def _silent(_phase: str, _done: int, _total: int) -> None:
    pass
