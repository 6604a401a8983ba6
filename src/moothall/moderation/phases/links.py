"""Many links, any from somebody quite new, and those to hosts that the newsroom names."""

import re
from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.means import Means
from moothall.people.model import Role

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:[^/?#@\s]*@)?\[?([^/?#:\s\]]+)", re.IGNORECASE)
_MANY = 4
_NEW_AUTHOR_COMMENTS = 3


def check(context: Context, means: Means) -> Sequence[Finding]:
    """Find links with their spans: to denied hosts, in a number (the value), from new authors, and any other."""
    if context.author.role is not Role.READER or "://" not in context.body:
        return ()
    found: list[Finding] = []
    links: list[tuple[int, int]] = []
    for match in _LINK.finditer(context.body):
        host = _host(match.group())
        if _is_of(host, means.links.deny):
            found.append(Finding("links", cue="denied", start=match.start(), end=match.end()))
        elif not _is_of(host, means.links.allow):
            links.append(match.span())
    cue = "first" if context.live_count < _NEW_AUTHOR_COMMENTS else "link"
    found += [Finding("links", cue=cue, start=start, end=end) for start, end in links[:_MANY]]
    if len(links) > 1:
        start, end = links[0][0], links[-1][1]
        found.append(Finding("links", cue="many", value=float(len(links)), start=start, end=end))
    return tuple(found[:20])


def _host(link: str) -> str:
    match = _HOST.match(link)
    return match[1].rstrip(".").lower() if match else ""


def _is_of(host: str, hosts: tuple[str, ...]) -> bool:
    """A host is of a list when it or one above it stands there."""
    if not hosts:
        return False
    parts = host.split(".")
    return any(".".join(parts[at:]) in hosts for at in range(len(parts)))
