"""What is kept of oneself, as a file to take along."""

from typing import Any

from litestar import Request, Response, get

from moothall.people.model import AccountId, SessionKind
from moothall.web import gate
from moothall.web.headers import NO_STORE
from moothall.web.services import services

_Request = Request[Any, Any, Any]


@get("/account/record.zip", include_in_schema=False)
async def own(request: _Request) -> Response[bytes]:
    """ActivityStreams, CSV and a page to read."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "write")
    return await record_of(request, found.account.id)


async def record_of(request: _Request, who: AccountId) -> Response[bytes]:
    """The file about an account that is there."""
    packed = await services(request).personal_data.record(who)
    named = {"Content-Disposition": 'attachment; filename="record.zip"'}
    return Response(packed, media_type="application/zip", headers={**NO_STORE, **named})


routes = [own]
