"""From a challenge to a believed answer: what every page that takes passkeys shares."""

from typing import Any

from litestar import Request

from moothall.kernel.errors import NotFound
from moothall.kernel.limits import PASSKEY_LIFE_MS
from moothall.kernel.secret import digest, new_secret
from moothall.people.model import AccountId, Flow, FlowData, FlowKind, Session
from moothall.people.signin.passkey import Passkey, Place, Turn, Use, place
from moothall.people.signin.passkey_answer import Heard, hear, signed
from moothall.people.signin.passkey_errors import PasskeyWrong
from moothall.web.services import services

_Request = Request[Any, Any, Any]


def here(request: _Request) -> Place:
    """The site's own address.  Raises: NotFound where browsers make no passkeys for it."""
    found = place(services(request).settings.public_url)
    if not found.takes_passkeys:
        raise NotFound
    return found


async def challenge(request: _Request, holder: bytes, account_id: AccountId) -> str:
    """A fresh one, good once and for a few minutes; only its digest is kept.

    Args:
        holder: hash of the secret that the answer must come with.
    """
    parts, made = services(request), new_secret()
    now_ms = parts.clock()
    flow = Flow(
        secret_hash=digest(made),
        kind=FlowKind.PASSKEY,
        data=FlowData(browser=holder.hex()),
        made_at_ms=now_ms,
        ends_at_ms=now_ms + PASSKEY_LIFE_MS,
        account_id=account_id,
    )
    await parts.people.add_flow(flow)
    return made


async def answered(request: _Request, sent: str, holder: bytes) -> Heard:
    """An answer to a challenge of ours, which is used up.  Raises: PasskeyWrong."""
    parts, heard = services(request), hear(sent)
    flow = await parts.people.take_flow(digest(heard.challenge), FlowKind.PASSKEY)
    if flow is None or flow.data.browser != holder.hex() or parts.clock() >= flow.ends_at_ms:
        raise PasskeyWrong
    return heard


async def prove(request: _Request, found: Session, sent: str) -> None:
    """Take a passkey as the second factor of this session.  Raises: PasskeyWrong, PasskeyCopied."""
    parts = services(request)
    heard = await answered(request, sent, found.token_hash)
    use = _use(heard, await parts.passkeys.of(found.account.id), here(request))
    await parts.passkeys.prove(found.account.id, use, turn(request, found))


def turn(request: _Request, found: Session) -> Turn:
    """This session, now."""
    parts = services(request)
    return Turn(token_hash=found.token_hash, number=parts.new_id(), at_ms=parts.clock())


def _use(heard: Heard, known: tuple[Passkey, ...], at: Place) -> Use:
    """Raises: PasskeyWrong for somebody else's, too."""
    mine = next((one for one in known if one.credential == heard.credential), None)
    if mine is None:
        raise PasskeyWrong
    return signed(heard, mine.key, at)
