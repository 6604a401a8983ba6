"""What every page needs: the site, who looks, in which language, at what time.

A view function is pure: a `Frame` and domain models in, the plain context of one template out.
"""

import msgspec

from moothall.kernel.ids import to_text
from moothall.people.model import NOBODY, Viewer
from moothall.people.role import Right, may
from moothall.story.model import LeadPhoto, Section, Story, StoryCard
from moothall.web.i18n import LANGUAGES, Translator, direction
from moothall.web.render import Context
from moothall.web.styles import joined
from moothall.web.times import Times, times


class Provider(msgspec.Struct, frozen=True):
    """One way to sign in through somebody else.  `href` is ours and takes `?next=`."""

    key: str
    name: str
    href: str


class Site(msgspec.Struct, frozen=True):
    """What all pages of one publication share.  `url` has no slash at the end; `zone` is IANA's."""

    name: str
    tagline: str
    url: str
    zone: str
    sections: tuple[Section, ...]
    providers: tuple[Provider, ...] = ()
    mailbox: bool = False


class Frame(msgspec.Struct, frozen=True):
    """One request, as far as a page may know it.

    `path` is what was asked for, without query.  `csrf` is empty when signed out.  `base` comes
    before every address of the discussion: empty on our own pages, `https://host` in an embed.
    `kept_query` is what stays in the address when the language is changed, ending in `&`.  `asked` is a
    language that the address asks for, and that the page's links carry on.
    """

    site: Site
    words: Translator
    now_ms: int
    viewer: Viewer = NOBODY
    path: str = "/"
    csrf: str = ""
    base: str = ""
    kept_query: str = ""
    asked: str = ""

    @property
    def times(self) -> Times:
        return times(self.words.lang, self.site.zone)

    @property
    def staff(self) -> bool:
        """Whether who looks decides on comments."""
        return self.may(Right.DECIDE)

    def may(self, right: Right) -> bool:
        """Whether who looks has a right."""
        return may(self.viewer.role, right)


class Feed(msgspec.Struct, frozen=True):
    """A feed that the page offers."""

    name: str
    href: str


class Head(msgspec.Struct, frozen=True):
    """What goes into `<head>`.  `jsonld` is JSON; `og` are Open Graph pairs; `styles` extra sheets."""

    title: str
    description: str = ""
    canonical: str = ""
    shortlink: str = ""
    robots: str = ""
    jsonld: str = ""
    oembed: str = ""
    og: tuple[tuple[str, str], ...] = ()
    feeds: tuple[Feed, ...] = ()
    styles: tuple[str, ...] = ()
    script: bool = False


class PhotoView(msgspec.Struct, frozen=True):
    """A photo at every width that it has."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str


class CardView(msgspec.Struct, frozen=True):
    """A story in a list."""

    href: str
    lang: str
    dir: str
    section: str
    section_href: str
    headline: str
    standfirst: str
    byline: str
    photo: PhotoView | None
    when: str
    when_iso: str
    comments: int
    comments_href: str
    has_discussion: bool


def page(frame: Frame, head: Head, /, *, section: str = "", **parts: object) -> Context:
    """The context that the base layout takes, and the page's own parts."""
    account = frame.viewer.account
    return {
        "lang": frame.words.lang,
        "asked": frame.asked,
        "dir": frame.words.dir,
        "site": frame.site,
        "head": head,
        "sheet": joined("site", *head.styles),
        "path": frame.path,
        "section": section,
        "clock": frame.times.clock(frame.now_ms),
        "clock_iso": frame.times.iso(frame.now_ms),
        "year": frame.times.iso(frame.now_ms)[:4],
        "who": account.display_name if account else "",
        "signed_in": account is not None,
        "staff": frame.staff,
        "newsroom": _newsroom(frame),
        "manages": frame.may(Right.MANAGE),
        "csrf": frame.csrf,
        "base": frame.base,
        "kept_query": frame.kept_query,
        "languages": [(tag, name, tag == frame.words.lang) for tag, name in LANGUAGES.items()],
        **parts,
    }


def _newsroom(frame: Frame) -> tuple[tuple[str, str], ...]:
    """Address and name of every page for staff that who looks may use."""
    t = frame.words.t
    pages = (
        (Right.DECIDE, "/console/", t("Console")),
        (Right.BAN, "/console/people", t("People")),
        (Right.PUBLISH, "/desk/", t("Stories")),
        (Right.MANAGE, "/desk/keys", t("Keys")),
    )
    return tuple((href, name) for right, href, name in pages if frame.may(right))


def in_script(json: str) -> str:
    """JSON as it may stand inside a `<script>`: neither its end nor an entity can be in it."""
    return json.replace("<", "\\u003c").replace("&", "\\u0026")


def story_href(story: Story | StoryCard) -> str:
    """Where a story is read: the host page's address when it lives elsewhere."""
    return story.url if story.external else f"/{story.section.slug}/{story.slug}-{story.code}"


def photo_view(photo: LeadPhoto) -> PhotoView:
    """Addresses as `/media/{photo}/{width}.jpg`; the largest is also the fallback's ratio."""
    name = to_text(photo.id)
    fallback = next((w for w in photo.widths if w >= 800), photo.widths[-1])
    return PhotoView(
        src=f"/media/{name}/{fallback}.jpg",
        srcset=", ".join(f"/media/{name}/{w}.jpg {w}w" for w in photo.widths),
        width=photo.width,
        height=photo.height,
        alt=photo.alt,
        caption=photo.caption,
        credit=photo.credit,
    )


def card_view(frame: Frame, card: StoryCard) -> CardView:
    """One story of a list."""
    href = story_href(card)
    at = card.updated_at_ms or card.published_at_ms
    return CardView(
        href=href,
        lang=card.lang,
        dir=direction(card.lang),
        section=card.section.name,
        section_href=f"/{card.section.slug}/",
        headline=card.headline,
        standfirst=card.standfirst,
        byline=card.byline,
        photo=photo_view(card.photo) if card.photo else None,
        when=frame.times.short(at, frame.now_ms),
        when_iso=frame.times.iso(at),
        comments=card.comment_count,
        comments_href=f"{href}#discussion",
        has_discussion=card.discussion != "off",
    )
