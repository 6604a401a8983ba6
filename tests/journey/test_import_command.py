"""`moothall import`, as a newsroom types it."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moothall.cli import main
from moothall.store import staging
from moothall.store.database import open_database
from tests.newsroom.archives import disqus, many, post, thread

GOOD = disqus(thread("1"), post("a"), post("b", parent="a"))
PARTLY = disqus(thread("1"), post("a"), post("b", "nowhere"))


def run(folder: Path, content: bytes, *options: str, name: str = "archive.xml") -> Result:
    """Import a file into the newsroom of a folder."""
    (folder / name).write_bytes(content)
    return CliRunner().invoke(
        main,
        ["import", "disqus", str(folder / name), "--data", str(folder / "var"), *options],
        env={"COLUMNS": "200"},
    )


def comments(folder: Path) -> int:
    """How many there are; 0 where there is no database."""
    if not (folder / "var" / "moothall.db").exists():
        return 0
    with closing(sqlite3.connect(folder / "var" / "moothall.db")) as conn:
        return int(conn.execute("SELECT count(*) FROM comment").fetchone()[0])


def test_an_archive_comes_in_with_a_report(tmp_path: Path) -> None:
    """Every row of the file is counted in it."""
    done = run(tmp_path, GOOD, "--report", str(tmp_path / "report.json"))
    assert done.exit_code == 0, done.output
    assert "2 comments are in" in done.output
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["report"]["comments"]["imported"] == report["report"]["comments"]["rows"] == 2
    assert comments(tmp_path) == 2


def test_refused_rows_stop_the_import_until_that_is_accepted(tmp_path: Path) -> None:
    """Nothing is left out behind somebody's back; --skip-refused says that it may be."""
    first = run(tmp_path, PARTLY)
    assert first.exit_code == 3
    assert "Nothing was changed" in first.output
    assert "line 5, comment 2 (id b): story_missing" in first.output
    assert comments(tmp_path) == 0
    second = run(tmp_path, PARTLY, "--skip-refused", "--report", str(tmp_path / "report.json"))
    assert second.exit_code == 0, second.output
    assert comments(tmp_path) == 1
    (row,) = json.loads((tmp_path / "report.json").read_text())["rows"]
    assert (row["reason"], row["external_id"], row["line"]) == ("story_missing", "b", 5)


def test_a_dry_run_makes_nothing(tmp_path: Path) -> None:
    """Not even a database."""
    done = run(tmp_path, GOOD, "--dry-run")
    assert done.exit_code == 0, done.output
    assert "dry run; nothing was changed" in done.output
    assert not (tmp_path / "var" / "moothall.db").exists()


def test_a_dry_run_knows_what_is_there(tmp_path: Path) -> None:
    """On a newsroom that has the archive it says so, and leaves the file as it is."""
    run(tmp_path, GOOD)
    before = (tmp_path / "var" / "moothall.db").read_bytes()
    done = run(tmp_path, GOOD, "--dry-run", "--report", str(tmp_path / "report.json"))
    assert done.exit_code == 0
    assert json.loads((tmp_path / "report.json").read_text())["report"]["comments"]["already_there"] == 2
    assert (tmp_path / "var" / "moothall.db").read_bytes() == before


def test_a_dry_run_leaves_old_tables_alone(tmp_path: Path) -> None:
    """It says what changes them."""
    run(tmp_path, GOOD)
    with sqlite3.connect(tmp_path / "var" / "moothall.db") as conn:
        conn.execute("UPDATE alembic_version SET version_num = '20200101_0000'")
    done = run(tmp_path, GOOD, "--dry-run")
    assert (done.exit_code, "moothall migrate" in done.output) == (1, True)
    with sqlite3.connect(tmp_path / "var" / "moothall.db") as conn:
        assert conn.execute("SELECT version_num FROM alembic_version").fetchone() == ("20200101_0000",)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (GOOD[:-20], "ends in the middle"), (b"\0\1", "not the beginning of XML"),
     (GOOD.replace(b"Words", b"W\x0brds"), "control character 0x0B"),
     (b"\x1f\x8bnonsense", "gzip data is damaged")],
)  # fmt: skip
def test_a_bad_file_gets_one_line_and_changes_nothing(tmp_path: Path, content: bytes, words: str) -> None:
    """No traceback, and the newsroom is as it was."""
    run(tmp_path, GOOD)
    done = run(tmp_path, content, name="bad.xml.gz")
    assert done.exit_code == 1
    assert words in done.output
    assert "nothing was changed" in done.output
    assert comments(tmp_path) == 2
    assert [path.name for path in (tmp_path / "var").glob("*scratch*")] == []


def test_a_refused_first_import_leaves_nothing(tmp_path: Path) -> None:
    """Neither a bad file nor refused rows make a database: a backup can be restored there as before."""
    assert run(tmp_path, GOOD[:-20]).exit_code == 1
    assert run(tmp_path, PARTLY).exit_code == 3
    (tmp_path / "cut.jsonl").write_bytes(b'{"kind":"header"')
    assert native("import", tmp_path / "cut.jsonl", tmp_path / "var").exit_code == 1
    assert [path.name for path in tmp_path.glob("var/*")] == []
    assert run(tmp_path, GOOD).exit_code == 0
    assert run(tmp_path, PARTLY).exit_code == 3
    assert comments(tmp_path) == 2


def test_a_host_map_must_be_a_pair(tmp_path: Path) -> None:
    """A mistyped option is told before the file is read."""
    assert run(tmp_path, GOOD, "--site-host-map", "old.example").exit_code == 2


def test_a_running_server_keeps_imports_out(tmp_path: Path) -> None:
    """Two writers on one file would lose counts; the message says what to do."""
    run(tmp_path, GOOD)
    server = open_database(f"sqlite:///{tmp_path / 'var' / 'moothall.db'}")
    done = run(tmp_path, GOOD)
    server.close()
    assert done.exit_code == 1
    assert "Another Moothall server" in done.output


@pytest.mark.parametrize("pages", [4, 12])
def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int) -> None:
    """In one line; the newsroom is as it was."""
    monkeypatch.setattr(staging, "_PRAGMAS", (*staging._PRAGMAS, f"PRAGMA max_page_count={pages}"))
    done = run(tmp_path, GOOD)
    assert done.exit_code == 1
    assert "disk is full" in done.output
    assert comments(tmp_path) == 0


def test_an_archive_of_ours_goes_out_and_comes_in(tmp_path: Path) -> None:
    """From one newsroom into another, to the same bytes, also while the first is open."""
    run(tmp_path, GOOD)
    server = open_database(f"sqlite:///{tmp_path / 'var' / 'moothall.db'}")
    first, again = tmp_path / "first.jsonl.gz", tmp_path / "again.jsonl.gz"
    assert native("export", first, tmp_path / "var").exit_code == 0
    server.close()
    dry = native("import", first, tmp_path / "other", "--dry-run")
    assert (dry.exit_code, (tmp_path / "other" / "moothall.db").exists()) == (0, False)
    done = native("import", first, tmp_path / "other", "--report", str(tmp_path / "report.json"))
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "report.json").read_text())["imported"]["comment"] == 2
    assert native("export", again, tmp_path / "other").exit_code == 0
    assert again.read_bytes() == first.read_bytes()


def test_an_export_of_nothing_is_refused(tmp_path: Path) -> None:
    """A mistyped folder does not give an empty archive."""
    done = native("export", tmp_path / "x.jsonl", tmp_path / "nowhere")
    assert (done.exit_code, "There is no database" in done.output) == (1, True)
    assert list(tmp_path.iterdir()) == []


def native(verb: str, file: Path, data: Path, *options: str) -> Result:
    """Our own format, out or in."""
    return CliRunner().invoke(main, [verb, "native", str(file), "--data", str(data), *options])


@pytest.mark.slow
def test_a_killed_import_is_finished_by_the_next(tmp_path: Path) -> None:
    """kill -9 in the middle, then the same command: the same rows as without the kill, none twice."""
    content = disqus(*many(9_000, stories=400))
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    for folder in (whole, killed):
        folder.mkdir()
    assert run(whole, content).exit_code == 0
    (killed / "archive.xml").write_bytes(content)
    while not _kill_in_the_middle(killed):
        shutil.rmtree(killed / "var")
    there = comments(killed)
    assert 0 < there < 9_000
    assert run(killed, content, "--report", str(killed / "report.json")).exit_code == 0
    assert json.loads((killed / "report.json").read_text())["report"]["comments"]["already_there"] > 0
    assert _content(killed) == _content(whole)


def _kill_in_the_middle(folder: Path) -> bool:
    """Kill an import once it has written its first comments; False when it was done before that."""
    command = [sys.executable, "-m", "moothall", "import", "disqus", str(folder / "archive.xml"), "--data"]
    process = subprocess.Popen([*command, str(folder / "var")], stdout=subprocess.DEVNULL)
    while process.poll() is None:
        time.sleep(0.01)
        if _written(folder):
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            return comments(folder) < 9_000
    return False


def _written(folder: Path) -> bool:
    try:
        return comments(folder) > 0
    except sqlite3.OperationalError:
        return False


def _content(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    tables = ("section", "story", "account", "identity", "comment", "import_map")
    with closing(sqlite3.connect(folder / "var" / "moothall.db")) as conn:
        return {table: conn.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in tables}


def test_what_cannot_be_written_is_said_before_anything_is_read(tmp_path: Path) -> None:
    """A report that finds no folder after hours of work would be lost."""
    told = run(tmp_path, GOOD, "--report", str(tmp_path / "nowhere" / "report.json"))
    assert told.exit_code == 2
    assert "There is no folder for" in told.output
    assert comments(tmp_path) == 0
    assert run(tmp_path, GOOD, "--report", str(tmp_path / "report.json")).exit_code == 0


def test_a_device_is_not_replaced_by_an_archive(tmp_path: Path) -> None:
    """The archive gets its name by renaming, which would put a file in the place of a device."""
    run(tmp_path, GOOD)
    os.mkfifo(tmp_path / "pipe")
    data = ["--data", str(tmp_path / "var")]
    told = CliRunner().invoke(main, ["export", "native", str(tmp_path / "pipe"), *data], env={"COLUMNS": "200"})
    assert (told.exit_code, "is a device" in told.output) == (2, True)
    assert (tmp_path / "pipe").is_fifo()
    assert CliRunner().invoke(main, ["export", "native", str(tmp_path / "out.jsonl"), *data]).exit_code == 0


def test_a_folder_that_is_a_file_is_told_in_one_line(tmp_path: Path) -> None:
    """And so is whatever else the system refuses."""
    (tmp_path / "file").write_bytes(b"")
    told = run(tmp_path, GOOD, "--data", str(tmp_path / "file"))
    assert (told.exit_code, told.output.count("\n")) == (1, 1)
    assert "File exists" in told.output


@pytest.mark.parametrize("name", ["", " ", "???", "\u200b"])
def test_a_section_has_a_name(tmp_path: Path, name: str) -> None:
    """It is shown to readers, and stands in addresses."""
    assert run(tmp_path, GOOD, "--section", name).exit_code == 2
    assert comments(tmp_path) == 0
    assert run(tmp_path, GOOD, "--section", "Архив").exit_code == 0


def test_the_file_of_another_system_is_known(tmp_path: Path) -> None:
    """And the command that reads it is named."""
    told = run(tmp_path, b"<rss/>")
    assert "Try `moothall import wordpress`" in told.output
