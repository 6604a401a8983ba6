"""A story page from the hot table against the same bytes as a static file of nginx: CPU a request.

`python -m bench.hot_get`; both keep to one core, the client to the other, in turns.  At least 0.40.
"""

import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from bench.ground import fill
from bench.measure import compiled, cpu_s, folder, load, pinned, report
from tests.process import STORY, STORY_PATH, Site, account_id, free_port, populate

# Many short rounds: the least of each side is what it costs undisturbed.
ROUNDS, SECONDS, COMMENTS = 15, 1.0, 60
_NGINX = """
worker_processes 1; master_process off; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; default_type text/html;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; gzip_static on; }}
}}
"""
# What a browser sends; nginx knows packed files by gzip's name, so that the bytes stand there by it.
_REQUEST = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n"
    "Accept: text/html,application/xhtml+xml\r\nAccept-Language: en\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
    "{more}\r\n"
)


def main() -> None:
    """Print the ratio of the best rounds, for the page and for a 304."""
    if shutil.which("nginx") is None:
        sys.exit("This measurement needs nginx. Debian, Ubuntu: apt-get install nginx-light")
    client = compiled("load.c")
    with folder() as name:
        home = Path(name)
        db = populate(f"sqlite:///{home / 'moothall.db'}", 1)
        fill(db, COMMENTS, story=STORY, author=account_id(0))
        db.close()
        with Site(home, before=pinned("server")) as site:
            page, tag = _packed(site.url + STORY_PATH)
            nginx, port = _nginx(home, page)
            try:
                measure = _measurer(client)
                ours, theirs, short = [], [], []
                for _ in range(ROUNDS):
                    ours.append(measure(site.pid, site.port, _request(STORY_PATH)))
                    theirs.append(measure(nginx.pid, port, _request("/page.html")))
                    short.append(measure(site.pid, site.port, _request(STORY_PATH, f"If-None-Match: {tag}\r\n")))
            finally:
                nginx.terminate()
                nginx.wait()
    hot, static, known = min(ours), min(theirs), min(short)
    report(
        "hot_get",
        f"hot page of {len(page):,} bytes: {hot:.1f} us CPU, 304: {known:.1f} us; nginx static: {static:.1f} us;"
        f" ratio {static / hot:.2f} (at least 0.40), 304 {static / known:.2f}",
        {"hot_us": round(hot, 2), "not_modified_us": round(known, 2), "nginx_us": round(static, 2),
         "ratio": round(static / hot, 3), "bar": 0.40, "page_bytes": len(page)},
    )  # fmt: skip


def _measurer(client: str) -> Callable[[int, int, bytes], float]:
    """CPU microseconds a request, of the process that answers."""

    def measure(pid: int, port: int, request: bytes) -> float:
        before = cpu_s(pid)
        done = load(client, port, request, seconds=SECONDS)
        if done.wrong:
            sys.exit(f"{done.wrong} of {done.sent} answers were wrong")
        return (cpu_s(pid) - before) / done.sent * 1e6

    return measure


def _request(path: str, more: str = "") -> bytes:
    return _REQUEST.format(path=path, more=more).encode()


def _packed(url: str) -> tuple[bytes, str]:
    """The page as browsers get it, and its tag."""
    wanted = urllib.request.Request(url, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    with urllib.request.urlopen(wanted) as answer:
        if answer.headers["Content-Encoding"] != "br":
            sys.exit("the page did not come from the hot table")
        return answer.read(), answer.headers["ETag"]


def _nginx(home: Path, page: bytes) -> tuple["subprocess.Popen[bytes]", int]:
    (home / "www").mkdir()
    (home / "www" / "page.html").write_bytes(page * 3)
    (home / "www" / "page.html.gz").write_bytes(page)
    home.chmod(0o755)
    port = free_port()
    (home / "nginx.conf").write_text(_NGINX.format(folder=home, port=port))
    started = subprocess.Popen([*pinned("server"), "nginx", "-c", str(home / "nginx.conf")])
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/page.html").close()
        except OSError:
            time.sleep(0.05)
        else:
            return started, port
    sys.exit(f"nginx did not start: {(home / 'nginx.log').read_text()}")


if __name__ == "__main__":
    main()
