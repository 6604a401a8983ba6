"""Who may ask the scorer, and how often: keys, and a quota of each."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from moothall.kernel.asgi import Scope
from moothall.kernel.clock import monotonic_ms
from moothall.kernel.errors import TooMany
from moothall.kernel.limits import MINUTE_MS
from moothall.kernel.secret import same
from moothall.web.api.perspective_errors import bad_key, over_quota
from moothall.web.rate_limit import Limiter, Rate


class Keys:
    """Without keys everybody may ask, and all share one quota.

    Args:
        per_minute: requests of one key; none without one.
    """

    def __init__(
        self, keys: tuple[str, ...] = (), *, per_minute: int | None = None, limiter: Limiter | None = None
    ) -> None:
        self._keys = keys
        self._rate = Rate(per_minute, max(1, MINUTE_MS // per_minute)) if per_minute else None
        self._per_minute = per_minute or 0
        self._limiter = Limiter(monotonic_ms) if limiter is None else limiter

    def check(self, scope: Scope) -> None:
        """Raises: Wrong, for no key of ours or one that has asked too often."""
        key = self._of(scope)
        if self._rate is None:
            return
        try:
            self._limiter.spend(key, self._rate)
        except TooMany as wrong:
            raise over_quota(self._per_minute, int(wrong.params["seconds"])) from wrong

    def _of(self, scope: Scope) -> str:
        if not self._keys:
            return ""
        given = _given(parse_qs(scope["query_string"].decode("latin-1")), dict(scope["headers"]))
        known = next((key for key in self._keys if same(given, key)), None)
        if known is None:
            raise bad_key()
        return known


def _given(query: Mapping[str, list[str]], headers: Mapping[bytes, bytes]) -> str:
    """In the address, as Google's clients also send it, or as OpenAI's do."""
    given = query.get("key", [""])[0] or headers.get(b"x-goog-api-key", b"").decode("latin-1")
    return given or headers.get(b"authorization", b"").decode("latin-1").removeprefix("Bearer ")
