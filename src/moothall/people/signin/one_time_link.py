"""Signing in by a link that the command line printed for an account."""

from moothall.kernel.errors import SigninFailed
from moothall.kernel.limits import SIGNIN_LINK_LIFE_MS
from moothall.kernel.secret import digest
from moothall.people.model import Account, AccountId, Flow, FlowData, FlowKind
from moothall.people.port import PeopleStore

PATH = "/signin/link/"
"""The link is the site's address, this, and the token."""


async def issue(store: PeopleStore, account_id: AccountId, *, token: str, now_ms: int) -> str:
    """Make a link good for a day; returns its path."""
    ends_at_ms = now_ms + SIGNIN_LINK_LIFE_MS
    await store.add_flow(Flow(digest(token), FlowKind.LINK, FlowData(), now_ms, ends_at_ms, account_id=account_id))
    return f"{PATH}{token}"


async def whose(store: PeopleStore, token: str, now_ms: int) -> Account:
    """The account that a link is for; it can be used afterwards.  Raises: SigninFailed."""
    return await _owner(store, await store.flow(digest(token), FlowKind.LINK), now_ms)


async def use(store: PeopleStore, token: str, *, again: bool, now_ms: int) -> Account:
    """The account that a link signs in.  Raises: SigninFailed.

    Args:
        again: leave the link usable; for sites on which people try things out.
    """
    if again:
        return await whose(store, token, now_ms)
    return await _owner(store, await store.take_flow(digest(token), FlowKind.LINK), now_ms)


async def _owner(store: PeopleStore, flow: Flow | None, now_ms: int) -> Account:
    if flow is None or now_ms >= flow.ends_at_ms or flow.account_id is None:
        raise SigninFailed
    return await store.account(flow.account_id)
