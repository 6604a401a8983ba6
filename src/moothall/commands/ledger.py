"""`moothall ledger`: whether the record of decisions is what was written."""

from pathlib import Path

import click
import msgspec

from moothall.settings import load


@click.group("ledger")
def ledger_group() -> None:
    """Look after the record of decisions."""


@ledger_group.command()
@click.option("--roots", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A kept roots.json.")
@click.option("--data", help="Folder of the database (default: var).")
def verify(roots: Path | None, data: str | None) -> None:
    """Check every entry, and name the first that is not as it was written; ends with status 1 then.

    Without kept roots, an owner of the database who wrote the whole chain anew goes unnoticed.
    """
    from moothall.moderation.ledger import Root
    from moothall.store.database import open_database
    from moothall.store.ledger import verify as check

    try:
        kept = msgspec.json.decode(roots.read_bytes(), type=tuple[Root, ...]) if roots else ()
    except msgspec.DecodeError as wrong:
        raise click.ClickException(f"{roots} is no list of roots: {wrong}") from wrong
    db = open_database(load(data=data).database_url, beside=True)
    try:
        bad = db.read_now(lambda conn: check(conn, kept))
    finally:
        db.close()
    if bad is not None:
        raise click.ClickException(f"Entry {bad.seq} is not as it was written: {bad.why}.")
    click.echo("Every entry is as it was written.")
