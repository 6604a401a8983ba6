"""How fast an archive comes in, and in how much memory.

`python -m bench.import_archive [--n 1000000]`: makes a Disqus export of N comments, imports it with the
command, and then writes the very rows that came of it with bare `executemany` calls, as the ratio's base.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from moothall.store.database import Database, open_database
from moothall.store.exchange import open_writer
from moothall.store.raw import rows, run_many

COMMENTS, PER_STORY, AUTHORS, BATCH = 1_000_000, 80, 20_000, 4_000
MEMORY_LIMIT_MB = 300
_START = datetime(2012, 1, 1, tzinfo=UTC)
_TEXT = (
    "the bridge was tolled until the river rose and nobody in the council would say who paid for it then or"
    " since because every ledger of those years is missing and what remains was written much later"
)
_WORDS = _TEXT.split()
_TABLES = ("section", "story", "account", "identity", "comment", "import_map")


class Cost(NamedTuple):
    """What one import took."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def main() -> None:
    """Print rate, memory and ratio; status 1 when the memory is over its limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=COMMENTS)
    count = parser.parse_args().n
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        archive = Path(folder) / "archive.xml"
        with archive.open("w", encoding="utf-8") as file:
            file.writelines(_export(count))
        size_mb = archive.stat().st_size / 1e6
        cost = _import(archive, Path(folder))
        bare_s = _bare(Path(folder))
    took = f"{cost.wall_s:,.0f} s, of which {cost.cpu_s:,.0f} s CPU"
    print(f"{count:,} comments, {size_mb:,.0f} MB: {count / cost.wall_s:,.0f}/s ({took})")
    print(f"peak memory {cost.peak_mb:,.0f} MB (at most {MEMORY_LIMIT_MB})")
    print(f"bare executemany of the same rows: {count / bare_s:,.0f}/s; ratio {bare_s / cost.wall_s:.2f}")
    raise SystemExit(cost.peak_mb > MEMORY_LIMIT_MB)


def _import(archive: Path, folder: Path) -> Cost:
    command = [sys.executable, "-m", "moothall", "import", "disqus", str(archive), "--data", str(folder / "var")]
    began = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the import ended with {status}")
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, _mb(used))


def _bare(folder: Path) -> float:
    """Seconds to write the imported rows again, in transactions of the same size, reading not counted."""
    source = open_database(f"sqlite:///{folder / 'var' / 'moothall.db'}")
    target = open_database(f"sqlite:///{folder / 'bare.db'}")
    spent = sum(_copy(source, target, table) for table in _TABLES)
    source.close()
    target.close()
    return spent


def _copy(source: Database, target: Database, table: str) -> float:
    spent, after = 0.0, -1
    with source.engine.connect() as reader, open_writer(target) as writer:
        while page := rows(
            reader, f"SELECT rowid, * FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT {BATCH}", [after]
        ):
            marks = ", ".join("?" * (len(page[0]) - 1))
            values = [row[1:] for row in page]
            began = time.perf_counter()
            with writer.begin():
                run_many(writer, f"INSERT INTO {table} VALUES ({marks})", values)
            spent += time.perf_counter() - began
            after = page[-1][0]
    return spent


def _export(count: int) -> Iterator[str]:
    """Ten years of a paper: stories in order of time, each with its discussion within some days."""
    dice = random.Random(7)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">\n'
    stories = max(1, count // PER_STORY)
    step = timedelta(days=3650) / stories
    for story in range(stories):
        at = (_START + step * story).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield (
            f'<thread dsq:id="{story + 1}"><id/><forum>harrowgate</forum><link>https://harrowgate.example/{story}</link>'
            f"<title>Story number {story}</title><createdAt>{at}</createdAt><author><name>Desk</name></author>"
            "<isClosed>false</isClosed><isDeleted>false</isDeleted></thread>\n"
        )
    for number in range(count):
        yield _post(number, min(number // PER_STORY, stories - 1), dice, step)
    yield "</disqus>\n"


def _post(number: int, story: int, dice: random.Random, step: timedelta) -> str:
    place = number - story * PER_STORY
    at = (_START + step * story + timedelta(minutes=7 * place + dice.randrange(7))).strftime("%Y-%m-%dT%H:%M:%SZ")
    above = number - dice.randrange(1, place + 1) if place and dice.random() < 0.6 else None
    author = int(AUTHORS * dice.random() ** 3)
    return (
        f'<post dsq:id="{1_000_000 + number}"><id/><message><![CDATA[{_message(dice)}]]></message>'
        f"<createdAt>{at}</createdAt><isDeleted>{_yes(dice, 0.03)}</isDeleted><isSpam>{_yes(dice, 0.02)}</isSpam>"
        f"<author><name>Reader {author}</name><isAnonymous>false</isAnonymous>"
        f'<username>reader{author}</username></author><thread dsq:id="{story + 1}"/>'
        + (f'<parent dsq:id="{1_000_000 + above}"/>' if above is not None else "")
        + "</post>\n"
    )


def _yes(dice: random.Random, share: float) -> str:
    return "true" if dice.random() < share else "false"


def _message(dice: random.Random) -> str:
    """About 280 characters; one in four with a link, emphasis or a quote."""
    sizes = [dice.randrange(8, 40) for _ in range(dice.choice((1, 1, 2, 3)))]
    text = "".join(f"<p>{' '.join(dice.choices(_WORDS, k=size))}.</p>" for size in sizes)
    kind = dice.randrange(12)
    if kind == 0:
        return f'{text}<p><a href="https://harrowgate.example/a/long/way/{kind}">harrowgate.example/a/lo...</a></p>'
    if kind == 1:
        return f"<blockquote>{text}</blockquote><p>So they <i>say</i>.</p>"
    return text.replace("bridge", "<b>bridge</b>", 1) if kind == 2 else text


def _mb(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
