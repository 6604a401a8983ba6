"""Signing in an embedded discussion: a pop-up of ours signs in, the page elsewhere collects a token.

The page makes a random verifier and opens our pop-up with its SHA-256.  The pop-up's own navigation
says which host opened it; only hosts that the site lists may, and the reader is told which and says
yes.  The page then collects with the verifier, which nobody else has ever seen.
"""

import base64
import binascii
from collections.abc import Iterable
from urllib.parse import urlsplit

import msgspec

from moothall.kernel.errors import SigninFailed
from moothall.kernel.limits import SIGNIN_FLOW_LIFE_MS
from moothall.kernel.secret import digest, same
from moothall.kernel.url import is_good_url
from moothall.people.model import AccountId, Flow, FlowData, FlowKind, Session, SessionKind
from moothall.people.port import PeopleStore
from moothall.people.session import lasts

_HASH_CHARS = 43


def host_of(url: str | None) -> str:
    """`host` or `host:port` of an address; empty when there is none, or browsers might find another one in it."""
    if not url or not is_good_url(url):
        return ""
    return urlsplit(url).netloc.lower()


def may_embed(host: str, embed_hosts: Iterable[str]) -> bool:
    """Whether the site lists a host, with its port or for all ports."""
    name = host.partition(":")[0]
    return bool(host) and any(listed.lower() in {host, name} for listed in embed_hosts)


class Opened(msgspec.Struct, frozen=True):
    """A pop-up of ours was opened, or the whole host page came here.

    `hashed` is the verifier's hash; `host` the page that opened us, as the browser says; `back` that
    page's address when it must be led back to; `browser` the secret of our cookie.
    """

    hashed: str
    host: str
    back: str
    browser: str
    now_ms: int


async def begin(store: PeopleStore, opened: Opened) -> None:
    """Raises: SigninFailed for what is no hash, and for one that another browser began with."""
    # An address on another host than the one that opened us is nobody's way back.
    back = opened.back if host_of(opened.back) == opened.host else ""
    data = FlowData(browser=digest(opened.browser).hex(), host=opened.host, next=back)
    ends_at_ms = opened.now_ms + SIGNIN_FLOW_LIFE_MS
    await store.add_flow(Flow(_key(opened.hashed), FlowKind.HANDOFF, data, opened.now_ms, ends_at_ms))


async def waiting(store: PeopleStore, hashed: str, *, browser: str | None, now_ms: int) -> Flow:
    """The hand-off that this browser began.  Raises: SigninFailed."""
    flow = await store.flow(_key(hashed), FlowKind.HANDOFF)
    if flow is None or now_ms >= flow.ends_at_ms or not same(digest(browser or "").hex(), flow.data.browser):
        raise SigninFailed
    return flow


async def agree(store: PeopleStore, flow: Flow, account_id: AccountId) -> None:
    """The reader said yes."""
    await store.answer_flow(flow.secret_hash, FlowKind.HANDOFF, account_id)


def knows(sessions: Iterable[Session], *, host: str, now_ms: int) -> bool:
    """Whether a host page was given one of these sessions of an account, and it is good still."""
    return any(one.kind is SessionKind.EMBED and one.device == host and lasts(one, now_ms) for one in sessions)


async def collect(store: PeopleStore, verifier: str, *, host: str, now_ms: int) -> AccountId | None:
    """Whose discussion it is; None while the reader has not said yes.

    Args:
        host: the page that asks, as its browser says (Origin).
    """
    key = digest(verifier)
    flow = await store.flow(key, FlowKind.HANDOFF)
    if flow is None or flow.account_id is None or now_ms >= flow.ends_at_ms or flow.data.host != host:
        return None
    taken = await store.take_flow(key, FlowKind.HANDOFF)
    return taken.account_id if taken else None


def _key(hashed: str) -> bytes:
    """The 32 bytes of an unpadded base64url text.  Raises: SigninFailed."""
    try:
        if len(hashed) != _HASH_CHARS:
            raise SigninFailed
        return base64.b64decode(f"{hashed}=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise SigninFailed from wrong
