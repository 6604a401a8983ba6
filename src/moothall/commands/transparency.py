"""`moothall transparency`: the yearly report, and the statements as the EU's database takes them."""

import csv
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click
import msgspec

from moothall.settings import Settings, load

if TYPE_CHECKING:
    from moothall.moderation.statement import Statement
    from moothall.moderation.transparency import Tally


@click.group("transparency")
def transparency_group() -> None:
    """Report what was decided."""


_DAY = click.DateTime(["%Y-%m-%d"])


@transparency_group.command()
@click.option("--from", "first", type=_DAY, required=True, help="First day, in UTC.")
@click.option("--to", "last", type=_DAY, required=True, help="Last day, in UTC.")
@click.option("--data", help="Folder of the database (default: var).")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
def report(first: datetime, last: datetime, data: str | None, out: Path) -> None:
    """Write the eleven tables of a period, and its statements of reasons, to the folder OUT.

    Statements go to `statements.jsonl`, one record of the database's version 2 a line.  Nothing is sent anywhere.
    """
    if last < first:
        raise click.BadParameter("The last day comes before the first.")
    out.mkdir(parents=True, exist_ok=True)
    count, wrong = _write(load(data=data), out, first.replace(tzinfo=UTC), last.replace(tzinfo=UTC))
    click.echo(f"{out}: eleven tables, {count:,} statements.")
    if wrong:
        raise click.ClickException(f"{wrong:,} statements do not fit the database's schema and were left out.")


@transparency_group.command()
@click.option("--data", help="Folder of the database (default: var).")
def send(data: str | None) -> None:
    """Send statements of reasons to the EU's Transparency Database, each once.

    The settings name its address and the token.  It may be stopped and begun again at any time.
    """
    import time

    import httpx

    from moothall.kernel.clock import system_clock
    from moothall.kernel.limits import EU_TIMEOUT_S
    from moothall.notify.eu_database import EuDatabase, Refused
    from moothall.notify.eu_sending import send_all
    from moothall.store.database import open_database
    from moothall.store.eu_sent import SqlEuShelf

    settings = load(data=data)
    if not settings.eu_database_url or not settings.eu_database_token:
        raise click.ClickException("The settings eu_database_url and eu_database_token say where to, and as whom.")
    db = open_database(settings.database_url, beside=True)
    shelf = SqlEuShelf(db, system_clock, standards_url=f"{settings.public_url}/standards")
    try:
        with httpx.Client(timeout=EU_TIMEOUT_S) as http:
            database = EuDatabase(http, url=settings.eu_database_url, token=settings.eu_database_token)
            counts = send_all(
                shelf, database, pause=time.sleep, told=lambda found: click.echo(f"{found.sent:,} sent.", err=True)
            )
        click.echo(f"{counts.sent:,} statements sent, {counts.refused:,} refused.")
        click.echo(", ".join(f"{count:,} {fate}" for fate, count in shelf.fates().items()) or "Nothing to send.")
    except Refused as wrong:
        raise click.ClickException(str(wrong)) from wrong
    finally:
        db.close()


def _write(settings: Settings, out: Path, first: datetime, last: datetime) -> tuple[int, int]:
    """Returns: statements written, and those that do not fit."""
    from moothall.moderation import transparency
    from moothall.moderation.second_review import qualities
    from moothall.store import second_reviews
    from moothall.store import transparency as store
    from moothall.store.database import open_database

    span = (_ms(first), _ms(last + timedelta(days=1)))
    tally = transparency.Tally()
    db = open_database(settings.database_url, beside=True)
    try:
        with (out / "statements.jsonl").open("wb") as file:
            url = f"{settings.public_url}/standards"
            counts = db.read_now(lambda c: _records(store.statements_between(c, *span), tally, file, url))
        notices = db.read_now(lambda c: store.notices_between(c, *span))
        ruled = db.read_now(lambda c: store.appeals_between(c, *span))
        right = qualities(db.read_now(lambda c: second_reviews.reviewed(c, *span)))
    finally:
        db.close()
    period = transparency.Period(f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}")
    cases = transparency.Cases(notices, ruled)
    _tables(out, transparency.report(tally, cases, right, service=settings.site_name, period=period))
    return counts


def _records(found: Iterable["Statement"], tally: "Tally", file: IO[bytes], url: str) -> tuple[int, int]:
    from moothall.moderation.eu_statement import faults, is_restriction, record_of

    encode = msgspec.json.Encoder().encode
    count = wrong = 0
    for made in found:
        tally.add(made)
        if not is_restriction(made):
            continue
        record = record_of(made, standards_url=url)
        if faults(record):
            wrong += 1
            continue
        file.write(encode(record) + b"\n")
        count += 1
    return count, wrong


def _tables(out: Path, tables: Mapping[str, list[list[str]]]) -> None:
    """RFC 4180: UTF-8 without a mark, lines end in CR LF."""
    for name, rows in tables.items():
        with (out / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\r\n").writerows(rows)


def _ms(day: datetime) -> int:
    return int(day.timestamp() * 1000)
