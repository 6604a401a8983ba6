"""Signing in by a mail that holds a link and a six-digit code.

In the browser that asked, either is enough.  In any other browser the link needs the code as well, so
that a link which somebody else asked for signs nobody in by a mere click.  Nothing here depends on
whether the address is known: an account is made when its owner answers.
"""

from collections.abc import Callable

import msgspec

from moothall.kernel.errors import CodeWrong, SigninFailed
from moothall.kernel.letter import Letter
from moothall.kernel.limits import SIGNIN_CODE_LIFE_MS, SIGNIN_CODE_TRIES, SIGNIN_MAILS_PER_HOUR
from moothall.kernel.secret import digest, same
from moothall.people.model import AccountId, Flow, FlowData, FlowKind, Identity
from moothall.people.port import PeopleStore

ISSUER = "mailto:"


class Asked(msgspec.Struct, frozen=True):
    """One request for a mail.  `link` and `code` are secrets that only the mail holds."""

    email: str
    link: str
    code: str
    browser: str
    next_path: str
    joins: AccountId | None
    letter_id: int
    now_ms: int


Words = Callable[[str, str], tuple[str, str]]
"""Subject and text for a link's secret and a code."""


async def ask(store: PeopleStore, asked: Asked, words: Words) -> str:
    """Queue the mail; returns the flow's public name.  Raises: TooMany."""
    key = digest(asked.link)
    data = FlowData(
        browser=digest(asked.browser).hex(),
        next=asked.next_path,
        email=asked.email,
        code=_code_digest(key, asked.code),
        joins=asked.joins,
    )
    flow = Flow(key, FlowKind.MAIL, data, asked.now_ms, asked.now_ms + SIGNIN_CODE_LIFE_MS)
    letter = Letter(asked.letter_id, asked.email, *words(asked.link, asked.code))
    await store.add_mail_flow(flow, letter, per_hour=SIGNIN_MAILS_PER_HOUR)
    return key.hex()


async def waiting(store: PeopleStore, key: bytes, now_ms: int) -> Flow:
    """A flow that can still be answered.  Raises: SigninFailed."""
    flow = await store.flow(key, FlowKind.MAIL)
    if flow is None or now_ms >= flow.ends_at_ms or flow.tries >= SIGNIN_CODE_TRIES:
        raise SigninFailed
    return flow


def is_here(flow: Flow, browser: str | None) -> bool:
    """Whether this is the browser that asked."""
    return same(digest(browser or "").hex(), flow.data.browser)


async def answer_link(store: PeopleStore, flow: Flow) -> FlowData:
    """The link was followed in the browser that asked.  Raises: SigninFailed."""
    taken = await store.take_flow(flow.secret_hash, FlowKind.MAIL)
    if taken is None:
        raise SigninFailed
    return taken.data


async def answer_code(store: PeopleStore, flow: Flow, code: str) -> FlowData:
    """The code was typed.  Raises: CodeWrong with the tries left, SigninFailed when there are none."""
    typed = "".join(char for char in code if char.isalnum())
    found = await store.take_if_code(
        flow.secret_hash, _code_digest(flow.secret_hash, typed), tries=SIGNIN_CODE_TRIES
    )
    if isinstance(found, Flow):
        return found.data
    if found == 0:
        raise SigninFailed
    raise CodeWrong(n=found)


def identity_of(data: FlowData) -> Identity:
    """Whoever reads an address's mail is who has it."""
    return Identity(ISSUER, data.email)


def _code_digest(key: bytes, code: str) -> str:
    return digest(f"{key.hex()}:{code}").hex()
