"""From what an editor or a CMS sends to a story that can be written."""

import msgspec

from moothall.kernel.errors import InvalidField, TextTooLong
from moothall.kernel.limits import (
    BYLINE_GRAPHEMES,
    CORRECTION_GRAPHEMES,
    FIRST_NEWSPAPER_MS,
    HEADLINE_GRAPHEMES,
    KEYWORD_GRAPHEMES,
    KEYWORDS,
    LAST_TIME_MS,
    RELATED,
    STANDFIRST_GRAPHEMES,
    STORY_BODY_CHARS,
    URL_CHARS,
)
from moothall.kernel.text import clean, graphemes, is_visible
from moothall.kernel.url import is_good_url
from moothall.story.address import own_path, same_page
from moothall.story.body import render
from moothall.story.model import Keyword, LeadPhoto, Section, Story, StoryDraft, StoryId, StoryRecord
from moothall.story.slug import slug


class Place(msgspec.Struct, frozen=True):
    """Where a story stands: its id and code, and the language of a site without another word."""

    id: StoryId
    code: str
    locale: str


def to_record(
    draft: StoryDraft, section: Section, place: Place, *, now_ms: int, before: Story | None
) -> StoryRecord:
    """The checked story.

    Args:
        draft: with `url` only when the story lives on a host page.
        before: the story as it stands, when this is a change; its address and first time are kept.

    Raises: InvalidField, TextTooLong.
    """
    lang = _lang(draft.lang or (before.lang if before else place.locale))
    headline = line("headline", draft.headline, HEADLINE_GRAPHEMES, needed=True)
    words = before.slug if before else slug(draft.slug or headline, lang=lang)
    url = _host_page(draft.url) if draft.url else (before.url if before and before.external else None)
    body = _body(draft.body, needed=draft.published and url is None)
    published_at_ms, embargo_until_ms = _times(draft, before, now_ms)
    if draft.photo_id is not None and not is_visible(draft.photo_alt):
        raise InvalidField(name="photo_alt")
    return StoryRecord(
        id=place.id,
        code=place.code,
        url=url or own_path(section.slug, words, place.code),
        external=url is not None,
        slug=words,
        lang=lang,
        section=section,
        headline=headline,
        standfirst=line("standfirst", draft.standfirst, STANDFIRST_GRAPHEMES),
        byline=line("byline", draft.byline, BYLINE_GRAPHEMES),
        dateline_place=line("dateline_place", draft.dateline_place, BYLINE_GRAPHEMES),
        dateline_agency=line("dateline_agency", draft.dateline_agency, BYLINE_GRAPHEMES),
        body=body,
        body_html=render(body),
        keywords=keywords(draft.keywords, lang=lang),
        related=draft.related[:RELATED],
        photo_id=draft.photo_id,
        photo_caption=line("photo_caption", draft.photo_caption, STANDFIRST_GRAPHEMES),
        photo_credit=line("photo_credit", draft.photo_credit, BYLINE_GRAPHEMES),
        photo_alt=line("photo_alt", draft.photo_alt, STANDFIRST_GRAPHEMES),
        published=draft.published,
        published_at_ms=published_at_ms,
        updated_at_ms=draft.updated_at_ms or (before.updated_at_ms if before else None),
        embargo_until_ms=embargo_until_ms,
        discussion=draft.discussion,
        closes_at_ms=draft.closes_at_ms,
        moderation=draft.moderation,
    )


def as_story(record: StoryRecord, photo: LeadPhoto | None, before: Story | None) -> Story:
    """The story as it would stand, to be looked at before it is written."""
    words = (record.photo_caption, record.photo_credit, record.photo_alt)
    shown = LeadPhoto(photo.id, photo.width, photo.height, photo.widths, *words) if photo else None
    return Story(
        **{name: getattr(record, name) for name in Story.__struct_fields__ if hasattr(record, name)},
        photo=shown,
        corrections=before.corrections if before else (),
        comment_count=before.comment_count if before else 0,
        newest_comment=before.newest_comment if before else 0,
        version=before.version if before else 0,
    )


def line(name: str, text: str, limit: int, *, needed: bool = False) -> str:
    """One line of cleaned text.  Raises: InvalidField when needed and empty, TextTooLong."""
    text = " ".join(clean(text).split())
    if needed and not is_visible(text):
        raise InvalidField(name=name)
    over = graphemes(text) - limit
    if over > 0:
        raise TextTooLong(name=name, over=over, limit=limit)
    return text


def check_correction(text: str) -> str:
    """Raises: InvalidField, TextTooLong."""
    return line("correction", text, CORRECTION_GRAPHEMES, needed=True)


def check_section(name_slug: str, name: str, known: tuple[Section, ...]) -> Section:
    """A known section, or a new one when it comes with a name.  Raises: InvalidField."""
    for one in known:
        if one.slug == name_slug:
            return one
    made = slug(name_slug)
    if not is_visible(name) or made != name_slug or name_slug in _RESERVED:
        raise InvalidField(name="section")
    return Section(made, line("section", name, KEYWORD_GRAPHEMES), len(known))


def keywords(names: tuple[str, ...], *, lang: str = "") -> tuple[Keyword, ...]:
    """Cleaned, each once, in order.  Raises: InvalidField, TextTooLong."""
    cleaned = [line("keywords", name, KEYWORD_GRAPHEMES) for name in names]
    named = [(slug(name, lang=lang, fallback=""), name) for name in cleaned if is_visible(name)]
    unique: dict[str, str] = {}
    for key, name in named:
        unique.setdefault(key, name)
    if len(unique) > KEYWORDS or "" in unique:
        raise InvalidField(name="keywords")
    return tuple(Keyword(key, name) for key, name in unique.items())


# First parts of our own addresses: a section of that name would hide them.
_RESERVED = frozenset(
    {"account", "api", "avatars", "c", "console", "desk", "discussion", "docs", "embed", "fragments",
     "healthz", "ledger", "mailbox", "media", "metrics", "notices", "oembed", "people", "readyz", "s",
     "signin", "signout", "standards", "statements", "static", "stories", "topics"}
)  # fmt: skip


def _times(draft: StoryDraft, before: Story | None, now_ms: int) -> tuple[int, int | None]:
    """When it counts as published, and the embargo.

    What readers could already see keeps its time; a time to come is an embargo, and an embargo is the
    time at which the story appears.  Raises: InvalidField for a time that no calendar of ours can print.
    """
    known = before.published_at_ms if before is not None and before.public_at(now_ms) else now_ms
    for name in ("published_at", "updated_at", "embargo_until", "closes_at"):
        at_ms: int | None = getattr(draft, f"{name}_ms")
        if at_ms is not None and not FIRST_NEWSPAPER_MS <= at_ms < LAST_TIME_MS:
            raise InvalidField(name=name)
    published_at_ms = draft.published_at_ms if draft.published_at_ms is not None else known
    embargo_until_ms = draft.embargo_until_ms
    if published_at_ms > now_ms:
        embargo_until_ms = max(published_at_ms, embargo_until_ms or 0)
    return max(published_at_ms, embargo_until_ms or published_at_ms), embargo_until_ms


def _body(text: str, *, needed: bool) -> str:
    body = clean(text)
    over = len(body) - STORY_BODY_CHARS
    if over > 0:
        raise TextTooLong(name="body", over=over, limit=STORY_BODY_CHARS)
    if needed and not is_visible(body):
        raise InvalidField(name="body")
    return body


def _host_page(url: str) -> str:
    # In bytes: an index of PostgreSQL holds 2,704 of them, and a letter may have four.
    if len(url.encode(errors="replace")) > URL_CHARS or not is_good_url(url) or url.startswith("mailto:"):
        raise InvalidField(name="url")
    return same_page(url)


def _lang(code: str) -> str:
    primary = code.replace("_", "-").split("-")[0].lower()
    if not (2 <= len(primary) <= 3 and primary.isascii() and primary.isalpha()):
        raise InvalidField(name="lang")
    return primary
