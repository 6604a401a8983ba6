"""What the desk's templates take."""

from collections.abc import Sequence

import msgspec

from moothall.kernel.ids import to_text
from moothall.story.model import Discussion, Moderation, Story, StoryCard
from moothall.web.desk.form import StoryForm
from moothall.web.i18n import LANGUAGES, number
from moothall.web.pages.view import Frame, Head, page, photo_view, story_href
from moothall.web.pages.view_acts import Choice
from moothall.web.render import Context

_STYLES = ("forms.css", "desk.css")


class Listed(msgspec.Struct, frozen=True):
    """A story of the list."""

    href: str
    read: str
    headline: str
    lang: str
    section: str
    when: str
    state: str
    comments: str


def list_page(frame: Frame, stories: Sequence[tuple[StoryCard, bool, int | None]]) -> Context:
    """`desk/list.html`."""
    title = frame.words.t("Stories")
    return page(
        frame,
        _head(frame, title),
        title=title,
        stories=tuple(_listed(frame, *one) for one in stories),
    )


def form_page(
    frame: Frame, form: StoryForm, *, story: Story | None = None, error: str = "", preview: str = ""
) -> Context:
    """`desk/form.html`.

    Args:
        story: the one that is changed; None for a new one.
        preview: the body's cleaned HTML, when a preview was asked for.
    """
    t = frame.words.t
    title = t("Edit story") if story else t("New story")
    return page(
        frame,
        _head(frame, title),
        title=title,
        form=form,
        story_id=to_text(story.id) if story else "",
        action=f"/desk/{to_text(story.id)}" if story else "/desk/new",
        read=story_href(story) if story else "",
        shortlink=f"{frame.site.url}/s/{story.code}" if story else "",
        photo=photo_view(story.photo) if story and story.photo else None,
        corrections=tuple((c.text, frame.times.long(c.at_ms)) for c in story.corrections) if story else (),
        sections=tuple(Choice(s.slug, s.name, chosen=s.slug == form.section) for s in frame.site.sections),
        tongues=tuple(Choice(tag, name, chosen=tag == form.lang) for tag, name in LANGUAGES.items()),
        discussions=_choices(form.discussion, {
            Discussion.OPEN: t("Open"), Discussion.CLOSED: t("Closed"), Discussion.OFF: t("None"),
        }),
        moderations=_choices(form.moderation, {
            Moderation.POST: t("Shown, then reviewed"), Moderation.PRE: t("Held until approved"),
        }),
        error=error,
        preview=preview,
    )  # fmt: skip


def _choices(current: str, names: dict[Discussion, str] | dict[Moderation, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value.value, name, chosen=value.value == current) for value, name in names.items())


def _listed(frame: Frame, card: StoryCard, published: bool, embargo_ms: int | None) -> Listed:
    t = frame.words.t
    state = t("Published") if published else t("Draft")
    if published and (embargo_ms or 0) > frame.now_ms:
        state = t("Embargoed until {time}", time=frame.times.short(embargo_ms or 0, frame.now_ms))
    return Listed(
        href=f"/desk/{to_text(card.id)}",
        read=story_href(card),
        headline=card.headline,
        lang=card.lang,
        section=card.section.name,
        when=frame.times.short(card.published_at_ms, frame.now_ms),
        state=state,
        comments=number(frame.words.lang, card.comment_count),
    )


def _head(frame: Frame, title: str) -> Head:
    return Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=_STYLES)
