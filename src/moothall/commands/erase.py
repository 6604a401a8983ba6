"""`moothall person`: what is kept of somebody, for them; and forgetting somebody."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

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

    async def packed(parts: "Services") -> bytes:
        return await parts.personal_data.record((await _called(parts, name)).id)

    click.echo(f"{out}: {out.write_bytes(_over(data, packed)):,} bytes.")


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

    async def act(parts: "Services") -> str:
        return await _ask_or_confirm(parts, await _called(parts, name), await _called(parts, by), what)

    click.echo(_over(data, act))


@person_group.command("erase-again")
@_DATA
def erase_again(data: str | None) -> None:
    """After a backup was restored by PostgreSQL's tools: forget again whom `forgotten.jsonl` names.

    `moothall restore` does it by itself.
    """
    from moothall.upkeep import forgotten

    async def act(parts: "Services") -> int:
        known = forgotten.read(Path(parts.settings.data))
        return forgotten.again(parts.db, known, parts.clock)

    click.echo(f"Forgotten again: {_over(data, act)}.")


async def _ask_or_confirm(parts: "Services", who: "Account", actor: "Account", what: str) -> str:
    from moothall.moderation.erase import Wanted

    asked = await parts.personal_data.waiting(who.id)
    if asked is None:
        await parts.personal_data.ask(who, actor, Wanted(what))
        return f"Asked for {who.display_name} ({what}). Another administrator has to confirm with --by."
    done = await parts.personal_data.confirm(asked, actor)
    lines = [f"Forgotten ({asked.wanted.value}): {done.comments} comments."]
    lines += [f"Quoted in {parts.settings.public_url}/c/{to_text(one)}" for one in done.quotes]
    return "\n".join(lines)


async def _called(parts: "Services", name: str) -> "Account":
    try:
        return await parts.people.by_name(name)
    except NotFound as wrong:
        raise click.ClickException(f"Nobody here is called “{name}”.") from wrong


def _over(data: str | None, act: "Callable[[Services], Coroutine[None, None, T]]") -> T:
    from moothall.app import join

    parts = join(load(data=data))
    try:
        return asyncio.run(act(parts))
    finally:
        parts.db.close()
