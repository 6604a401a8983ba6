"""Pages that list stories: the front, a section, a topic."""

from collections.abc import Collection, Sequence

import msgspec

from moothall.kernel.page import Cursor, encode
from moothall.story.model import Keyword, Section, StoryCard
from moothall.web.pages.view import CardView, Feed, Frame, Head, card_view, page
from moothall.web.render import Context

_STYLES = ("front.css",)
# What fits beside and beneath the lead story without a second screen of scrolling.
_SECONDS = 4


class BlockView(msgspec.Struct, frozen=True):
    """A section's block on the front: one story with its photo, the others as headlines."""

    name: str
    href: str
    first: CardView
    others: tuple[CardView, ...]


def front_page(
    frame: Frame,
    top: Sequence[StoryCard],
    blocks: Sequence[tuple[Section, Sequence[StoryCard]]],
    *,
    newest: Sequence[StoryCard] = (),
) -> Context:
    """Args:
    top: the most important stories first; one leads, four stand beside it.
    blocks: each section with its newest stories; those already on top are left out here.
    newest: all that these were taken from, newest first.
    """
    top = top[: 1 + _SECONDS]
    cards = [card_view(frame, card) for card in top]
    shown = {card.id for card in top}
    rest = [(one, [card for card in found if card.id not in shown][:_SECONDS]) for one, found in blocks]
    shown.update(card.id for _, found in rest for card in found)
    site = frame.site
    head = Head(
        title=site.name,
        description=site.tagline,
        canonical=f"{site.url}/",
        feeds=(Feed(site.name, "/feed.xml"),),
        og=(("og:type", "website"), ("og:site_name", site.name), ("og:title", site.name)),
        styles=_STYLES,
        script=True,
    )
    return page(
        frame,
        head,
        lead=cards[0] if cards else None,
        seconds=tuple(cards[1:]),
        blocks=tuple(_block(frame, section, stories) for section, stories in rest if stories),
        next_href=_beyond(newest, shown),
    )


def _block(frame: Frame, section: Section, cards: Sequence[StoryCard]) -> BlockView:
    first, *others = (card_view(frame, card) for card in cards)
    return BlockView(section.name, f"/{section.slug}/", first, tuple(others))


def _beyond(newest: Sequence[StoryCard], shown: Collection[int]) -> str:
    """Where the list goes on so that no story is left out, though some may stand in both."""
    first = next((n for n, card in enumerate(newest) if card.id not in shown), None)
    if first is None:
        return ""
    # What follows the story before it; the newest of all is preceded by nothing, but by its own time.
    before = newest[first - 1] if first else None
    mark = older_than(before) if before else encode(Cursor(newest[0].published_at_ms, newest[0].id + 1))
    return f"/?cursor={mark}"


def older_than(card: StoryCard) -> str:
    """The cursor of what follows a story in any list."""
    return encode(Cursor(card.published_at_ms, card.id))


def older_page(frame: Frame, cards: Sequence[StoryCard], cursor: str) -> Context:
    """All stories, where the front page has no room left."""
    name = frame.words.t("Older stories")
    return _list_page(frame, name, "/", cards, cursor=cursor)


def section_page(frame: Frame, section: Section, cards: Sequence[StoryCard], cursor: str = "") -> Context:
    """Newest first; `cursor` leads to older stories."""
    return _list_page(frame, section.name, f"/{section.slug}/", cards, cursor=cursor, section=section.slug)


def topic_page(frame: Frame, keyword: Keyword, cards: Sequence[StoryCard], cursor: str = "") -> Context:
    """All stories with a keyword, newest first."""
    return _list_page(frame, keyword.name, f"/topics/{keyword.slug}", cards, cursor=cursor)


def _list_page(
    frame: Frame, name: str, href: str, cards: Sequence[StoryCard], *, cursor: str, section: str = ""
) -> Context:
    here = frame.kept_query.rstrip("&")
    head = Head(
        title=f"{name} – {frame.site.name}",
        # Each part of a list is a page of its own to search engines.
        canonical=f"{frame.site.url}{href}{'?' if here else ''}{here}",
        feeds=(Feed(name, f"{href.rstrip('/')}/feed.xml"),),
        og=(("og:type", "website"), ("og:site_name", frame.site.name), ("og:title", name)),
        styles=_STYLES,
        script=True,
    )
    return page(
        frame,
        head,
        section=section,
        name=name,
        feed=head.feeds[0].href,
        cards=tuple(card_view(frame, card) for card in cards),
        next_href=f"{href}?cursor={cursor}" if cursor else "",
    )
