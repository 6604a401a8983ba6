"""What a person sees of an import: a bar while it runs, one table at its end."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from moothall.exchange.reasons import MEANING, Refusal, Skip
from moothall.exchange.report import Fates, Report
from moothall.store.staging_reads import RowNote

if TYPE_CHECKING:
    from moothall.exchange.native_import import NativeReport
    from moothall.exchange.run import Import

# Enough to see the kind of trouble; the rest is in the report file.
_ROWS_SHOWN = 20
_PHASES = {
    "read": "Checking (bytes)",
    "plan": "Placing replies",
    "write": "Writing (comments)",
    "copy": "Writing (bytes)",
}
_MEANING = {reason.value: text for reason, text in MEANING.items()}


class Screen:
    """A terminal; on anything else the bar is not drawn."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def progress(self, phase: str, done: int, total: int) -> None:
        """Move the bar of a phase."""
        if phase not in self._tasks:
            self._bar.start()
            self._tasks[phase] = self._bar.add_task(_PHASES.get(phase, phase))
        self._bar.update(self._tasks[phase], completed=done, total=total)

    def show(self, report: Report, refused: Iterator[RowNote]) -> None:
        """The table in which every row of the file is counted once."""
        self._bar.stop()
        self._console.print(_fate_table(report))
        if report.stories.reasons or report.comments.reasons:
            self._console.print(_reason_table(report))
        for at, note in enumerate(refused):
            if at == _ROWS_SHOWN:
                self._console.print(f"  … and {report.refused - _ROWS_SHOWN} more; --report FILE lists them all.")
                break
            self._console.print(f"  {_place(note)}: {note.reason}", highlight=False, markup=False)

    def conclude(self, report: Report, *, dry_run: bool) -> None:
        """One last sentence: what has happened."""
        if report.changed:
            comments = report.comments.imported
            text = f"Done. {comments} comment{' is' if comments == 1 else 's are'} in."
        elif dry_run:
            text = "This was a dry run; nothing was changed."
        else:
            rows = "1 row is" if report.refused == 1 else f"{report.refused} rows are"
            text = f"Nothing was changed, because {rows} refused. --skip-refused imports the rest."
        self._console.print(text, highlight=False)

    def show_native(self, report: "NativeReport") -> None:
        """The table of our own archive's kinds of lines."""
        self._bar.stop()
        verb = "imported" if report.changed else "to import"
        table = Table("", title=report.file, title_justify="left")
        for heading in ("lines", verb, "already there"):
            table.add_column(heading, justify="right")
        for kind, count in report.rows.items():
            table.add_row(kind, str(count), str(report.imported[kind]), str(report.already_there[kind]))
        self._console.print(table)
        if report.staff:
            self._console.print(f"Accounts with a role in the newsroom: {report.staff}. Do you know them all?")
        self._console.print("Done." if report.changed else "This was a dry run; nothing was changed.")


def write_report(path: Path, report: Report, job: "Import") -> None:
    """JSON: the report, then one object for each refused and skipped row."""
    with path.open("wb") as file:
        file.write(b'{"report":' + msgspec.json.encode(report) + b',"rows":[')
        between = b"\n"
        for bucket in ("refused", "skipped"):
            for note in job.notes(bucket):
                file.write(between + msgspec.json.encode(note._asdict()))
                between = b",\n"
        file.write(b"\n]}\n")


def _fate_table(report: Report) -> Table:
    table = Table(title=f"{report.file} ({report.source})", title_justify="left")
    table.add_column("")
    for heading in (
        "rows",
        "imported" if report.changed else "to import",
        "already there",
        "merged",
        "skipped",
        "refused",
    ):
        table.add_column(heading, justify="right")
    for name, fates in (("stories", report.stories), ("comments", report.comments)):
        table.add_row(name, *map(str, _numbers(fates)))
    table.caption = f"New authors: {report.accounts}. Stand-ins for missing parents: {report.stubs}."
    return table


def _numbers(fates: Fates) -> tuple[int, ...]:
    return fates.rows, fates.imported, fates.already_there, fates.merged, fates.skipped, fates.refused


def _reason_table(report: Report) -> Table:
    table = Table("reason", "meaning", title="Rows left out, and why", title_justify="left")
    table.add_column("stories", justify="right")
    table.add_column("comments", justify="right")
    for reason in (*Refusal, *Skip):
        stories, comments = (fates.reasons.get(reason.value, 0) for fates in (report.stories, report.comments))
        if stories or comments:
            table.add_row(reason.value, _MEANING[reason.value], str(stories), str(comments))
    return table


def _place(note: RowNote) -> str:
    name = f" (id {note.external_id})" if note.external_id else ""
    return f"line {note.line}, {note.kind} {note.number}{name}"
