"""From an editor's form to a story that can be written."""

from typing import Any

from litestar import Request

from moothall.kernel.errors import InvalidField, NotFound
from moothall.kernel.ids import is_short_code, short_code
from moothall.kernel.text import is_visible
from moothall.story.address import code_of
from moothall.story.model import Section, Story, StoryId, StoryRecord
from moothall.story.publish import Place, check_section, to_record
from moothall.story.slug import slug
from moothall.web import gate
from moothall.web.desk import form as forms
from moothall.web.desk.form import StoryForm
from moothall.web.services import services

_Request = Request[Any, Any, Any]


async def record_of(request: _Request, form: StoryForm, before: Story | None) -> StoryRecord:
    """The checked story.  Raises: InvalidField, TextTooLong."""
    parts = services(request)
    now_ms, settings = parts.clock(), parts.settings
    code = form.code if is_short_code(form.code) else short_code()
    place = Place(
        id=before.id if before else StoryId(parts.new_id()),
        code=before.code if before else code,
        locale=settings.locale,
    )
    section = _section(form, await parts.stories.sections())
    related = await _related(request, form)
    draft = forms.to_draft(form, zone=settings.time_zone, now_ms=now_ms, related=related, before=before)
    return to_record(draft, section, place, now_ms=now_ms, before=before)


def _section(form: StoryForm, known: tuple[Section, ...]) -> Section:
    """The one chosen, or a new one by its name."""
    if is_visible(form.section_name):
        return check_section(slug(form.section_name, fallback=""), form.section_name, known)
    return check_section(form.section, "", known)


async def _related(request: _Request, form: StoryForm) -> tuple[StoryId, ...]:
    """Stories named by short-link codes or by any address of theirs.  Raises: InvalidField."""
    found = []
    for name in (*form.pin, *form.related.split()):
        last = name.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
        try:
            story = await services(request).stories.public_by_code(
                code_of(last) or last, await gate.viewer(request)
            )
        except NotFound as wrong:
            raise InvalidField(name="related") from wrong
        found.append(story.id)
    return tuple(dict.fromkeys(found))
