"""The command line.  Everything heavy is imported by the command that needs it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from moothall.commands.erase import person_group
from moothall.commands.exchange import export_group, import_group
from moothall.commands.flagger import flagger_group
from moothall.commands.ledger import ledger_group
from moothall.commands.people import role_command, second_factor_command
from moothall.commands.scorer import scorer_group
from moothall.commands.standards import standards_group
from moothall.commands.transparency import transparency_group
from moothall.kernel.errors import MoothallError
from moothall.moderation.classifier.weights import WeightsDamaged
from moothall.settings import Settings, SettingsInvalid, load

if TYPE_CHECKING:
    from moothall.web.services import Services

F = TypeVar("F", bound=Callable[..., object])


class _Told(click.Group):
    """Errors with a name are told in one line, and end with status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except MoothallError as wrong:
            raise click.ClickException(_in_our_language(wrong)) from wrong
        except (SettingsInvalid, WeightsDamaged) as wrong:
            raise click.ClickException(str(wrong)) from wrong


def _in_our_language(wrong: MoothallError) -> str:
    """What the site's own language says, or English where it has no such sentence or no good settings."""
    from moothall.web.i18n import choose, translator

    try:
        words = translator(choose(load().locale))
    except SettingsInvalid:
        return str(wrong)
    return words.t(wrong.text, **wrong.params)


@click.group(cls=_Told)
@click.version_option(package_name="moothall")
def main() -> None:
    """Moothall: a newsroom's story page and the discussion beneath it."""


main.add_command(import_group)
main.add_command(export_group)
main.add_command(flagger_group)
main.add_command(ledger_group)
main.add_command(person_group)
main.add_command(role_command)
main.add_command(scorer_group)
main.add_command(second_factor_command)
main.add_command(standards_group)
main.add_command(transparency_group)


def _data(command: F) -> F:
    return click.option("--data", help="Folder of the database (default: var).")(command)


def _scale(command: F) -> F:
    return click.option(
        "--scale", type=float, default=1.0, show_default=True, help="Share of the comments to make."
    )(command)


@main.command()
@_data
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on.")
def serve(data: str | None, host: str | None, port: int | None) -> None:
    """Serve the site until stopped."""
    from moothall.app import build
    from moothall.web.serve import serve as run

    run(load(data=data, host=host, port=port), build)


@main.command()
@_data
@click.option("--port", type=int, default=8000, show_default=True, help="Port to listen on.")
@_scale
def demo(data: str | None, port: int, scale: float) -> None:
    """Serve a fictional newsroom, with a sign-in link for each role."""
    from moothall.app import enter, join
    from moothall.demo import demo_settings, fill, links
    from moothall.demo_provider.door import with_providers
    from moothall.kernel.clock import system_clock
    from moothall.web.serve import serve as run

    settings, beside = with_providers(demo_settings(load(data=data, port=port)), system_clock)
    parts = join(settings)
    fill(parts, scale=scale, told=click.echo)
    lines = links(parts)
    (Path(settings.data) / "links.txt").write_text("\n".join(lines) + "\n", "utf-8")
    click.echo("\n".join(["", f"{settings.site_name}: {settings.public_url}", "", *lines, ""]))
    sys.stdout.flush()
    run(settings, lambda _: enter(parts, around=beside))


@main.command()
@_data
@_scale
def seed(data: str | None, scale: float) -> None:
    """Fill an empty database with the fictional newsroom; the same every time."""
    from moothall.app import join
    from moothall.demo import demo_settings, fill

    parts = join(demo_settings(load(data=data)))
    made = fill(parts, scale=scale, told=click.echo)
    parts.db.close()
    if not made.stories:
        click.echo("There is something in this database already; nothing was changed.")
    click.echo(f"{made.stories} stories, {made.people} people, {made.comments} comments made.")


@main.command()
@_data
def migrate(data: str | None) -> None:
    """Bring the database to this version's tables."""
    from moothall.store.database import open_database, without_password

    settings = load(data=data)
    open_database(settings.database_url).close()
    click.echo(f"{without_password(settings.database_url)} is up to date.")


@main.command()
@click.argument("to", type=click.Path(path_type=Path))
@_data
def backup(to: Path, data: str | None) -> None:
    """Write a copy of the database to the file TO, also while the server runs."""
    from moothall.upkeep.backup import backup as run

    settings = load(data=data)
    size = run(settings.database_url, to)
    click.echo(f"{to}: {size:,} bytes.")


@main.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_data
@click.option("--force", is_flag=True, help="Put it in the place of a database that is there.")
def restore(source: Path, data: str | None, force: bool) -> None:
    """Put the backup SOURCE in the database's place; the server must be stopped."""
    from moothall.upkeep.backup import restore as run

    settings = load(data=data)
    run(source, settings.database_url, force=force)
    click.echo(f"Restored {source} to {settings.database_url}.")


@main.command("signin-link")
@click.argument("role", type=click.Choice(["administrator", "editor", "moderator", "reader"]))
@_data
def signin_link(role: str, data: str | None) -> None:
    """Print a link that signs in the first account of a ROLE, making one where there is none."""
    from moothall.demo import link_for
    from moothall.people.model import Role

    settings = load(data=data)
    click.echo(_with_services(settings, lambda parts: link_for(parts, Role(role))))


@main.command("newsroom-key")
@click.argument("name")
@_data
def newsroom_key(name: str, data: str | None) -> None:
    """Make a key with which a CMS called NAME publishes stories; it is shown once."""
    from moothall.demo import new_key

    click.echo(_with_services(load(data=data), lambda parts: new_key(parts, name)))


def _with_services(settings: Settings, act: "Callable[[Services], str]") -> str:
    from moothall.app import join

    parts = join(settings, beside=True)
    try:
        return act(parts)
    finally:
        parts.db.close()
