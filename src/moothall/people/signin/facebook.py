"""Signing in through Facebook: OAuth 2 and one question to its Graph.

Facebook is no OpenID Connect provider on the web, and says of no e-mail address that it was verified:
an address from there is a claim and never a key.  Its ids are those of our app alone.
Source: Facebook Login, manually build a login flow; Graph API, securing requests (appsecret_proof).
"""

import hashlib
import hmac
from urllib.parse import urlencode

import httpx
import msgspec

from moothall.kernel.errors import ProviderFailed, SigninFailed
from moothall.kernel.limits import CLAIM_CHARS
from moothall.people.model import Identity
from moothall.people.signin.fetch import Document, Refusal, fetch, text
from moothall.people.signin.way import Departure, Return

ISSUER = "https://www.facebook.com"


class FacebookApp(msgspec.Struct, frozen=True):
    """Our app there, and where it is."""

    app_id: str
    app_secret: str
    dialog_url: str
    graph_url: str
    version: str


class FacebookWay:
    """OAuth 2 by Facebook's own rules; what it says of an e-mail address proves nothing."""

    key = "facebook"
    name = "Facebook"

    def __init__(self, app: FacebookApp, http: httpx.AsyncClient) -> None:
        self._app = app
        self._http = http

    async def leave(self, departure: Departure) -> str:
        query = {
            "client_id": self._app.app_id,
            "redirect_uri": departure.redirect_uri,
            "state": departure.state,
            "response_type": "code",
            "scope": "public_profile",
        }
        return f"{self._app.dialog_url}/{self._app.version}/dialog/oauth?{urlencode(query)}"

    async def identify(self, back: Return) -> Identity:
        token = await self._redeem(back)
        proof = hmac.new(self._app.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        me = await self._graph("me", {"fields": "id,name", "access_token": token, "appsecret_proof": proof})
        subject = text(me, "id")
        if subject is None or not subject.isdecimal():
            raise ProviderFailed(name=self.name)
        return Identity(ISSUER, subject, claimed_name=(text(me, "name") or "")[:CLAIM_CHARS] or None)

    async def _redeem(self, back: Return) -> str:
        """The access token for a code.  Raises: SigninFailed, ProviderFailed."""
        answer = await self._graph(
            "oauth/access_token",
            {
                "client_id": self._app.app_id,
                "client_secret": self._app.app_secret,
                "redirect_uri": back.redirect_uri,
                "code": back.code,
            },
        )
        token = text(answer, "access_token")
        if token is None:
            raise ProviderFailed(name=self.name)
        return token

    async def _graph(self, path: str, query: dict[str, str]) -> Document:
        url = f"{self._app.graph_url}/{self._app.version}/{path}?{urlencode(query)}"
        try:
            return await fetch(self._http, url, name=self.name)
        except Refusal as wrong:
            raise SigninFailed from wrong
