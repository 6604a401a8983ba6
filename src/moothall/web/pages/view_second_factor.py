"""What `second_factor.html` and `second_code.html` take."""

from collections.abc import Sequence
from hashlib import sha256

import msgspec

from moothall.people.signin.passkey import Passkey
from moothall.people.signin.second_factor import Authenticator, setup_key, setup_uri
from moothall.web.pages.view import Frame, Head, page
from moothall.web.render import Context

_KEY_CHARS = 16


class Held(msgspec.Struct, frozen=True):
    """What somebody has, and whether passkeys can be made for this site's address."""

    authenticator: Authenticator | None = None
    passkeys: tuple[Passkey, ...] = ()
    takes_passkeys: bool = True

    @property
    def has_app(self) -> bool:
        """Whether an authenticator counts."""
        return self.authenticator is not None and self.authenticator.confirmed

    @property
    def begun(self) -> bytes:
        """The secret that is being set up; once it counts, nobody is shown it again."""
        return b"" if self.authenticator is None or self.authenticator.confirmed else self.authenticator.secret


class PasskeyView(msgspec.Struct, frozen=True):
    """A line of the list.  `key` names it in forms, of one account only."""

    key: str
    name: str
    made: str
    used: str


def second_factor_page(
    frame: Frame, held: Held, *, needed: bool, codes: Sequence[str] = (), error: str = ""
) -> Context:
    """Posts nothing to `/account/second-factor/begin`, `code` to `/account/second-factor`, `code` or `passkey` to
    its `/end`, `name` and `passkey` to `/account/passkeys`, `key` to its `/remove`.

    Args:
        needed: whether the site asks this person for one.
        codes: recovery codes that were just made.
    """
    account = frame.viewer.account
    name = account.display_name if account else ""
    title = frame.words.t("Second factor")
    return page(
        frame,
        _head(frame, title),
        title=title,
        has_app=held.has_app,
        is_on=held.has_app or bool(held.passkeys),
        passkeys=tuple(_view(frame, one) for one in held.passkeys),
        takes_passkeys=held.takes_passkeys,
        needed=needed,
        codes=tuple(codes),
        key=setup_key(held.begun) if held.begun else "",
        uri=setup_uri(held.begun, site=frame.site.name, name=name) if held.begun else "",
        error=error,
    )


def second_code_page(frame: Frame, *, next_path: str, has_passkeys: bool = False, error: str = "") -> Context:
    """Posts `code` or `passkey`, and `next`, to `/signin/second`."""
    title = frame.words.t("Second factor")
    head = _head(frame, title)
    return page(frame, head, title=title, next=next_path, has_passkeys=has_passkeys, error=error)


def key_of(one: Passkey) -> str:
    """Names a passkey in forms; its own name may take 1,400 characters."""
    return sha256(one.credential).hexdigest()[:_KEY_CHARS]


def _view(frame: Frame, one: Passkey) -> PasskeyView:
    t, times = frame.words.t, frame.times
    return PasskeyView(
        key=key_of(one),
        name=one.name or t("Passkey"),
        made=times.long(one.made_at_ms),
        used="" if one.used_at_ms is None else times.long(one.used_at_ms),
    )


def _head(frame: Frame, title: str) -> Head:
    return Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=("forms.css",))
