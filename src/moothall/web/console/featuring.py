"""Marking comments as worth reading, from the console's script and from a form."""

from typing import Any

import msgspec
from litestar import Request, post
from litestar.response import Redirect

from moothall.kernel.errors import InvalidField
from moothall.moderation.feature import Feature
from moothall.people.model import Account
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import comment_id
from moothall.web.console.said import said
from moothall.web.forms import field
from moothall.web.return_path import return_path
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_VALUES = {"1": True, "0": False}


class FeatureJson(msgspec.Struct, forbid_unknown_fields=True):
    """`key` is the outbox's own; what a comment is to be counts once anyway."""

    key: str
    comment: str
    featured: bool


class FeaturedJson(msgspec.Struct, frozen=True):
    """What the comment is now."""

    featured: bool


@post("/console/features", include_in_schema=False, status_code=200)
async def feature_now(request: _Request) -> FeaturedJson:
    """As the script sends it."""
    actor = await _moderator(request)
    data = await said(request, FeatureJson)
    await _feature(request, actor, data.comment, data.featured)
    return FeaturedJson(data.featured)


@post("/c/{comment:str}/feature", include_in_schema=False)
async def feature(request: _Request, comment: str) -> Redirect:
    """As a form."""
    actor = await _moderator(request)
    wanted = _VALUES.get(await field(request, "featured"))
    if wanted is None:
        raise InvalidField(name="featured")
    await _feature(request, actor, comment, wanted)
    return Redirect(return_path(await field(request, "back") or f"/c/{comment}"), status_code=303)


async def _moderator(request: _Request) -> Account:
    actor = await gate.need(request, Right.DECIDE)
    await gate.limit(request, "decide")
    return actor


async def _feature(request: _Request, actor: Account, comment: str, featured: bool) -> None:
    parts = services(request)
    at = comment_id(comment)
    await parts.console.feature(Feature(parts.new_id(), at, actor.id, featured, parts.clock()))


routes = [feature_now, feature]
