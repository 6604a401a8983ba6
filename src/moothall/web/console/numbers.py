"""The dashboard: drawn on the server, and as a table for other programs."""

import csv
import io
from typing import Any

from litestar import Request, Response, get

from moothall.kernel.clock import to_rfc3339
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.console.tabs import tabs_of
from moothall.web.console.view_numbers import numbers_page
from moothall.web.console.view_trials import trial_charts
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.render import render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_COLUMNS = ("day", "comments", "approved", "held", "removed", "median_wait_ms", "upheld", "partly", "reversed")


@get("/console/numbers", include_in_schema=False)
async def numbers(request: _Request) -> Response[str]:
    """The last month at a glance; nobody's own pace is on it."""
    await gate.need(request, Right.DECIDE)
    console = services(request).console
    frame = await frame_of(request)
    page = numbers_page(frame, await console.numbers(), await console.qualities(), await console.nudges())
    trials = trial_charts(frame.words, [one.comparison for one in services(request).shadows])
    html = render(
        "console/numbers.html",
        {**page, "trials": trials, "tabs": await tabs_of(request, frame, "numbers")},
    )
    return Response(html, media_type="text/html", headers=NO_STORE)


@get("/console/numbers.csv", include_in_schema=False)
async def table(request: _Request) -> Response[str]:
    """The same days as CSV.  Source: RFC 4180."""
    await gate.need(request, Right.DECIDE)
    found = await services(request).console.numbers()
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(_COLUMNS)
    for day in found.days:
        date = to_rfc3339(day.at_ms)[:10]
        wait = "" if day.median_wait_ms is None else day.median_wait_ms
        appeals = (day.upheld, day.partly, day.reversed)
        write.writerow([date, day.comments, day.approved, day.held, day.removed, wait, *appeals])
    headers = {**NO_STORE, "Content-Disposition": 'attachment; filename="moderation.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@get("/console/means.csv", include_in_schema=False)
async def means(request: _Request) -> Response[str]:
    """How right each means was, by second reviews: shares with their intervals in 0 to 1.  Source: RFC 4180."""
    await gate.need(request, Right.DECIDE)
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(("means", "measure", "value", "low", "high", "reviews"))
    for one in await services(request).console.qualities():
        for name in ("accuracy", "precision", "recall"):
            found = getattr(one, name)
            if found is not None:
                write.writerow([one.means, name, found.value, found.low, found.high, found.count])
    headers = {**NO_STORE, "Content-Disposition": 'attachment; filename="means.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@get("/console/nudges.csv", include_in_schema=False)
async def nudges(request: _Request) -> Response[str]:
    """What authors chose who were asked first, by rule.  Source: RFC 4180."""
    await gate.need(request, Right.DECIDE)
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(("rule", "shown", "rephrased", "sent", "left"))
    for rule, found in await services(request).console.nudges():
        write.writerow([rule, found.shown, found.rephrased, found.sent, found.left])
    headers = {**NO_STORE, "Content-Disposition": 'attachment; filename="nudges.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


routes = [numbers, table, means, nudges]
