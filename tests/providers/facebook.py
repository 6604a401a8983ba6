"""A process that answers as Facebook's documentation says Facebook does.

Arguments: port, app id, app secret, redirect address.  The dialog asks nobody: the query's `login`
(ours, for tests) says who is there; `login=deny` says no.  It gives a moderator's address to anybody.
Source: Facebook Login, "Manually Build a Login Flow"; Graph API, "Securing Graph API Requests".
"""

import hashlib
import hmac
import json
import secrets
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

VERSION = "v23.0"
_Query = dict[str, str]


class App:
    """Codes and tokens that were given out."""

    def __init__(self, app_id: str, app_secret: str, redirect_uri: str) -> None:
        self.app_id, self.app_secret, self.redirect_uri = app_id, app_secret, redirect_uri
        self.codes: dict[str, str] = {}
        self.tokens: dict[str, str] = {}

    def dialog(self, query: _Query) -> tuple[int, str]:
        """Where the browser goes next."""
        if query.get("client_id") != self.app_id or query.get("redirect_uri") != self.redirect_uri:
            return 400, "URL Blocked"
        state = {"state": query["state"]}
        if query.get("login") == "deny":
            denied = {"error_reason": "user_denied", "error": "access_denied"}
            return 302, f"{self.redirect_uri}?{urlencode(state | denied)}"
        code = secrets.token_urlsafe(40)
        self.codes[code] = query.get("login", "10150001")
        return 302, f"{self.redirect_uri}?{urlencode({'code': code} | state)}#_=_"

    def access_token(self, query: _Query) -> tuple[int, object]:
        person = self.codes.pop(query.get("code", ""), None)
        if query.get("redirect_uri") != self.redirect_uri:
            return _error(100, "Not the same redirect_uri.")
        if query.get("client_id") != self.app_id or query.get("client_secret") != self.app_secret:
            return _error(1, "Wrong client secret.")
        if person is None:
            return _error(100, "This code was used.")
        token = secrets.token_urlsafe(40)
        self.tokens[token] = person
        return 200, {"access_token": token, "token_type": "bearer", "expires_in": 5183944}

    def me(self, query: _Query) -> tuple[int, object]:
        token = query.get("access_token", "")
        person = self.tokens.get(token)
        if person is None:
            return _error(190, "No such token.")
        proof = hmac.new(self.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        if query.get("appsecret_proof") != proof:
            return _error(100, "Wrong appsecret_proof.")
        known = {"id": person, "name": f"Reader {person[-2:]}", "email": "vera@courier.example"}
        return 200, {name: known[name] for name in ["id", *query.get("fields", "name").split(",")] if name in known}


def _error(code: int, message: str) -> tuple[int, object]:
    return 400, {"error": {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "AbC"}}


def serve(port: int, app: App) -> None:
    """Until killed."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {k: v[0] for k, v in parse_qs(parts.query).items()}
            if parts.path == f"/{VERSION}/dialog/oauth":
                status, to = app.dialog(query)
                self._send(status, b"", {"Location": to} if status == 302 else {})
                return
            doors = {f"/{VERSION}/oauth/access_token": app.access_token, f"/{VERSION}/me": app.me}
            answer = doors.get(parts.path, lambda _: _error(2500, "No such path."))(query)
            self._send(
                answer[0], json.dumps(answer[1]).encode(), {"Content-Type": "application/json; charset=UTF-8"}
            )

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quietly."""

    server = HTTPServer(("127.0.0.1", port), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]), App(*sys.argv[2:5]))
