"""Where a story stands: a path of our own site, or the address of a host page."""

from urllib.parse import quote, unquote, urlsplit, urlunsplit

from moothall.kernel.ids import is_short_code
from moothall.story.model import Story, StoryCard

_PORTS = {"http": 80, "https": 443}


def own_path(section_slug: str, slug: str, code: str) -> str:
    """The canonical path on our own site; not yet percent-encoded."""
    return f"/{section_slug}/{slug}-{code}"


def page_url(story: Story | StoryCard, site: str) -> str:
    """The whole canonical address, percent-encoded; `site` has no slash at the end."""
    return story.url if story.external else site + quote(own_path(story.section.slug, story.slug, story.code))


def code_of(name: str) -> str | None:
    """The code at the end of `slug-code`; None where none is."""
    head, _, code = name.rpartition("-")
    return code if head and is_short_code(code) else None


def own_code(url: str, site: str) -> str | None:
    """The code in an address of our own site: its page or its short link; None for any other address.

    Args:
        site: our origin, without a slash at the end.
    """
    if not url.startswith(f"{site}/"):
        return None
    parts = urlsplit(url[len(site) :]).path.strip("/").split("/")
    if len(parts) != 2:
        return None
    if parts[0] == "s":
        return parts[1] if is_short_code(parts[1]) else None
    return code_of(parts[1])


def same_page(url: str) -> str:
    """The form in which a host page's address is kept and looked up.

    Scheme and host in lower case, no default port, no fragment.  What is no such address stays as it is,
    and so finds nothing.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        return url
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    place = host if port in {None, _PORTS[parts.scheme]} else f"{host}:{port}"
    return urlunsplit((parts.scheme, place, parts.path or "/", parts.query, ""))


def old_path(link: str) -> str:
    """Path and query of an address that a story had elsewhere, in the one form in which they are compared."""
    parts = urlsplit(link)
    path = unquote(parts.path).rstrip("/") or "/"
    return f"{path}?{parts.query}" if parts.query else path
