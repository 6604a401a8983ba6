"""What the desk's templates take."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from moothall.kernel.ids import to_text
from moothall.story.model import Discussion, LeadPhoto, Moderation, Section, Story, StoryCard
from moothall.web.desk.form import StoryForm
from moothall.web.desk.wrong import Wrong, labels
from moothall.web.i18n import LANGUAGES, Translator, number
from moothall.web.pages.view import Frame, Head, page, photo_view, story_href
from moothall.web.pages.view_acts import Choice
from moothall.web.render import Context

_STYLES = ("forms.css", "desk.css")


class Listed(msgspec.Struct, frozen=True):
    """A story of the list; `is_public` says whether `state` needs to be told apart."""

    href: str
    headline: str
    lang: str
    section: str
    when: str
    state: str
    is_public: bool
    comments: str


class Around(msgspec.Struct, frozen=True):
    """What a form's page shows beside the form.

    `story` is the one that is changed, None for a new one; `beside` are stories to choose from as related;
    `correction` is what was typed as one and refused.
    """

    story: Story | None = None
    photo: LeadPhoto | None = None
    beside: Sequence[StoryCard] = ()
    saved: bool = False
    wrong: Wrong | None = None
    correction: str = ""


def list_page(frame: Frame, stories: Sequence[tuple[StoryCard, bool, int | None]], cursor: str) -> Context:
    """`desk/list.html`; `cursor` leads on, empty at the end."""
    title = frame.words.t("Stories")
    return page(
        frame,
        _head(frame, title),
        title=title,
        stories=tuple(_listed(frame, *one) for one in stories),
        next_href=f"/desk/?cursor={cursor}" if cursor else "",
    )


def form_page(frame: Frame, form: StoryForm, around: Around) -> Context:
    """`desk/form.html`."""
    words, story = frame.words, around.story
    title = words.t("Edit story") if story else words.t("New story")
    return page(
        frame,
        _head(frame, title),
        title=title,
        form=form,
        label=labels(words),
        story_id=to_text(story.id) if story else "",
        action=f"/desk/{to_text(story.id)}" if story else "/desk/new",
        read=story_href(story) if story else "",
        shortlink=f"{frame.site.url}/s/{form.code}",
        photo=photo_view(around.photo) if around.photo else None,
        corrections=tuple((c.text, frame.times.long(c.at_ms)) for c in story.corrections) if story else (),
        correction=around.correction,
        sections=tuple(Choice(s.slug, s.name, chosen=s.slug == form.section) for s in _sections(frame, story)),
        tongues=tuple(Choice(code, name, chosen=code == form.lang) for code, name in _tongues(form.lang).items()),
        discussions=_choices(form.discussion, _discussions(words)),
        moderations=_choices(form.moderation, moderations(words)),
        beside=tuple(Choice(c.code, c.headline, c.section.name, c.code in form.pin) for c in around.beside),
        others=" ".join((*(code for code in form.pin if code not in _codes(around.beside)), form.related)).strip(),
        zone=frame.site.zone,
        saved=around.saved,
        wrong=around.wrong.field if around.wrong else "",
        error=around.wrong.text if around.wrong else "",
    )


def _sections(frame: Frame, story: Story | None) -> Sequence[Section]:
    """Those of the masthead; a story that is filed beside them keeps its own to choose."""
    known = frame.site.sections
    return known if story is None or story.section in known else (*known, story.section)


def moderations(words: Translator) -> dict[StrEnum, str]:
    """The two ways to moderate."""
    return {
        Moderation.POST: words.t("Shown, then reviewed"),
        Moderation.PRE: words.t("Held until approved"),
    }


def _discussions(words: Translator) -> dict[StrEnum, str]:
    return {
        Discussion.OPEN: words.t("Open"),
        Discussion.CLOSED: words.t("Closed"),
        Discussion.OFF: words.t("None"),
    }


def _codes(cards: Sequence[StoryCard]) -> set[str]:
    return {card.code for card in cards}


def _tongues(lang: str) -> Mapping[str, str]:
    """Ours, and the story's own where it is none of them."""
    return LANGUAGES if lang in LANGUAGES or not lang else {**LANGUAGES, lang: lang}


def _choices(current: str, names: Mapping[StrEnum, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value.value, name, chosen=value.value == current) for value, name in names.items())


def _listed(frame: Frame, card: StoryCard, published: bool, embargo_ms: int | None) -> Listed:
    t = frame.words.t
    waits = published and (embargo_ms or 0) > frame.now_ms
    state = t("Published") if published else t("Draft")
    if waits:
        state = t("Embargoed until {time}", time=frame.times.short(embargo_ms or 0, frame.now_ms))
    return Listed(
        href=f"/desk/{to_text(card.id)}",
        headline=card.headline,
        lang=card.lang,
        section=card.section.name,
        when=frame.times.short(card.published_at_ms, frame.now_ms) if published else "",
        state=state,
        is_public=published and not waits,
        comments=number(frame.words.lang, card.comment_count),
    )


def _head(frame: Frame, title: str) -> Head:
    return Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=_STYLES)
