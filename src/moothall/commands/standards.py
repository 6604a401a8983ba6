"""`moothall standards`: check, show and apply the document by which comments are judged."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moothall.settings import load

if TYPE_CHECKING:
    from moothall.moderation.replay import Result

_FILE = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
_DATA = click.option("--data", help="Folder of the database (default: var).")


@click.group("standards")
def standards_group() -> None:
    """The community standards: what is in force, and what shall be."""


@standards_group.command("check")
@_FILE
def check(file: Path) -> None:
    """Say whether FILE is a good standards document, or on which line it is not."""
    from moothall.moderation.standards_read import parse

    found = parse(_text(file))
    entries = sum(len(one.entries) for one in found.words.values())
    click.echo(f"{file} is good: {len(found.rules)} rules, {entries:,} words and phrases.")


@standards_group.command("show")
@_DATA
def show(data: str | None) -> None:
    """Print the document in force."""
    from moothall.store.database import open_database
    from moothall.store.standards import source_in_force

    db = open_database(load(data=data).database_url, beside=True)
    try:
        click.echo(db.read_now(source_in_force), nl=False)
    finally:
        db.close()


@standards_group.command("apply")
@_FILE
@_DATA
@click.option("--note", default="", help="Why, for readers of the versions.")
def apply(file: Path, data: str | None, note: str) -> None:
    """Put FILE in force.  A bad one changes nothing."""
    from moothall.app import join
    from moothall.moderation.standards_version import propose

    source = _text(file)
    parts = join(load(data=data))

    async def keep() -> int:
        versions = await parts.standards.versions()
        made = propose(
            source,
            decision_id=parts.new_id(),
            after=versions[0].number if versions else 0,
            actor_id=None,
            note=note,
            at_ms=parts.clock(),
        )
        return (await parts.standards.keep(made)).number

    try:
        click.echo(f"{file} is in force as version {asyncio.run(keep())}.")
    finally:
        parts.db.close()


@standards_group.command("replay")
@_FILE
@click.option("--last", default=10_000, show_default=True, help="How many of the latest comments to look at.")
@_DATA
def replay(file: Path, last: int, data: str | None) -> None:
    """Say what FILE would have done with the latest comments, and what moderators had decided on them."""
    from moothall.moderation.replay import not_replayed
    from moothall.moderation.standards_read import parse
    from moothall.store.database import open_database
    from moothall.store.replay import replay as run
    from moothall.store.standards import source_in_force

    after = parse(_text(file))
    db = open_database(load(data=data).database_url, beside=True)
    try:
        before = parse(db.read_now(source_in_force))
        result = db.read_now(lambda conn: run(conn, before, after, last=max(last, 1)))
    finally:
        db.close()
    click.echo("\n".join(told(result, not_replayed(before, after))))


def told(result: "Result", missing: tuple[str, ...]) -> list[str]:
    """A result in lines for people."""
    from moothall.kernel.ids import to_text

    share = "nobody had decided on those" if result.precision is None else f"precision {result.precision:.0%}"
    lines = [
        f"{result.comments:,} comments of {result.days:.1f} days.",
        f"Held or refused then: {result.held_then:,}; with this document: {result.held:,}.",
        f"Authors asked first: {result.nudged:,}.",
        f"Of these, moderators had taken down {result.down:,} and kept {result.kept:,}: {share}.",
        f"Work: {result.extra_per_day:+,.1f} comments a day.",
    ]
    for name, examples in (("newly held", result.newly), ("no longer held", result.no_longer)):
        lines += [
            f"  {name}: {to_text(one.comment_id)}"
            f" ({one.weight.value}, rule {one.rule or '-'}, {one.decided.value if one.decided else 'undecided'})"
            for one in examples
        ]
    return lines + [f"What [{name}] would change cannot be told from what was kept." for name in missing]


def _text(file: Path) -> str:
    """Raises: click.ClickException when it is no text, or more than is ever read."""
    from moothall.kernel.limits import STANDARDS_BYTES

    size = file.stat().st_size
    if size > STANDARDS_BYTES:
        raise click.ClickException(f"{file} has {size:,} bytes; at most {STANDARDS_BYTES:,} are read.")
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as wrong:
        raise click.ClickException(f"{file} is not UTF-8: {wrong}") from wrong
