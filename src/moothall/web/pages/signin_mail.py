"""Signing in by mail: asking for it, typing its code, opening its link."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.params import FromPath

from moothall.kernel.errors import CodeWrong, EmailInvalid, SigninFailed
from moothall.kernel.secret import digest, new_code, new_secret
from moothall.people.email_address import canonical
from moothall.people.model import AccountId, Flow, FlowData
from moothall.people.signin import email_code
from moothall.people.signin.email_code import Asked
from moothall.web import cookies, gate
from moothall.web.carried import along, asked_in
from moothall.web.forms import field
from moothall.web.frame import frame_of, words_of
from moothall.web.letters import signin_letter
from moothall.web.pages.view_confirm import confirm_page
from moothall.web.pages.view_people import Waiting, code_page
from moothall.web.pages.view_plain import error_text
from moothall.web.return_path import return_path
from moothall.web.services import services
from moothall.web.signing_in import again, arrive, page, remember, see

_Request = Request[Any, Any, Any]
_KEY_CHARS = 64


@post("/signin/email", include_in_schema=False)
async def ask(request: _Request) -> Response[Any]:
    """The same answer for every address, known or not."""
    typed, next_path = await field(request, "email"), return_path(await field(request, "next"))
    try:
        return await send_code(request, typed, next_path)
    except EmailInvalid as wrong:
        return await again(request, wrong, Waiting(next=next_path), email=typed[:254])


@get("/signin/code", include_in_schema=False)
async def code_form(request: _Request) -> Response[Any]:
    """Where a mailed code is typed."""
    name = request.query_params.get("flow", "")
    try:
        flow = await _answerable(request, name)
    except SigninFailed as wrong:
        return await again(request, wrong)
    return await _code_page(request, flow, name)


@post("/signin/code", include_in_schema=False)
async def type_code(request: _Request) -> Response[Any]:
    """`flow` is its public name in the browser that asked, or the mailed link's secret in another."""
    await gate.limit(request, "signin")
    name, code = await field(request, "flow"), await field(request, "code")
    try:
        flow = await _answerable(request, name)
        return await _proven(request, await email_code.answer_code(services(request).people, flow, code))
    except CodeWrong as wrong:
        return await _code_page(request, flow, name, wrong)
    except SigninFailed as wrong:
        return await again(request, wrong)


@get("/signin/mail/{link:str}", include_in_schema=False)
async def open_link(request: _Request, link: FromPath[str]) -> Response[Any]:
    """Programs that look into mail open links too, so that opening one changes nothing."""
    await gate.limit(request, "signin")
    try:
        flow = await _by_link(request, link)
    except SigninFailed as wrong:
        return await again(request, wrong)
    if not email_code.is_here(flow, _browser(request)):
        return await _code_page(request, flow, link)
    gate.start(request)
    frame = await frame_of(request)
    t = frame.words.t
    context = confirm_page(
        frame,
        title=t("Sign in"),
        text=t("You are about to sign in as {email}.", email=flow.data.email),
        action="/signin/mail",
        button=t("Sign in"),
        fields={"link": link},
    )
    return page(request, "confirm.html", context)


@post("/signin/mail", include_in_schema=False)
async def use_link(request: _Request) -> Response[Any]:
    """Sign in by a mailed link."""
    await gate.limit(request, "signin")
    try:
        flow = await _by_link(request, await field(request, "link"))
        if not email_code.is_here(flow, _browser(request)):
            raise SigninFailed
        return await _proven(request, await email_code.answer_link(services(request).people, flow))
    except SigninFailed as wrong:
        return await again(request, wrong)


async def send_code(
    request: _Request, typed: str, next_path: str, *, joins: AccountId | None = None
) -> Response[Any]:
    """Queue the mail and lead to the code's form.  Raises: EmailInvalid, TooMany."""
    email = canonical(typed)
    await gate.limit(request, "mail")
    parts, words = services(request), words_of(request)
    asked = Asked(
        email=email,
        link=new_secret(),
        code=new_code(),
        browser=gate.start(request),
        # The mail may be opened where nobody remembers the language.
        next_path=along(next_path, asked_in(request.scope["query_string"])),
        joins=joins,
        letter_id=parts.new_id(),
        now_ms=parts.clock(),
    )
    name = await email_code.ask(
        parts.people, asked, lambda link, code: signin_letter(words, parts.settings, link, code)
    )
    parts.mailer.wake()
    answer = see(f"/signin/code?flow={quote(name)}")
    remember(request, answer)
    return answer


async def _proven(request: _Request, data: FlowData) -> Response[Any]:
    """An address was proved: to sign in, or to be added to who is signed in."""
    identity = email_code.identity_of(data)
    if data.joins is None:
        return await arrive(request, identity, data, email=data.email)
    found = await gate.need_session(request)
    if found.account.id != data.joins:
        raise SigninFailed
    parts = services(request)
    await parts.people.add_identity(found.account.id, identity, email=data.email, at_ms=parts.clock())
    return see(data.next)


async def _answerable(request: _Request, name: str) -> Flow:
    """The flow that a code may be typed for here.  Raises: SigninFailed."""
    if len(name) != _KEY_CHARS:
        return await _by_link(request, name)
    try:
        key = bytes.fromhex(name)
    except ValueError as wrong:
        raise SigninFailed from wrong
    parts = services(request)
    flow = await email_code.waiting(parts.people, key, parts.clock())
    if not email_code.is_here(flow, _browser(request)):
        raise SigninFailed
    return flow


async def _by_link(request: _Request, link: str) -> Flow:
    parts = services(request)
    return await email_code.waiting(parts.people, digest(link), parts.clock())


async def _code_page(request: _Request, flow: Flow, name: str, wrong: CodeWrong | None = None) -> Response[Any]:
    gate.start(request)
    frame = await frame_of(request)
    told = error_text(frame.words, wrong) if wrong else ""
    context = code_page(frame, Waiting(next=flow.data.next), email=flow.data.email, flow=name, error=told)
    return page(request, "code.html", context, wrong.status if wrong else 200)


def _browser(request: _Request) -> str | None:
    return cookies.read(request, services(request).settings, cookies.START)


routes = [ask, code_form, type_code, open_link, use_link]
