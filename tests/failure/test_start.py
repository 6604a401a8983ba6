"""What a server refuses to start on, each in one line that says what to do."""

import fcntl
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from moothall.cli import main
from moothall.kernel.errors import StoreDamaged, StoreLocked
from moothall.store import sqlite
from moothall.store.database import open_database
from moothall.web.i18n import LANGUAGES, translator
from tests.newsroom.archives import disqus
from tests.process import Site, populate


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a database that nobody uses."""
    populate(f"sqlite:///{tmp_path / 'moothall.db'}", 500).close()
    return tmp_path


def refusal(site: Site) -> str:
    """What a server that does not start says; it ends by itself, with an error."""
    site.launch()
    assert site.process is not None
    assert site.process.wait(30) == 1
    return site.log.read_text()


def test_a_second_server_is_refused(home: Path) -> None:
    """On the same database: refused, and the first goes on."""
    first = Site(home)
    first.start()
    text = refusal(Site(home, log=home / "second.log"))
    assert text.startswith("Error: Another Moothall server has ")
    assert first.get("/readyz")[0] == 200
    first.stop()


def test_small_commands_work_beside_a_server(home: Path) -> None:
    """Nobody stops a newsroom for a link, a key or a role; what the server keeps in memory stays refused."""
    (home / "page.xml").write_bytes(disqus())
    with Site(home) as site:
        link = _said(home, "signin-link", "administrator")
        assert site.get(urlsplit(link).path)[0] == 200
        assert len(_said(home, "newsroom-key", "cms")) > 40
        _said(home, "signin-link", "moderator")
        with closing(sqlite3.connect(home / "moothall.db")) as conn:
            (name,) = conn.execute("SELECT display_name FROM account WHERE role = 'moderator'").fetchone()
        assert _said(home, "role", name, "editor") == f"{name}: moderator, now editor."
        assert _said(home, "ledger", "verify") == "Every entry is as it was written."
        assert "[[rule]]" in _said(home, "standards", "show")
        refused = CliRunner().invoke(main, ["import", "disqus", str(home / "page.xml"), "--data", str(home)])
        assert (refused.exit_code, "Another Moothall server" in refused.output) == (1, True)


def _said(home: Path, *words: str) -> str:
    done = CliRunner().invoke(main, [*words, "--data", str(home)])
    assert done.exit_code == 0, done.output
    return done.output.strip()


def test_a_refused_start_speaks_the_language_of_the_site(home: Path) -> None:
    """Whoever runs it may not read English; a language that we do not have is no reason to say nothing."""
    path = home / "moothall.db"
    with sqlite.locked(path):
        said = {
            lang: refusal(Site(home, log=home / f"{lang}.log", locale=lang)).strip() for lang in (*LANGUAGES, "xx")
        }
    wrong = StoreLocked(path=str(path))
    told = {lang: f"Error: {translator(lang).t(wrong.text, path=str(path))}" for lang in LANGUAGES}
    assert said == {**told, "xx": told["en"]}
    assert len(set(told.values())) == len(LANGUAGES)


def test_a_taken_port_is_refused(home: Path, tmp_path: Path) -> None:
    """Two servers on one port would answer in turns; the second says so instead."""
    first = Site(home)
    first.start()
    second = Site(tmp_path / "other", log=tmp_path / "second.log")
    second.port = first.port
    assert "listens on 127.0.0.1:" in refusal(second)
    first.stop()


@pytest.mark.parametrize("damage", ["header", "schema", "middle", "cut"])
def test_a_damaged_database_is_refused(home: Path, damage: str) -> None:
    """Flipped bytes anywhere, or an end that is missing: no start, and the way to a backup is named."""
    path = home / "moothall.db"
    content = bytearray(path.read_bytes())
    match damage:
        case "header":
            content[:16] = b"\x00" * 16
        case "schema":
            content[100:300] = b"\xff" * 200
        case "middle":
            middle = len(content) // 8192 * 4096
            content[middle : middle + 4096] = b"\xa5" * 4096
        case "cut":
            del content[len(content) // 2 :]
    path.write_bytes(content)
    with pytest.raises(StoreDamaged, match="moothall restore"):
        open_database(f"sqlite:///{path}")
    assert path.read_bytes() == bytes(content)


def test_a_server_says_why_it_does_not_start(home: Path) -> None:
    """One line and an exit status, not a traceback; and it does not try for ever."""
    (home / "moothall.db").write_bytes(b"This was a database once. " * 400)
    text = refusal(Site(home))
    assert text.startswith("Error: The database ")
    assert "is damaged" in text
    assert "Traceback" not in text


def test_the_lock_goes_with_the_process(home: Path) -> None:
    """After a kill nothing is left that would refuse the next server."""
    site = Site(home)
    site.start()
    with pytest.raises(StoreLocked):
        open_database(f"sqlite:///{home / 'moothall.db'}")
    site.kill()
    open_database(f"sqlite:///{home / 'moothall.db'}").close()


def test_a_log_left_by_a_kill_is_played_in(home: Path) -> None:
    """What was committed and not yet folded into the file is there after the next start."""
    site = Site(home)
    site.start()
    with closing(sqlite3.connect(home / "moothall.db", isolation_level=None)) as other:
        other.execute("INSERT INTO site (key, value) VALUES ('told', 'yes')")
        site.kill()
    site.start()
    site.stop()
    with closing(sqlite3.connect(home / "moothall.db")) as conn:
        assert conn.execute("SELECT value FROM site WHERE key = 'told'").fetchone() == ("yes",)


def test_a_lock_on_a_file_that_went_away_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused first import takes its lock file away; who opened it just before must not come in by it."""
    path = tmp_path / "moothall.db"
    take = fcntl.flock

    def late(handle: int, how: int) -> None:
        path.with_name(f"{path.name}.lock").unlink()
        path.with_name(f"{path.name}.lock").touch()
        take(handle, how)

    with monkeypatch.context() as patched:
        patched.setattr(fcntl, "flock", late)
        with pytest.raises(StoreLocked), sqlite.locked(path):
            pass
    with sqlite.locked(path):
        pass
