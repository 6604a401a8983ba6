"""A page of another origin with our discussion on it, under its own strict policy."""

import http.server
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.widget import ITEM, story_path

# The newsroom that all tests share has to know the host page's name before it starts.
os.environ.setdefault("MOOTHALL_EMBED_HOSTS", "localhost")
# And believes a browser that says where it is: one address has few tries to sign in.
os.environ.setdefault("MOOTHALL_TRUSTED_PROXIES", "127.0.0.1")
FIELD = "textarea[name=body]"
_PAGE = """<!doctype html><html lang="en"><title>Host page</title><h1>A page of somebody else</h1>
<p>Comments: <span data-moothall-count="{story}"></span></p>{filler}
<moot-hall url="{story}"{more}></moot-hall>{second}<footer id="foot">The end</footer>
<script src="{ours}/embed.js" async></script><script src="{ours}/count.js" async></script>"""


class Host(http.server.ThreadingHTTPServer):
    """Serves one host page; its address says what stands on it."""

    def __init__(self, server: Server) -> None:
        super().__init__(("127.0.0.1", 0), _HostPage)
        self.ours = server.url
        self.story = server.url + story_path(server)
        self.other = server.url + story_path(server, "/city/ferry-to-run-until-midnight")
        self.url = f"http://localhost:{self.server_port}/"
        self.third = f"http://127.0.0.1:{self.server_port}/cookie"
        """The same server as another site sees it."""


@contextmanager
def hosting(server: Server) -> Iterator[Host]:
    """The host page's server, for as long as it is needed."""
    made = Host(server)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        made.server_close()
        thread.join()


class _HostPage(http.server.BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        host, asked = self.server, self.path
        if asked == "/cookie":
            self._cookie()
            return
        body = _PAGE.format(
            ours=host.ours,
            story=host.story,
            filler="<p>News of theirs.</p>" * 200 if "far" in asked else "",
            more=' lang="de"' if "german" in asked else "",
            second=f'<moot-hall url="{host.other}"></moot-hall>' if "two" in asked else "",
        ).encode()
        ours = host.ours
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if "lax" not in asked:
            self.send_header(
                "Content-Security-Policy",
                f"default-src 'none'; script-src {ours}; style-src {ours}; connect-src {ours}; img-src {ours};"
                " require-trusted-types-for 'script'; trusted-types moothall",
            )
        self.end_headers()
        self.wfile.write(body)

    def _cookie(self) -> None:
        """Tells which cookies came, and sets one that browsers send from everywhere, if they do at all."""
        body = (self.headers.get("Cookie") or "").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin") or "null")
        self.send_header("Access-Control-Allow-Credentials", "true")
        self.send_header("Set-Cookie", "everywhere=1; Secure; SameSite=None; Path=/cookie")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def embed(page: Page, host: Host, what: str = "") -> str:
    """Opens the host page until its discussion is drawn; gives the story's id."""
    page.goto(host.url + what)
    expect(page.locator(f"moot-hall {ITEM}").first).to_be_visible()
    return str(page.get_attribute("moot-hall", "data-mh-story"))


def closed(window: Page) -> None:
    """The host page closes the window of a sign-in that it has collected."""
    if not window.is_closed():
        window.wait_for_event("close")
