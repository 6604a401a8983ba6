"""Blocking another reader, for the widget."""

from typing import Any

import msgspec
from litestar import Request, Response, delete, get, put
from litestar.params import FromPath

from moothall.kernel.ids import to_text
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import account_id
from moothall.web.headers import NO_STORE
from moothall.web.pages.blocks import change
from moothall.web.services import services

_Request = Request[Any, Any, Any]


class BlockJson(msgspec.Struct, frozen=True):
    account_id: str
    display_name: str


@get("/api/v1/blocks", summary="Whom you block")
async def show(request: _Request) -> Response[tuple[BlockJson, ...]]:
    reader = await gate.need(request, Right.COMMENT)
    found = await services(request).people.blocks(reader.id)
    return Response(tuple(BlockJson(to_text(one.id), one.display_name) for one in found), headers=NO_STORE)


@put("/api/v1/blocks/{account:str}", summary="Block a reader", status_code=204)
async def block(request: _Request, account: FromPath[str]) -> Response[None]:
    await change(request, account_id(account), blocked=True)
    return Response(None, status_code=204, headers=NO_STORE)


@delete("/api/v1/blocks/{account:str}", summary="Unblock a reader", status_code=204)
async def unblock(request: _Request, account: FromPath[str]) -> Response[None]:
    await change(request, account_id(account), blocked=False)
    return Response(None, status_code=204, headers=NO_STORE)


routes = [show, block, unblock]
