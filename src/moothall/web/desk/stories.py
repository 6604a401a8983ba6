"""An editor's stories: the list, a new one, a change, a preview before it counts."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.kernel.errors import Invalid, InvalidField, NotFound
from moothall.kernel.ids import short_code, to_text
from moothall.kernel.limits import RELATED
from moothall.people.role import Right
from moothall.story.body import render as render_body
from moothall.story.model import Story, StoryId
from moothall.story.publish import Place, check_section, to_record
from moothall.web import gate
from moothall.web.api.paths import story_id
from moothall.web.desk import form as forms
from moothall.web.desk.form import StoryForm
from moothall.web.desk.photos import keep_sent_photo
from moothall.web.desk.view import form_page, list_page
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.story import code_of
from moothall.web.pages.view_plain import error_text
from moothall.web.render import Context, render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_LISTED = 200


@get("/desk/", include_in_schema=False)
async def listing(request: _Request) -> Response[str]:
    """An editor's stories, drafts and embargoes too."""
    await gate.need(request, Right.PUBLISH)
    stories = await services(request).stories.all_for_desk(_LISTED)
    return _html("desk/list.html", list_page(await frame_of(request), stories))


@get("/desk/new", include_in_schema=False)
async def new(request: _Request) -> Response[str]:
    """The form of a new story."""
    await gate.need(request, Right.PUBLISH)
    settings = services(request).settings
    return _html("desk/form.html", form_page(await frame_of(request), StoryForm(lang=settings.locale)))


@get("/desk/{story:str}", include_in_schema=False)
async def change(request: _Request, story: str) -> Response[str]:
    """The form of a story as it stands."""
    await gate.need(request, Right.PUBLISH)
    parts = services(request)
    found = await parts.stories.get(story_id(story))
    codes = [(await parts.stories.get(one)).code for one in await parts.stories.pins(found.id)]
    form = forms.of_story(found, tuple(codes), parts.settings.time_zone)
    return _html("desk/form.html", form_page(await frame_of(request), form, story=found))


@post("/desk/new", include_in_schema=False)
async def add(request: _Request) -> Response[str] | Redirect:
    """Publish a new story, or preview it."""
    return await _save(request, None)


@post("/desk/{story:str}", include_in_schema=False)
async def save(request: _Request, story: str) -> Response[str] | Redirect:
    """Change a story, or preview the change."""
    await gate.need(request, Right.PUBLISH)
    return await _save(request, await services(request).stories.get(story_id(story)))


async def _save(request: _Request, before: Story | None) -> Response[str] | Redirect:
    await gate.need(request, Right.PUBLISH)
    form = await forms.read(request)
    try:
        form.photo = await keep_sent_photo(request) or form.photo
        if await field(request, "preview"):
            preview = render_body(form.body)
            return _html("desk/form.html", form_page(await frame_of(request), form, story=before, preview=preview))
        saved = await _write(request, form, before)
    except Invalid as wrong:
        frame = await frame_of(request)
        page = form_page(frame, form, story=before, error=error_text(frame.words, wrong))
        return _html("desk/form.html", page, wrong.status)
    return Redirect(f"/desk/{to_text(saved.id)}?saved=1", status_code=303)


async def _write(request: _Request, form: StoryForm, before: Story | None) -> Story:
    parts = services(request)
    now_ms = parts.clock()
    settings = parts.settings
    section = check_section(form.section, form.section_name, await parts.stories.sections())
    related = await _related(request, form.related)
    draft = forms.to_draft(form, zone=settings.time_zone, now_ms=now_ms, related=related)
    place = Place(
        id=before.id if before else StoryId(parts.new_id()),
        code=before.code if before else short_code(),
        locale=settings.locale,
    )
    record = to_record(draft, section, place, now_ms=now_ms, before=before)
    return await parts.stories.save(record, now_ms)


async def _related(request: _Request, text: str) -> tuple[StoryId, ...]:
    """Stories named by short-link codes or addresses.  Raises: InvalidField."""
    found = []
    for name in text.split()[:RELATED]:
        try:
            code = code_of("-" + name.rpartition("/")[2].rpartition("-")[2])
            story = await services(request).stories.public_by_code(code, await gate.viewer(request))
        except NotFound as wrong:
            raise InvalidField(name="related") from wrong
        found.append(story.id)
    return tuple(found)


def _html(template: str, context: Context, status: int = 200) -> Response[str]:
    return Response(render(template, context), status_code=status, media_type="text/html", headers=NO_STORE)


routes = [listing, new, add, change, save]
