"""Pages that list stories: the front, a section, a topic."""

from collections.abc import Sequence

import msgspec

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
    frame: Frame, top: Sequence[StoryCard], blocks: Sequence[tuple[Section, Sequence[StoryCard]]]
) -> Context:
    """Args:
    top: the most important stories first; one leads, four stand beside it.
    blocks: each section with its newest stories; those already on top are left out here.
    """
    cards = [card_view(frame, card) for card in top]
    shown = {card.id for card in top[: 1 + _SECONDS]}
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
        seconds=tuple(cards[1 : 1 + _SECONDS]),
        blocks=tuple(
            block
            for section, stories in blocks
            if (block := _block(frame, section, [card for card in stories if card.id not in shown]))
        ),
    )


def _block(frame: Frame, section: Section, cards: Sequence[StoryCard]) -> BlockView | None:
    if not cards:
        return None
    views = [card_view(frame, card) for card in cards[:_SECONDS]]
    return BlockView(section.name, f"/{section.slug}/", views[0], tuple(views[1:]))


def section_page(frame: Frame, section: Section, cards: Sequence[StoryCard], *, next_href: str = "") -> Context:
    """Newest first; `next_href` leads to older stories."""
    href = f"/{section.slug}/"
    return _list_page(frame, section.name, href, cards, next_href=next_href, section=section.slug)


def topic_page(frame: Frame, keyword: Keyword, cards: Sequence[StoryCard], *, next_href: str = "") -> Context:
    """All stories with a keyword, newest first."""
    return _list_page(frame, keyword.name, f"/topics/{keyword.slug}", cards, next_href=next_href)


def _list_page(
    frame: Frame, name: str, href: str, cards: Sequence[StoryCard], *, next_href: str, section: str = ""
) -> Context:
    head = Head(
        title=f"{name} – {frame.site.name}",
        canonical=f"{frame.site.url}{href}",
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
        next_href=next_href,
    )
