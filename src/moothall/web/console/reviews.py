"""Blind second reviews: a sample is drawn, and one comment at a time looked at without knowing its fate."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.discussion.model import CommentId
from moothall.kernel.clock import to_rfc3339
from moothall.kernel.errors import Conflict, Forbidden, Invalid, InvalidField, NotFound
from moothall.kernel.ids import from_text
from moothall.kernel.limits import DAY_MS
from moothall.moderation.sample import Wish, check_wish
from moothall.moderation.second_review import Opinion, SecondReview, check_review
from moothall.people.model import Account
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.console.tabs import tabs_of
from moothall.web.console.view_reviews import SAMPLE_FORM, reviews_page
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view_plain import error_text
from moothall.web.render import render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_Wrong = Invalid | Conflict | Forbidden
_HERE = "/console/reviews"
_OPINIONS = {one.value: one for one in Opinion}


@get("/console/reviews", include_in_schema=False)
async def reviews(request: _Request) -> Response[str]:
    """The next comment for this moderator; administrators draw a sample here, too."""
    actor = await gate.need(request, Right.DECIDE)
    return await _page(request, actor)


@post("/console/reviews", include_in_schema=False)
async def review(request: _Request) -> Response[str] | Redirect:
    """What one thinks of it; nothing happens to the comment."""
    actor = await gate.need(request, Right.DECIDE)
    await gate.limit(request, "decide")
    parts = services(request)
    sample, comment = from_text(await field(request, "sample")), from_text(await field(request, "comment"))
    if sample is None or comment is None:
        raise NotFound
    rule = await field(request, "breaks")
    try:
        opinion = Opinion.BREAKS if rule else _OPINIONS.get(await field(request, "opinion"))
        if opinion is None:
            raise InvalidField(name="opinion")
        made = SecondReview(
            sample_id=sample,
            comment_id=CommentId(comment),
            reviewer_id=actor.id,
            opinion=opinion,
            rule=rule or await field(request, "rule"),
            at_ms=parts.clock(),
        )
        await parts.console.review(check_review(made))
    except (Invalid, Conflict, Forbidden) as wrong:
        return await _page(request, actor, wrong)
    return Redirect(_HERE, status_code=303)


@post("/console/reviews/samples", include_in_schema=False)
async def sample(request: _Request) -> Response[str] | Redirect:
    """Draw comments of the last days by lot."""
    actor = await gate.need(request, Right.MANAGE)
    await gate.limit(request, "write")
    parts = services(request)
    now_ms = parts.clock()
    try:
        wanted = Wish(
            id=parts.new_id(),
            actor_id=actor.id,
            since_ms=now_ms - _number(await field(request, "days"), "days") * DAY_MS,
            until_ms=now_ms,
            size=_number(await field(request, "size"), "size"),
            seed=await field(request, "seed") or to_rfc3339(now_ms)[:10],
            at_ms=now_ms,
        )
        await parts.console.sample(check_wish(wanted))
    except Invalid as wrong:
        typed = {name: await field(request, name) for name in SAMPLE_FORM}
        return await _page(request, actor, wrong, typed=typed)
    return Redirect(_HERE, status_code=303)


def _number(text: str, name: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise InvalidField(name=name)
    return int(text)


async def _page(
    request: _Request, viewer: Account, wrong: _Wrong | None = None, *, typed: Mapping[str, str] | None = None
) -> Response[str]:
    console = services(request).console
    frame = await frame_of(request)
    question, count = await console.question(viewer.id)
    said = error_text(frame.words, wrong, days=frame.words.t("Of the last days")) if wrong else ""
    page = reviews_page(frame, question, count=count, error=said, typed=typed)
    html = render(
        "console/reviews.html",
        {**page, "tabs": await tabs_of(request, frame, "reviews")},
    )
    return Response(html, status_code=wrong.status if wrong else 200, media_type="text/html", headers=NO_STORE)


routes = [reviews, review, sample]
