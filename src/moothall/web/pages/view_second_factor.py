"""What `second_factor.html` and `second_code.html` take."""

from collections.abc import Sequence

from moothall.people.signin.second_factor import Authenticator, setup_key, setup_uri
from moothall.web.pages.view import Frame, Head, page
from moothall.web.render import Context


def second_factor_page(
    frame: Frame, known: Authenticator | None, *, needed: bool, codes: Sequence[str] = (), error: str = ""
) -> Context:
    """Posts nothing to `/account/second-factor/begin`, `code` to `/account/second-factor` and to its `/end`.

    Args:
        needed: whether the site asks this person for one.
        codes: recovery codes that were just made.
    """
    is_on = known is not None and known.confirmed
    account = frame.viewer.account
    name = account.display_name if account else ""
    # Once it counts, nobody is shown the key again.
    fresh = known.secret if known is not None and not known.confirmed else None
    title = frame.words.t("Second factor")
    return page(
        frame,
        _head(frame, title),
        title=title,
        is_on=is_on,
        needed=needed,
        codes=tuple(codes),
        key=setup_key(fresh) if fresh else "",
        uri=setup_uri(fresh, site=frame.site.name, name=name) if fresh else "",
        error=error,
    )


def second_code_page(frame: Frame, *, next_path: str, error: str = "") -> Context:
    """Posts `code` and `next` to `/signin/second`."""
    title = frame.words.t("Second factor")
    return page(frame, _head(frame, title), title=title, next=next_path, error=error)


def _head(frame: Frame, title: str) -> Head:
    return Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=("forms.css",))
