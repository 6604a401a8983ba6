"""One request as a page may know it: site, language, time, who looks."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from litestar import Request

from moothall.people.model import Viewer
from moothall.story.model import ELSEWHERE, Section
from moothall.web import gate
from moothall.web.carried import asked_in
from moothall.web.i18n import Translator, choose, translator
from moothall.web.pages.view import Frame, Provider, Site
from moothall.web.services import Services, services

_Request = Request[Any, Any, Any]


async def frame_of(request: _Request, *, lang: str | None = None, base: str = "") -> Frame:
    """The frame of a request.

    Args:
        lang: the language of what is shown (a story's), stronger than the site's, weaker than
            `?lang=` and than what the reader prefers.
        base: comes before every address of the discussion; our own origin in an embed.
    """
    parts, looks = services(request), await gate.viewer(request)
    return Frame(
        site=site_of(parts, await parts.stories.sections()),
        words=words_of(request, _preferred(looks) or lang),
        now_ms=parts.clock(),
        viewer=looks,
        path=request.url.path,
        csrf=await gate.csrf(request),
        base=base,
        kept_query=_kept_query(request),
        asked=asked_in(request.scope["query_string"]),
    )


def public_frame(
    parts: Services, sections: tuple[Section, ...], *, path: str, lang: str, asked: bool = False
) -> Frame:
    """The frame of a ready-made page: nobody looks.

    Args:
        asked: whether the address asks for the language.
    """
    carried = lang if asked else ""
    site = site_of(parts, sections)
    return Frame(site=site, words=translator(lang), now_ms=parts.clock(), path=path, asked=carried)


def frame_of_error(request: _Request) -> Frame:
    """A frame that needs no database, for when something is wrong."""
    parts, looks = services(request), gate.already_known(request)
    return Frame(
        site=site_of(parts, ()),
        words=words_of(request, _preferred(looks)),
        now_ms=parts.clock(),
        viewer=looks,
        path=request.url.path,
        asked=asked_in(request.scope["query_string"]),
    )


def words_of(request: _Request, lang: str | None = None) -> Translator:
    """The words of a request: `?lang=`, then what is shown, then the site's."""
    default = services(request).settings.locale
    accept = request.headers.get("accept-language", "") if request.url.path.startswith("/api/") else ""
    return translator(choose(request.query_params.get("lang"), lang, accept=accept, default=default))


def _preferred(looks: Viewer) -> str:
    return looks.account.lang if looks.account else ""


def _kept_query(request: _Request) -> str:
    """On the way through sign-in the address says where to and for what; elsewhere nothing is lost."""
    if not request.url.path.startswith("/signin"):
        return ""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
    return f"{urlencode(kept)}&" if kept else ""


def site_of(parts: Services, sections: tuple[Section, ...]) -> Site:
    """What all pages share."""
    settings = parts.settings
    return Site(
        name=settings.site_name,
        tagline=settings.site_tagline,
        url=settings.public_url,
        zone=settings.time_zone,
        sections=tuple(one for one in sections if one.slug != ELSEWHERE),
        providers=_providers(parts),
        mailbox=settings.mailbox_page,
    )


@cache
def _providers(parts: Services) -> tuple[Provider, ...]:
    return tuple(Provider(way.key, way.name, f"/signin/with/{way.key}") for way in parts.ways.values())
