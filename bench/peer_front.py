"""The site around the peer: our article with its element in place of ours, and its server on the same origin."""

import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import brotli  # type: ignore[import-untyped]

_EMBED = (
    '<section id="isso-thread" data-title="Bridge"></section>'
    '<script data-isso="/isso/" data-isso-max-comments-top="inf" data-isso-max-comments-nested="inf"'
    ' data-isso-sorting="newest" src="/isso/js/embed.min.js"></script>'
)


def with_isso(html: str) -> str:
    """The page without our discussion, its style and its data, and with Isso's as its documentation says."""
    html = re.sub(r"<moot-hall.*?</moot-hall>", _EMBED, html, flags=re.DOTALL)
    html = re.sub(r'<script type="application/ld\+json">.*?</script>', "", html, flags=re.DOTALL)
    html = re.sub(r"<script(?![^>]*data-isso)[^>]*>.*?</script>", "", html, flags=re.DOTALL)
    return re.sub(r"/static/site\+moothall\.css[^\"]*", "/static/site.css", html)


@contextmanager
def front(html: str, ours: str, isso_port: int, port: int) -> Iterator[None]:
    """Serve it: everything compressed once and kept, as a proxy with a cache does; that is in Isso's favour."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(with_isso(html).encode(), ours, isso_port))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(page: bytes, ours: str, isso_port: int) -> type[BaseHTTPRequestHandler]:
    kept: dict[str, tuple[str, bytes]] = {}

    def fetch(path: str) -> tuple[str, bytes]:
        if path.startswith("/isso/"):
            at = f"http://127.0.0.1:{isso_port}{path.removeprefix('/isso')}"
        elif path.startswith("/static/"):
            at = ours + path
        else:
            return "text/html; charset=utf-8", page
        with urllib.request.urlopen(at) as answer:
            return answer.headers["Content-Type"], answer.read()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Headers and body leave together and at once: no wait for the other side's late acknowledgement.
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            if self.path not in kept:
                kind, body = fetch(self.path)
                kept[self.path] = kind, brotli.compress(body, quality=11)
            kind, body = kept[self.path]
            self.send_response(200)
            sent = {"Content-Type": kind, "Content-Encoding": "br", "Content-Length": str(len(body))}
            for name, value in sent.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

    return Handler
