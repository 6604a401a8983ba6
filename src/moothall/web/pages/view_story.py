"""The story page: every part that a news page has."""

from collections.abc import Sequence
from html import escape

import msgspec

from moothall.story.model import Story, StoryCard
from moothall.web.i18n import direction
from moothall.web.pages.view import Feed, Frame, Head, PhotoView, card_view, in_script, page, photo_view, story_href
from moothall.web.pages.view_discussion import DiscussionView
from moothall.web.render import Context
from moothall.web.times import times


class StoryView(msgspec.Struct, frozen=True, kw_only=True):
    """A story as its page shows it.  `share` is the title and address for the share sheet."""

    lang: str
    dir: str
    section: str
    section_href: str
    headline: str
    standfirst: str
    byline: str
    published: str
    published_iso: str
    updated: str
    updated_iso: str
    photo: PhotoView | None
    body: str
    shortlink: str
    share: str
    keywords: tuple[tuple[str, str], ...]
    corrections: tuple[tuple[str, str, str], ...]


def story_page(
    frame: Frame,
    story: Story,
    *,
    related: Sequence[StoryCard],
    talk: DiscussionView | None,
    jsonld: str = "",
) -> Context:
    """Args:
    talk: of `view_discussion.discussion`; None hides the discussion.
    jsonld: the page's structured data, as JSON.
    """
    return page(
        frame,
        _head(frame, story, jsonld),
        section=story.section.slug,
        story=story_view(frame, story),
        related=tuple(card_view(frame, card) for card in related),
        talk=talk,
    )


def story_view(frame: Frame, story: Story) -> StoryView:
    """The story's own parts."""
    printed = frame.times
    updated = story.updated_at_ms
    return StoryView(
        lang=story.lang,
        dir=direction(story.lang),
        section=story.section.name,
        section_href=f"/{story.section.slug}/",
        headline=story.headline,
        standfirst=story.standfirst,
        byline=story.byline,
        published=printed.long(story.published_at_ms),
        published_iso=printed.iso(story.published_at_ms),
        updated=printed.long(updated) if updated else "",
        updated_iso=printed.iso(updated) if updated else "",
        photo=photo_view(story.photo) if story.photo else None,
        body=_with_dateline(frame, story),
        shortlink=shortlink(frame, story),
        share=_absolute(frame, story),
        keywords=tuple((f"/topics/{keyword.slug}", keyword.name) for keyword in story.keywords),
        corrections=tuple((c.text, printed.long(c.at_ms), printed.iso(c.at_ms)) for c in story.corrections),
    )


def _with_dateline(frame: Frame, story: Story) -> str:
    """The body's first paragraph opens with place, day and agency, as agencies print them."""
    if not story.dateline_place:
        return story.body_html
    day = times(story.lang, frame.site.zone).dateline(story.published_at_ms)
    agency = f" ({escape(story.dateline_agency)})" if story.dateline_agency else ""
    line = f'<span class="dateline"><b>{escape(story.dateline_place)}</b>, {day}{agency} —</span> '
    if story.body_html.startswith("<p>"):
        return f"<p>{line}{story.body_html[3:]}"
    return f"<p>{line}</p>{story.body_html}"


def shortlink(frame: Frame, story: Story) -> str:
    """The address that never changes and fits a line of print."""
    return f"{frame.site.url}/s/{story.code}"


def _absolute(frame: Frame, story: Story) -> str:
    return story.url if story.external else f"{frame.site.url}{story_href(story)}"


def _head(frame: Frame, story: Story, jsonld: str) -> Head:
    site, here = frame.site, _absolute(frame, story)
    return Head(
        title=f"{story.headline} – {site.name}",
        description=story.standfirst,
        canonical=here,
        shortlink=shortlink(frame, story),
        jsonld=in_script(jsonld),
        oembed=f"{site.url}/oembed?format=json&url={here}",
        og=tuple(_open_graph(frame, story, here)),
        feeds=(
            Feed(frame.words.t("Comments on this story"), f"{story_href(story)}/feed.xml"),
            Feed(story.section.name, f"/{story.section.slug}/feed.xml"),
        ),
        styles=("moothall.css",),
        script=True,
    )


def _open_graph(frame: Frame, story: Story, here: str) -> list[tuple[str, str]]:
    """Source: ogp.me, type `article`."""
    pairs = [
        ("og:type", "article"),
        ("og:site_name", frame.site.name),
        ("og:title", story.headline),
        ("og:description", story.standfirst),
        ("og:url", here),
        ("og:locale", story.lang),
        ("article:published_time", frame.times.iso(story.published_at_ms)),
        ("article:section", story.section.name),
    ]
    if story.updated_at_ms:
        pairs.append(("article:modified_time", frame.times.iso(story.updated_at_ms)))
    pairs += [("article:tag", keyword.name) for keyword in story.keywords]
    if story.photo:
        photo = photo_view(story.photo)
        pairs += [
            ("og:image", f"{frame.site.url}/media/{photo.src.split('/')[2]}/{story.photo.widths[-1]}.jpg"),
            ("og:image:width", str(photo.width)),
            ("og:image:height", str(photo.height)),
            ("og:image:alt", photo.alt),
        ]
    return pairs
