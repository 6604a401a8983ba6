"""`moothall role` and `moothall second-factor`: what an administrator of the machine does about an account."""

import asyncio

import click

from moothall.kernel.errors import NotFound
from moothall.people.appoint import appoint
from moothall.people.model import Role
from moothall.settings import load


@click.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice([one.value for one in Role]))
@click.option("--section", "sections", multiple=True, help="Only this section (its slug); more than once for more.")
@click.option("--data", help="Folder of the database (default: var).")
def role_command(name: str, role: str, sections: tuple[str, ...], data: str | None) -> None:
    """Give the person with the display name NAME a ROLE, as the first administrator needs it."""
    from moothall.app import join

    parts = join(load(data=data), beside=True)

    async def set_role() -> str:
        known = {one.slug for one in await parts.stories.sections()}
        if unknown := sorted(set(sections) - known):
            raise click.ClickException(
                f"No such section: {', '.join(unknown)}. There are: {', '.join(sorted(known))}."
            )
        who = await parts.people.by_name(name)
        made = appoint(parts.new_id(), who, role, by=None, now_ms=parts.clock(), sections=sections)
        await parts.people.appoint(made)
        reach = f" of {', '.join(made.sections)}" if made.sections else ""
        return f"{who.display_name}: {who.role.value}, now {made.role.value}{reach}."

    try:
        click.echo(asyncio.run(set_role()))
    except NotFound as wrong:
        raise click.ClickException(f"Nobody here is called “{name}”. Sign in once and choose a name.") from wrong
    finally:
        parts.db.close()


@click.command("second-factor")
@click.argument("name")
@click.option("--data", help="Folder of the database (default: var).")
def second_factor_command(name: str, data: str | None) -> None:
    """Forget the second factor of the person called NAME, who has lost it and its recovery codes."""
    from moothall.app import join

    parts = join(load(data=data), beside=True)

    async def forget() -> str:
        who = await parts.people.by_name(name)
        gone = await parts.second_factors.end(who.id, by=None, number=parts.new_id(), at_ms=parts.clock())
        return f"{who.display_name}: the second factor is forgotten." if gone else f"{who.display_name} has none."

    try:
        click.echo(asyncio.run(forget()))
    except NotFound as wrong:
        raise click.ClickException(f"Nobody here is called “{name}”.") from wrong
    finally:
        parts.db.close()
