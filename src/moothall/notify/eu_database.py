"""The EU's Transparency Database over HTTP: what a batch of statements was answered with.

Source: the documentation of its API, version 2: a bearer token; at most a hundred statements a request, all of them
or none; 201 when they are taken, 422 with the errors of each row; `existing-puid` says whether one is there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx
import msgspec

from moothall.kernel.limits import EU_ANSWER_BYTES, EU_BATCH
from moothall.moderation.eu_statement import EuStatement

_ROW = re.compile(r"^statements?[._](\d+)\b")
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_TAKEN, _UNFIT, _FOUND = 201, 422, frozenset({200, 302})


class Refused(Exception):
    """Trying again would not help: the address or the token is wrong, or the answer is none that is documented."""


@dataclass(frozen=True, slots=True)
class Taken:
    """All of it is there."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """Nothing of it was taken.  `rows`: what is wrong by position; empty where the answer does not say."""

    rows: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Later:
    """Busy, broken or silent: perhaps taken, perhaps not.  `seconds`: how long it asked us to wait."""

    why: str
    seconds: float | None = None


Answer = Taken | Unfit | Later


class EuDatabase:
    """Args: url: of the API, without a slash at the end; token: the platform's."""

    def __init__(self, http: httpx.Client, *, url: str, token: str) -> None:
        self._http = http
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json", "User-Agent": "Moothall"}

    def send(self, records: Sequence[EuStatement]) -> Answer:
        """Raises: Refused; ValueError for more than a batch."""
        if not 0 < len(records) <= EU_BATCH:
            raise ValueError("a batch has one to a hundred statements")
        body = msgspec.json.encode({"statements": records})
        headers = {**self._headers, "Content-Type": "application/json"}
        try:
            found = self._http.post(f"{self._url}/statements", content=body, headers=headers)
        except httpx.HTTPError as wrong:
            return Later(type(wrong).__name__)
        if found.status_code == _TAKEN:
            return Taken()
        if found.status_code == _UNFIT:
            return Unfit(_rows(found.content[:EU_ANSWER_BYTES]))
        if found.status_code in _BUSY:
            return Later(f"status {found.status_code}", _seconds(found.headers.get("retry-after", "")))
        raise Refused(f"The Transparency Database answered with status {found.status_code}.")

    def has(self, puid: str) -> bool | None:
        """Whether a statement is there; None when it cannot be told now."""
        try:
            found = self._http.get(f"{self._url}/statement/existing-puid/{puid}", headers=self._headers)
        except httpx.HTTPError:
            return None
        if found.status_code in _BUSY:
            return None
        return found.status_code in _FOUND


def _rows(body: bytes) -> dict[int, str]:
    """`{"errors": {"statements.3.puid": ["…"]}}`, by the number of the row."""
    try:
        errors = msgspec.json.decode(body, type=dict[str, object]).get("errors")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
    if not isinstance(errors, dict):
        return {}
    rows: dict[int, list[str]] = {}
    for name, said in errors.items():
        row = _ROW.match(str(name))
        if row and len(row[1]) < 4:
            words = said if isinstance(said, list) else [said]
            rows.setdefault(int(row[1]), []).append(f"{name}: {'; '.join(str(one) for one in words)}"[:500])
    return {number: " ".join(told) for number, told in rows.items()}


def _seconds(text: str) -> float | None:
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
