"""Out to a provider and back: the part that is the same for all of them.

The flow is found by `state`, taken once, and belongs to the browser that left: an answer that somebody
else got cannot be brought in by this one, nor this one's by somebody else.
"""

import msgspec

from moothall.kernel.errors import SigninFailed
from moothall.kernel.limits import SIGNIN_FLOW_LIFE_MS, SIGNIN_JOIN_LIFE_MS
from moothall.kernel.secret import digest, same
from moothall.people.model import AccountId, Flow, FlowData, FlowKind, Identity
from moothall.people.port import PeopleStore
from moothall.people.signin.way import Departure, Return, Way


class Leaving(msgspec.Struct, frozen=True):
    """A browser about to leave.

    `browser` is the secret that its cookie holds; `joins` the signed-in account that the identity shall
    be added to.
    """

    departure: Departure
    browser: str
    next_path: str
    joins: AccountId | None
    now_ms: int


class Callback(msgspec.Struct, frozen=True):
    """A browser that came back, and what its address says."""

    state: str
    code: str
    issuer: str | None
    redirect_uri: str
    browser: str | None
    now_ms: int


async def leave(store: PeopleStore, way: Way, leaving: Leaving) -> str:
    """The address to send the browser to.  Raises: ProviderFailed."""
    departure, now_ms = leaving.departure, leaving.now_ms
    url = await way.leave(departure)
    data = FlowData(
        browser=digest(leaving.browser).hex(),
        next=leaving.next_path,
        provider=way.key,
        nonce=departure.nonce,
        verifier=departure.verifier,
        joins=leaving.joins,
    )
    ends_at_ms = now_ms + SIGNIN_FLOW_LIFE_MS
    await store.add_flow(Flow(digest(departure.state), FlowKind.PROVIDER, data, now_ms, ends_at_ms))
    return url


async def come_back(store: PeopleStore, way: Way, callback: Callback) -> tuple[Identity, FlowData]:
    """Who came back, and what the flow remembers.  Raises: SigninFailed, ProviderFailed."""
    flow = await store.take_flow(digest(callback.state), FlowKind.PROVIDER)
    if flow is None or callback.now_ms >= flow.ends_at_ms or flow.data.provider != way.key:
        raise SigninFailed
    if not same(digest(callback.browser or "").hex(), flow.data.browser) or not callback.code:
        raise SigninFailed
    back = Return(callback.code, flow.data.nonce, flow.data.verifier, callback.redirect_uri, callback.issuer)
    return await way.identify(back), flow.data


def offer(secret: str, identity: Identity, *, to: AccountId, browser: str, now_ms: int) -> Flow:
    """A proven identity that waits for its new owner's yes."""
    data = FlowData(browser=digest(browser).hex(), identity=identity, joins=to)
    return Flow(digest(secret), FlowKind.JOIN, data, now_ms, now_ms + SIGNIN_JOIN_LIFE_MS)


async def accept(store: PeopleStore, secret: str, *, by: AccountId, browser: str | None, now_ms: int) -> Identity:
    """The owner said yes, in the browser that proved it.  Raises: SigninFailed, IdentityTaken."""
    flow = await store.take_flow(digest(secret), FlowKind.JOIN)
    if flow is None or now_ms >= flow.ends_at_ms or flow.data.joins != by or flow.data.identity is None:
        raise SigninFailed
    if not same(digest(browser or "").hex(), flow.data.browser):
        raise SigninFailed
    await store.add_identity(by, flow.data.identity, email=None, at_ms=now_ms)
    return flow.data.identity
