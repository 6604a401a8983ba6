"""A full disk: what was acknowledged stays, reading goes on, writing says so, and it mends itself."""

import asyncio
import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from tests.failure.disks import fill
from tests.failure.writers import Answer, Connection
from tests.process import COMMENTS_PATH, STORY_PATH, Site, populate

# A command of the site's own may be before the writer for a moment.
_FULL = {"ready": True, "writes": "store_full", "waiting": 0}


def test_a_full_disk(disk: Path, tmp_path: Path) -> None:
    """503 with Retry-After and its code while it is full; reads, and acknowledged comments, as before."""
    populate(f"sqlite:///{disk / 'moothall.db'}", 200).close()
    site = Site(disk, log=tmp_path / "serve.log")
    site.start()
    acknowledged = asyncio.run(_life(site, disk))
    site.stop()
    with closing(sqlite3.connect(disk / "moothall.db")) as conn:
        kept = {body for (body,) in conn.execute("SELECT body FROM comment")}
        assert kept == acknowledged
        assert conn.execute("SELECT comment_count FROM story").fetchone() == (len(acknowledged),)
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def _life(site: Site, disk: Path) -> set[str]:
    with closing(Connection(site.port)) as connection:
        return await _fill_and_free(site, disk, connection)


async def _fill_and_free(site: Site, disk: Path, connection: Connection) -> set[str]:
    acknowledged: set[str] = set()

    async def post(n: int) -> Answer:
        # Words of its own in each: copies would be held.
        text = f"Comment {n}. " + " ".join(sha256(f"{n} {at}".encode()).hexdigest()[:9] for at in range(170))
        answer = await connection.ask(
            "POST", COMMENTS_PATH, json.dumps({"body": text}).encode(), author=n, key=f"k{n}"
        )
        if answer.status == 201:
            acknowledged.add(text.strip())
        return answer

    for n in range(20):
        assert (await post(n)).status == 201
    fill(disk)
    refused = [answer for n in range(20, 60) if (answer := await post(n)).status != 201]
    assert refused, "the disk was not full"
    for answer in refused:
        assert (answer.status, json.loads(answer.body)["code"]) == (503, "store_full")
        assert int(answer.headers["retry-after"]) > 0
    await _assert_reads(site, connection)
    for _ in range(50):
        if (told := json.loads(site.get("/readyz")[1])) == _FULL:
            break
        await asyncio.sleep(0.1)
    assert told == _FULL
    (disk / "filler").unlink()
    for n in range(60, 70):
        assert (await post(n)).status == 201
    assert json.loads(site.get("/readyz")[1])["writes"] == "ok"
    return acknowledged


async def _assert_reads(site: Site, connection: Connection) -> None:
    """Ready-made, made anew, and for somebody who is signed in."""
    assert site.get(STORY_PATH)[0] == 200
    assert site.get(f"{COMMENTS_PATH}?limit=7")[0] == 200
    assert (await connection.ask("GET", STORY_PATH, author=3)).status == 200
