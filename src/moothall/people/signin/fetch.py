"""Asking a provider's servers: small answers, soon, from where we asked and nowhere else."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx
import msgspec

from moothall.kernel.errors import ProviderFailed
from moothall.kernel.limits import PROVIDER_ANSWER_BYTES

Document = dict[str, object]
"""A JSON object whose members nobody has checked yet."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Refusal(Exception):
    """The provider answered that it will not do this: what the browser brought was not good."""


async def fetch(
    http: httpx.AsyncClient,
    url: str,
    *,
    name: str,
    form: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
) -> Document:
    """A JSON object, by GET, or by POST when there is a form.

    Raises: Refusal for an answer 4xx; ProviderFailed, which says `name`, for everything else.
    """
    if not is_guarded(url):
        raise ProviderFailed(name=name)
    method = "GET" if form is None else "POST"
    headers = {"Accept": "application/json"}
    try:
        async with http.stream(method, url, data=form, auth=auth, headers=headers) as answer:
            body = await _bounded(answer)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as wrong:
        raise ProviderFailed(name=name) from wrong
    if 400 <= answer.status_code < 500:
        raise Refusal
    if answer.status_code != 200:
        raise ProviderFailed(name=name)
    try:
        return msgspec.json.decode(body, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise ProviderFailed(name=name) from wrong


def is_guarded(url: str) -> bool:
    """Whether nobody between can read or change what is asked: HTTPS, or this very machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def text(document: Document, member: str) -> str | None:
    """A member that is a text, and not an empty one."""
    value = document.get(member)
    return value if isinstance(value, str) and value else None


async def _bounded(answer: httpx.Response) -> bytes:
    """Raises: ValueError when it does not end in time."""
    body = b""
    async for part in answer.aiter_bytes():
        body += part
        if len(body) > PROVIDER_ANSWER_BYTES:
            raise ValueError("answer too long")
    return body
