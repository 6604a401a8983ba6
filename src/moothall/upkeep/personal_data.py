"""What is kept of a person: given to them, and forgotten when two administrators say so."""

import asyncio
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from moothall.kernel.clock import Clock
from moothall.moderation.erase import Done, Erased, Erasure, Wanted, check_asked, check_confirmed
from moothall.moderation.person_archive import archive
from moothall.people.model import Account, AccountId
from moothall.store import erasures
from moothall.store.database import Database
from moothall.store.person_reads import person_record
from moothall.upkeep import forgotten


class PersonalData:
    """Over one database; `folder` has the list of who was forgotten."""

    def __init__(
        self, db: Database, *, folder: Path, clock: Clock, new_id: Callable[[], int], site_url: str
    ) -> None:
        self._db = db
        self._folder = folder
        self._clock = clock
        self._new_id = new_id
        self._site_url = site_url

    async def record(self, account_id: AccountId) -> bytes:
        """A zip of all that is kept: ActivityStreams, CSV and a page to read."""
        found = await self._db.read(lambda conn: person_record(conn, account_id, now_ms=self._clock()))
        return await asyncio.to_thread(lambda: _packed(archive(found, self._site_url)))

    async def waiting(self, account_id: AccountId) -> Erasure | None:
        """A request that nobody has confirmed."""
        return await self._db.read(lambda conn: erasures.waiting(conn, account_id))

    async def all_waiting(self) -> tuple[Erasure, ...]:
        """Requests that nobody has confirmed, oldest first."""
        return await self._db.read(erasures.all_waiting)

    async def ask(self, who: Account, by: Account, wanted: Wanted) -> None:
        """Raises: Forbidden."""
        check_asked(who, by)
        made = Erasure(self._new_id(), who.id, wanted, by.id, self._clock())
        await self._db.write(lambda tx: erasures.ask(tx, made))

    async def take_back(self, who: Account, by: Account) -> None:
        """Raises: NotFound when nobody asked; Forbidden."""
        check_asked(who, by)
        number, at_ms = self._new_id(), self._clock()
        await self._db.write(lambda tx: erasures.take_back(tx, who.id, by.id, new_id=number, at_ms=at_ms))

    async def confirm(self, asked: Erasure, by: Account) -> Erased:
        """Forget them.  Raises: NotFound when it is done or taken back by now; Forbidden, SamePerson, OSError."""
        check_confirmed(asked, by)
        at_ms = self._clock()
        made = Done(**msgspec.structs.asdict(asked), confirmed_by=by.id, done_at_ms=at_ms)
        await asyncio.to_thread(lambda: forgotten.keep(self._folder, made))
        number = self._new_id()
        return await self._db.write(
            lambda tx: erasures.confirm(tx, asked.account_id, by, new_id=number, at_ms=at_ms)
        )


def _packed(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in files.items():
            packed.writestr(name, body)
    return whole.getvalue()
