"""`moothall import …` and `moothall export …`."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

import click
import msgspec

from moothall.kernel.clock import system_clock
from moothall.settings import Settings, load

if TYPE_CHECKING:
    from moothall.exchange.stage import Choices, Reader
    from moothall.store.database import Database

F = TypeVar("F", bound=Callable[..., object])
# Rows would have been refused, so nothing was changed.
EXIT_BLOCKED = 3
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _NewFile(click.Path):
    """A file that can be written, said before hours of work and not after them."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True, path_type=Path)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if path.exists() and not path.is_file():
            self.fail(f"“{path}” is a device, and no file.", param, ctx)
        if not os.access(path.absolute().parent, os.W_OK):
            self.fail(f"There is no folder for “{path}”, or it is not yours to write to.", param, ctx)
        return path


_OUT = _NewFile()


class _Files(click.Group):
    """What is wrong with a file or a folder is told in one line."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except OSError as wrong:
            place = f": {wrong.filename}" if wrong.filename else ""
            raise click.ClickException(f"{wrong.strerror or wrong}{place}") from wrong


class _Asked(TypedDict):
    """The options that all foreign formats share."""

    file: Path
    data: str | None
    dry_run: bool
    skip_refused: bool
    report: Path | None
    hosts: tuple[str, ...]
    section: str
    without_spam: bool


@click.group("import", cls=_Files)
def import_group() -> None:
    """Bring an archive in.  The whole file is checked before anything is changed."""


@click.group("export", cls=_Files)
def export_group() -> None:
    """Write everything out."""


class _AskedNative(TypedDict):
    """The options of our own archive."""

    file: Path
    data: str | None
    dry_run: bool
    report: Path | None


def _native_options(command: F) -> F:
    for option in (
        click.option("--report", type=_OUT, help="Write the report as JSON."),
        click.option("--dry-run", is_flag=True, help="Only say what would happen."),
        click.option("--data", help="Folder of the database (default: var)."),
        click.argument("file", type=_FILE),
    ):
        command = option(command)
    return command


def _options(command: F) -> F:
    for option in (
        click.option("--without-spam", is_flag=True, help="Leave out what was marked as spam there."),
        click.option(
            "--section", default="Archive", show_default=True, help="Section of stories that have none of ours."
        ),
        click.option(
            "--site-host-map", "hosts", multiple=True, metavar="OLD=NEW", help="A host that stories moved from."
        ),
        click.option("--report", type=_OUT, help="Write the report with every refused and skipped row, as JSON."),
        click.option("--skip-refused", is_flag=True, help="Import the rest when rows are refused."),
        click.option("--dry-run", is_flag=True, help="Only say what would happen."),
        click.option("--data", help="Folder of the database (default: var)."),
        click.argument("file", type=_FILE),
    ):
        command = option(command)
    return command


@import_group.command()
@_options
def disqus(**asked: Unpack[_Asked]) -> None:
    """A Disqus export, FILE.xml or FILE.xml.gz."""
    from moothall.exchange.disqus import Disqus

    _import(asked, Disqus(now_ms=system_clock()))


@import_group.command()
@_options
@click.option(
    "--stories-here",
    is_flag=True,
    help="Bring the stories' texts, too: they become pages of this site, also those without comments.",
)
def wordpress(*, stories_here: bool, **asked: Unpack[_Asked]) -> None:
    """A WordPress export (WXR), FILE.xml or a zip that holds one."""
    from moothall.exchange.wordpress import WordPress

    _import(asked, WordPress(now_ms=system_clock()), stories_here=stories_here)


@import_group.command("native")
@_native_options
def import_native(**asked: Unpack[_AskedNative]) -> None:
    """Our own archive, FILE.jsonl or FILE.jsonl.gz; ids are kept."""
    from moothall.exchange.native_import import NativeImport
    from moothall.exchange.run import Workplace
    from moothall.exchange.table import Screen

    screen = Screen()
    with _database(load(data=asked["data"]), dry_run=asked["dry_run"]) as at:
        with NativeImport(Workplace(at.db, at.scratch, system_clock), asked["file"]) as job:
            report = job.check(screen.progress)
            if not asked["dry_run"]:
                at.is_new = False
                report = job.write(screen.progress)
        screen.show_native(report)
    if asked["report"] is not None:
        asked["report"].write_bytes(msgspec.json.encode(report) + b"\n")


@export_group.command("native")
@click.argument("file", type=_OUT)
@click.option("--data", help="Folder of the database (default: var).")
def export_native(file: Path, data: str | None) -> None:
    """Write stories, people, discussions and decisions to FILE.jsonl or FILE.jsonl.gz, also while the server runs.

    The file holds people's mail addresses and what moderators wrote: keep it as you keep the database.
    """
    from moothall.exchange.native_export import export

    lines = export(load(data=data).database_url, file)
    click.echo(f"{file}: {lines:,} lines.")


def _import(asked: _Asked, reader: "Reader", *, stories_here: bool = False) -> None:
    from moothall.exchange.run import Import, Workplace
    from moothall.exchange.table import Screen, write_report
    from moothall.kernel.text import is_visible
    from moothall.story.slug import slug

    if not is_visible(asked["section"]) or not slug(asked["section"], fallback=""):
        raise click.BadParameter("A section needs a name.", param_hint="--section")
    settings = load(data=asked["data"])
    choices = _choices(asked, settings)._replace(stories_here=stories_here)
    screen = Screen()
    with _database(settings, dry_run=asked["dry_run"]) as at:
        place = Workplace(at.db, at.scratch, system_clock)
        with Import(place, reader, asked["file"], choices) as job:
            report = job.check(screen.progress)
            blocked = report.refused > 0 and not asked["skip_refused"]
            if not blocked and not asked["dry_run"]:
                at.is_new = False
                report = job.write(screen.progress)
            screen.show(report, job.notes("refused"))
            if asked["report"] is not None:
                write_report(asked["report"], report, job)
    screen.conclude(report, dry_run=asked["dry_run"])
    if blocked:
        raise SystemExit(EXIT_BLOCKED)


def _choices(asked: _Asked, settings: Settings) -> "Choices":
    from moothall.exchange.stage import Choices

    return Choices(
        hosts=dict(_host_pair(text) for text in asked["hosts"]),
        without_spam=asked["without_spam"],
        section=asked["section"],
        lang=settings.locale,
    )


def _host_pair(text: str) -> tuple[str, str]:
    old, _, new = text.partition("=")
    if not old or not new:
        raise click.BadParameter(f"“{text}” is not OLD=NEW.", param_hint="--site-host-map")
    return old.lower(), new.lower()


@dataclass
class _Place:
    """The open database and where the scratch file goes.  While it `is_new`, nothing was asked to be in it."""

    db: "Database"
    scratch: Path
    is_new: bool


@contextmanager
def _database(settings: Settings, *, dry_run: bool) -> Iterator[_Place]:
    """What an import works on.

    A database that is not there yet is made, and taken away again where the file is refused: its empty
    file would stop `moothall restore`.  A dry run makes and changes nothing, not even tables: where there is
    no database, it works on an empty one elsewhere.
    """
    from moothall.store.database import is_there, open_database
    from moothall.store.exchange import full_disk_told

    url = settings.database_url
    with tempfile.TemporaryDirectory() as spare:
        if dry_run and not is_there(url):
            url = f"sqlite:///{spare}/empty.db"
        path = Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else None
        folder = path.parent if path is not None else Path(settings.data)
        # SQLite lets one process in; on PostgreSQL two imports may run side by side.
        scratch = "import.scratch" if path is not None else f"import.{os.getpid()}.scratch"
        is_new = path is not None and not path.exists()
        folder.mkdir(parents=True, exist_ok=True)
        at = _Place(open_database(url, migrating=is_new or not dry_run), folder / scratch, is_new)
        try:
            with full_disk_told():
                yield at
        finally:
            at.db.close(remove=at.is_new)
