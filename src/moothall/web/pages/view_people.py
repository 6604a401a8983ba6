"""Signing in, choosing a name, one's own account."""

from collections.abc import Sequence
from urllib.parse import quote

import msgspec

from moothall.discussion.model import Author
from moothall.kernel.ids import to_text
from moothall.kernel.limits import DISPLAY_NAME_GRAPHEMES, SIGNIN_CODE_LIFE_MS, STATEMENTS_LISTED
from moothall.moderation.statement import Statement
from moothall.people.model import Session
from moothall.web.pages.view import Frame, Head, page
from moothall.web.pages.view_statement import statement_row
from moothall.web.render import Context


class Waiting(msgspec.Struct, frozen=True):
    """What goes along while somebody signs in.

    `next` is where they come back to; `handoff` is an embed's hash; `kept` is a comment already
    written, and `kept_story` and `kept_parent` say where it belongs.
    """

    next: str = "/"
    handoff: str = ""
    kept: str = ""
    kept_story: str = ""
    kept_parent: str = ""


class SessionView(msgspec.Struct, frozen=True):
    """A signed-in browser.  `key` names it in forms: the head of its token's hash."""

    key: str
    device: str
    since: str
    seen: str
    current: bool


class IdentityView(msgspec.Struct, frozen=True):
    """One way in.  `key` names it in forms; `detail` is what tells it from another of its kind."""

    key: str
    name: str
    detail: str


def signin_page(frame: Frame, waiting: Waiting, *, email: str = "", error: str = "") -> Context:
    """Providers are links to `/signin/KEY`; the form posts `email` to `/signin/email`."""
    query = f"?next={quote(waiting.next, safe='/')}"
    if waiting.handoff:
        query += f"&handoff={quote(waiting.handoff)}"
    return page(
        frame,
        _head(frame, frame.words.t("Sign in")),
        providers=tuple((provider.name, provider.href + query) for provider in frame.site.providers),
        waiting=waiting,
        email=email,
        error=error,
    )


def code_page(frame: Frame, waiting: Waiting, *, email: str, flow: str = "", error: str = "") -> Context:
    """Posts `code` to `/signin/code`.  `flow` names the attempt that the code belongs to."""
    return page(
        frame,
        _head(frame, frame.words.t("Enter the code")),
        waiting=waiting,
        email=email,
        flow=flow,
        error=error,
        minutes=SIGNIN_CODE_LIFE_MS // 60_000,
    )


def name_page(frame: Frame, waiting: Waiting, *, display_name: str = "", error: str = "") -> Context:
    """Posts `display_name` to `/signin/name`."""
    return page(
        frame,
        _head(frame, frame.words.t("Choose a name")),
        waiting=waiting,
        display_name=display_name,
        error=error,
        limit=DISPLAY_NAME_GRAPHEMES,
    )


def account_page(
    frame: Frame,
    *,
    blocked: Sequence[Author],
    sessions: Sequence[Session],
    current: bytes,
    identities: Sequence[IdentityView] = (),
    cases: Sequence[Statement] = (),
    display_name: str | None = None,
    new_email: str | None = None,
    error: str = "",
) -> Context:
    """Posts `display_name` to `/account/name`, nothing to `/people/ID/unblock` and `/signout`,
    `session` to `/account/sessions/end`, `language` and `single_keys` to `/account/preferences`,
    `email` to `/account/identities/email` and `identity` to
    `/account/identities/remove`; links to `/account/identities/with/KEY` add a provider's.

    Args:
        current: the token hash of the session that asks.
        cases: decisions about this person, newest first; one more than is listed, when there are more.
        display_name, new_email: what was typed, when it was refused; `error` is about that one.
    """
    account = frame.viewer.account
    name = account.display_name if account else ""
    return page(
        frame,
        _head(frame, frame.words.t("Your account")),
        display_name=name if display_name is None else display_name,
        email=(account.email or "") if account else "",
        account_id=to_text(account.id) if account else "",
        limit=DISPLAY_NAME_GRAPHEMES,
        error="" if new_email is not None else error,
        new_email=new_email or "",
        email_error=error if new_email is not None else "",
        preferred=account.lang if account else "",
        single_keys=account is not None and account.single_keys,
        blocked=tuple((to_text(author.id), author.display_name) for author in blocked),
        sessions=tuple(_session(frame, session, current) for session in sessions),
        identities=tuple(identities),
        cases=tuple(statement_row(frame, one) for one in cases[:STATEMENTS_LISTED]),
        more_cases=_more(cases),
        adding=tuple((one.name, f"/account/identities/with/{one.key}") for one in frame.site.providers),
    )


def _more(cases: Sequence[Statement]) -> str:
    if len(cases) <= STATEMENTS_LISTED:
        return ""
    return f"/account?before={to_text(cases[STATEMENTS_LISTED - 1].id)}#a-cases"


def _session(frame: Frame, session: Session, current: bytes) -> SessionView:
    return SessionView(
        key=session.token_hash.hex()[:16],
        device=session.device or (frame.words.t("Embedded discussion") if session.kind == "embed" else ""),
        since=frame.times.long(session.created_at_ms),
        seen=frame.times.long(session.seen_at_ms),
        current=session.token_hash == current,
    )


def _head(frame: Frame, title: str) -> Head:
    return Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=("forms.css",), script=True)
