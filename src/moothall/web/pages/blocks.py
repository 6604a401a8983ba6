"""Blocking another reader through plain forms."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from moothall.discussion.model import Author
from moothall.kernel.errors import BlockedSelf
from moothall.people.model import Account, AccountId
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import account_id
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.pages import view_acts
from moothall.web.return_path import return_path
from moothall.web.services import services
from moothall.web.signing_in import page, see

_Request = Request[Any, Any, Any]


@get("/people/{person:str}/block", include_in_schema=False)
async def ask(request: _Request, person: FromPath[str]) -> Response[Any]:
    """Whether another reader is really to be blocked, or unblocked."""
    await gate.need(request, Right.COMMENT)
    other = await services(request).people.account(account_id(person))
    frame = await frame_of(request)
    author = Author(other.id, other.display_name, other.role)
    back = return_path(request.query_params.get("next") or "/account")
    context = view_acts.block_page(frame, author, blocked=other.id in frame.viewer.blocked, back=back)
    return page(request, "block.html", context)


@post("/people/{person:str}/block", include_in_schema=False)
async def block(request: _Request, person: FromPath[str]) -> Response[Any]:
    """Hide what another reader writes."""
    await change(request, account_id(person), blocked=True)
    return see(return_path(await field(request, "next") or "/account"))


@post("/people/{person:str}/unblock", include_in_schema=False)
async def unblock(request: _Request, person: FromPath[str]) -> Response[Any]:
    """Show what another reader writes again."""
    await change(request, account_id(person), blocked=False)
    return see(return_path(await field(request, "next") or "/account"))


async def change(request: _Request, other: AccountId, *, blocked: bool) -> None:
    """Block or unblock, as who is signed in.  Raises: NotFound, BlockedSelf."""
    reader: Account = await gate.need(request, Right.COMMENT)
    await gate.limit(request, "write")
    parts = services(request)
    if other == reader.id:
        raise BlockedSelf
    if blocked:
        await parts.people.block(reader.id, other, parts.clock())
    else:
        await parts.people.unblock(reader.id, other)


routes = [ask, block, unblock]
