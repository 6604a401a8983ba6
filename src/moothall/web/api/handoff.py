"""Where an embedded discussion collects the token that its pop-up signed in for."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, post
from litestar.params import JSONBody

from moothall.kernel.errors import HostUnknown
from moothall.kernel.limits import EMBED_SESSION_MS, SECOND_MS
from moothall.kernel.secret import new_secret
from moothall.people import session as sessions
from moothall.people.model import SessionKind
from moothall.people.signin import handoff
from moothall.web import gate
from moothall.web.headers import NO_STORE
from moothall.web.services import services

_Request = Request[Any, Any, Any]


class VerifierJson(msgspec.Struct, forbid_unknown_fields=True):
    verifier: Annotated[str, msgspec.Meta(min_length=43, max_length=128)]


class TokenJson(msgspec.Struct, frozen=True):
    """`expires_in` is in seconds."""

    token: str
    expires_in: int


class WaitingJson(msgspec.Struct, frozen=True):
    """Ask again in a second or two."""

    waiting: bool = True


@post("/api/v1/handoff", summary="Collect an embedded discussion's token", status_code=200)
async def collect(request: _Request, data: JSONBody[VerifierJson]) -> Response[TokenJson] | Response[WaitingJson]:
    """202 while the reader has not said yes; the token is given once."""
    await gate.limit(request, "write")
    parts = services(request)
    host = handoff.host_of(request.headers.get("origin"))
    if not handoff.may_embed(host, parts.settings.embed_hosts):
        raise HostUnknown(host=host or "–")
    now_ms = parts.clock()
    account_id = await handoff.collect(parts.people, data.verifier, host=host, now_ms=now_ms)
    if account_id is None:
        return Response(WaitingJson(), status_code=202, headers=NO_STORE)
    token = new_secret()
    opened = sessions.begin(token, new_secret(), kind=SessionKind.EMBED, device=host, now_ms=now_ms)
    await parts.people.open_session(account_id, opened)
    return Response(TokenJson(token, EMBED_SESSION_MS // SECOND_MS), headers=NO_STORE)


routes = [collect]
