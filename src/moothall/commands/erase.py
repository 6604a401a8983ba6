"""`moothall person`: what is kept of somebody, for them; and forgetting somebody."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
import msgspec

from moothall.kernel.errors import NotFound
from moothall.kernel.ids import to_text
from moothall.settings import load

if TYPE_CHECKING:
    from moothall.people.model import Account
    from moothall.web.services import Services

T = TypeVar("T")
_DATA = click.option("--data", help="Folder of the database (default: var).")


@click.group("person")
def person_group() -> None:
    """Give a person what is kept of them, or forget them."""


@person_group.command("export")
@click.argument("name")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@_DATA
def export(name: str, out: Path, data: str | None) -> None:
    """Write all that is kept of the person called NAME to the zip file OUT: ActivityStreams, CSV and a page."""
    from moothall.moderation.person_archive import archive
    from moothall.store.person_reads import person_record

    def write(parts: "Services") -> int:
        who = _called(parts, name)
        found = parts.db.read_now(lambda conn: person_record(conn, who.id, now_ms=parts.clock()))
        files = archive(found, parts.settings.public_url)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for file, body in files.items():
                packed.writestr(file, body)
        return len(files)

    click.echo(f"{out}: {_over(data, write)} files.")


@person_group.command("erase")
@click.argument("name")
@click.option("--what", type=click.Choice(["author", "text", "both"]), default="both", show_default=True,
              help="Who wrote the comments, what they say, or both.")  # fmt: skip
@click.option("--by", required=True, help="Display name of the administrator who asks or confirms.")
@_DATA
def erase(name: str, what: str, by: str, data: str | None) -> None:
    """Forget the person called NAME: one administrator asks, another one confirms by the same command.

    Threads keep their shape.  Comments of others that quote the person are listed for a moderator.
    """

    def act(parts: "Services") -> str:
        who, actor = _called(parts, name), _called(parts, by)
        return _ask_or_confirm(parts, who, actor, what)

    click.echo(_over(data, act))


@person_group.command("erase-again")
@_DATA
def erase_again(data: str | None) -> None:
    """After a backup was restored by PostgreSQL's tools: forget again whom `forgotten.jsonl` names.

    `moothall restore` does it by itself.
    """
    from moothall.upkeep import forgotten

    def act(parts: "Services") -> int:
        return forgotten.again(parts.db, forgotten.read(Path(parts.settings.data)), parts.clock)

    click.echo(f"Forgotten again: {_over(data, act)}.")


def _ask_or_confirm(parts: "Services", who: "Account", actor: "Account", what: str) -> str:
    from moothall.moderation.erase import Done, Erasure, Wanted, check_asked, check_confirmed
    from moothall.store import erasures
    from moothall.upkeep import forgotten

    check_asked(who, actor)
    number, now_ms = parts.new_id(), parts.clock()
    asked = parts.db.read_now(lambda conn: erasures.waiting(conn, who.id))
    if asked is None:
        made = Erasure(number, who.id, Wanted(what), actor.id, now_ms)
        parts.db.write_now(lambda tx: erasures.ask(tx, made))
        return f"Asked for {who.display_name} ({what}). Another administrator has to confirm with --by."
    check_confirmed(asked, actor)
    made = Done(**msgspec.structs.asdict(asked), confirmed_by=actor.id, done_at_ms=now_ms)
    forgotten.keep(Path(parts.settings.data), made)
    done = parts.db.write_now(lambda tx: erasures.confirm(tx, who.id, actor, new_id=number, at_ms=now_ms))
    lines = [f"Forgotten ({asked.wanted.value}): {done.comments} comments."]
    lines += [f"Quoted in {parts.settings.public_url}/c/{to_text(one)}" for one in done.quotes]
    return "\n".join(lines)


def _called(parts: "Services", name: str) -> "Account":
    import asyncio

    try:
        return asyncio.run(parts.people.by_name(name))
    except NotFound as wrong:
        raise click.ClickException(f"Nobody here is called “{name}”.") from wrong


def _over(data: str | None, act: "Callable[[Services], T]") -> T:
    from moothall.app import join

    parts = join(load(data=data))
    try:
        return act(parts)
    finally:
        parts.db.close()
