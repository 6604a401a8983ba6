"""An editor's stories: the list, a new one, a change, a preview before it counts."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.kernel import page as cursors
from moothall.kernel.errors import Conflict, Invalid, InvalidField, NotFound
from moothall.kernel.ids import from_text, short_code, to_text
from moothall.kernel.limits import RELATED
from moothall.kernel.page import Cursor
from moothall.people.model import Account
from moothall.people.role import Right, answers_for
from moothall.story.model import LeadPhoto, PhotoId, Story
from moothall.story.publish import as_story
from moothall.web import gate
from moothall.web.api.paths import story_id
from moothall.web.desk import form as forms
from moothall.web.desk.draft import record_of
from moothall.web.desk.form import StoryForm
from moothall.web.desk.photos import LARGEST_FORM, keep_sent_photo
from moothall.web.desk.view import Around, form_page, list_page
from moothall.web.desk.wrong import wrong_in
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view_story import story_page
from moothall.web.render import Context, render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_LISTED = 50


async def editors_only(connection: Any, _handler: Any) -> None:
    """Before a form of megabytes is read.  Raises: Unauthorised, Forbidden."""
    await gate.need(connection, Right.PUBLISH)


@get("/desk/", include_in_schema=False)
async def listing(request: _Request, cursor: str | None = None) -> Response[str]:
    """Every story, drafts and embargoed ones included."""
    editor = await gate.need(request, Right.PUBLISH)
    after = cursors.decode(cursor) if cursor else None
    found = await services(request).stories.all_for_desk(after, _LISTED + 1, editor.sections)
    last = found[_LISTED - 1][0] if len(found) > _LISTED else None
    onward = cursors.encode(Cursor(last.published_at_ms, last.id)) if last else ""
    return _html("desk/list.html", list_page(await frame_of(request), found[:_LISTED], onward))


@get("/desk/new", include_in_schema=False)
async def new(request: _Request) -> Response[str]:
    """An empty form; the short link of the story is known from here on."""
    await gate.need(request, Right.PUBLISH)
    form = StoryForm(lang=services(request).settings.locale, published="1", code=short_code())
    return await answer_form(request, form, None)


@get("/desk/{story:str}", include_in_schema=False)
async def change(request: _Request, story: str) -> Response[str]:
    """The story's form."""
    await gate.need(request, Right.PUBLISH)
    found = await services(request).stories.get(story_id(story))
    return await answer_form(request, await form_of(request, found), found)


@post("/desk/new", include_in_schema=False, guards=[editors_only], request_max_body_size=LARGEST_FORM)
async def add(request: _Request) -> Response[str] | Redirect:
    """Publishes, or answers with the form and what is wrong."""
    editor = await gate.need(request, Right.PUBLISH)
    return await _save(request, None, editor)


@post("/desk/{story:str}", include_in_schema=False, guards=[editors_only], request_max_body_size=LARGEST_FORM)
async def save(request: _Request, story: str) -> Response[str] | Redirect:
    """Changes, or answers with the form and what is wrong."""
    editor = await gate.need(request, Right.PUBLISH)
    return await _save(request, await services(request).stories.get(story_id(story)), editor)


async def form_of(request: _Request, story: Story) -> StoryForm:
    """The form of a story as it stands."""
    parts = services(request)
    pins = [(await parts.stories.get(one)).code for one in await parts.stories.pins(story.id)]
    return forms.of_story(story, tuple(pins), parts.settings.time_zone)


async def answer_form(
    request: _Request, form: StoryForm, before: Story | None, wrong: Invalid | None = None, *, correction: str = ""
) -> Response[str]:
    """The form's page.

    Args:
        correction: what was typed as a correction, when that was refused.
    """
    frame = await frame_of(request)
    beside = await services(request).stories.related_to(before, 2 * RELATED) if before else ()
    around = Around(
        story=before,
        photo=await _photo(request, form),
        beside=beside,
        saved=wrong is None and "saved" in request.query_params,
        wrong=wrong_in(frame.words, wrong) if wrong else None,
        correction=correction,
    )
    return _html("desk/form.html", form_page(frame, form, around), wrong.status if wrong else 200)


async def _save(request: _Request, before: Story | None, editor: Account) -> Response[str] | Redirect:
    await gate.limit(request, "write")
    form = await forms.read(request)
    stories = services(request).stories
    try:
        form.photo = "" if form.photo_none else await keep_sent_photo(request) or form.photo
        record = await record_of(request, form, before)
        if not answers_for(editor, record.section.slug):
            raise InvalidField(name="section")
        if await field(request, "preview"):
            return await _preview(request, as_story(record, await _photo(request, form), before))
        saved = await stories.save(record, services(request).clock(), actor_id=editor.id)
    except Invalid as wrong:
        return await answer_form(request, form, before, wrong)
    except Conflict:
        # Sent twice: the code that came with the form names the story that the first one made.
        saved = await stories.by_code(form.code)
    return Redirect(f"/desk/{to_text(saved.id)}?saved=1", status_code=303)


async def _preview(request: _Request, story: Story) -> Response[str]:
    """The page as readers would see it, without its discussion."""
    frame = await frame_of(request, lang=story.lang)
    related = await services(request).stories.related_to(story, RELATED)
    return _html("story.html", story_page(frame, story, related=related, talk=None))


async def _photo(request: _Request, form: StoryForm) -> LeadPhoto | None:
    """The photo that the form names, if there is one."""
    number = from_text(form.photo)
    try:
        return await services(request).stories.lead_photo(PhotoId(number)) if number is not None else None
    except NotFound:
        return None


def _html(template: str, context: Context, status: int = 200) -> Response[str]:
    return Response(render(template, context), status_code=status, media_type="text/html", headers=NO_STORE)


routes = [listing, new, add, change, save]
