"""`moothall flagger`: whose notices come first, because an authority made them a trusted flagger."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from moothall.kernel.clock import to_rfc3339
from moothall.kernel.errors import NotFound
from moothall.kernel.limits import SECOND_MS
from moothall.settings import load

if TYPE_CHECKING:
    from moothall.people.model import Account
    from moothall.web.services import Services

_DATA = click.option("--data", help="Folder of the database (default: var).")


@click.group("flagger")
def flagger_group() -> None:
    """Say whose notices of illegal content come first (Digital Services Act, article 22)."""


@flagger_group.command("trust")
@click.argument("name")
@click.option("--organisation", required=True, help="Who was awarded the status, as the authority lists it.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Day on which the award ends, in UTC; else none.")
@_DATA
def trust(name: str, organisation: str, until: datetime | None, data: str | None) -> None:
    """Let the notices of the person called NAME come first."""
    from moothall.store import notices

    parts = _joined(data)
    try:
        who, now_ms = _called(parts, name), parts.clock()
        ends_ms = int(until.replace(tzinfo=UTC).timestamp()) * SECOND_MS if until else None
        if ends_ms is not None and ends_ms <= now_ms:
            raise click.BadParameter(f"{until:%Y-%m-%d} is over.", param_hint="--until")
        flagger = notices.Flagger(who.id, organisation, ends_ms)
        parts.db.write_now(lambda tx: notices.trust(tx, flagger, new_id=parts.new_id(), at_ms=now_ms))
        click.echo(f"Notices of {who.display_name} come first, for {organisation}.")
    finally:
        parts.db.close()


@flagger_group.command("end")
@click.argument("name")
@_DATA
def end(name: str, data: str | None) -> None:
    """Let the notices of the person called NAME wait like everybody's; those that came keep their place."""
    from moothall.store import notices

    parts = _joined(data)
    try:
        who, now_ms = _called(parts, name), parts.clock()
        parts.db.write_now(lambda tx: notices.distrust(tx, who.id, new_id=parts.new_id(), at_ms=now_ms))
        click.echo(f"Notices of {who.display_name} come in their turn.")
    except NotFound as wrong:
        raise click.ClickException(f"{name} is no trusted flagger. `moothall flagger list` names them.") from wrong
    finally:
        parts.db.close()


@flagger_group.command("list")
@_DATA
def listed(data: str | None) -> None:
    """Show a line for each trusted flagger: account, organisation, end."""
    from moothall.store import notices

    parts = _joined(data)
    try:
        for name, flagger in parts.db.read_now(notices.flaggers):
            until = to_rfc3339(flagger.until_ms) if flagger.until_ms is not None else "no end"
            click.echo(f"{name}\t{flagger.organisation}\t{until}")
    finally:
        parts.db.close()


def _joined(data: str | None) -> "Services":
    from moothall.app import join

    return join(load(data=data), beside=True)


def _called(parts: "Services", name: str) -> "Account":
    try:
        return asyncio.run(parts.people.by_name(name))
    except NotFound as wrong:
        raise click.ClickException(f"Nobody here is called “{name}”.") from wrong
