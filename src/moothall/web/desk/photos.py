"""A photo sent with a form: decoded in a thread, one at a time, and kept as our own JPEGs."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from litestar import Request, Response, post
from litestar.datastructures import UploadFile

from moothall.kernel.errors import PhotoInvalid
from moothall.kernel.ids import to_text
from moothall.kernel.limits import PHOTO_BYTES
from moothall.story.model import PhotoId
from moothall.web import gate
from moothall.web.api.stories import need_key
from moothall.web.headers import NO_STORE
from moothall.web.services import services

_Request = Request[Any, Any, Any]
# One photo may need 320 MB while it is decoded: they wait for one another.
_pool = ThreadPoolExecutor(1, thread_name_prefix="moothall-photo")
LARGEST_FORM = PHOTO_BYTES + 1_000_000
"""A photo and every word of a story."""


async def keep_sent_photo(request: _Request) -> str:
    """The id of the photo in the field `photo_file`; empty when none was chosen.

    Raises: PhotoInvalid, PhotoTooLarge.
    """
    sent = (await request.form()).get("photo_file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return ""
    return await _keep(request, await sent.read(PHOTO_BYTES + 1))


@post("/api/v1/photos", summary="Upload a photo", opt={gate.KEYED: True}, request_max_body_size=LARGEST_FORM)
async def upload(request: _Request) -> Response[dict[str, str]]:
    """The body is the file itself; the answer is the `id` to name in a story."""
    await need_key(request)
    await gate.limit(request, "write")
    data = await request.body()
    if not data:
        raise PhotoInvalid
    return Response({"id": await _keep(request, data)}, status_code=201, headers=NO_STORE)


async def _keep(request: _Request, data: bytes) -> str:
    # Imported with the first photo: the library takes 60 ms of every start, and a start must be short.
    from moothall.story.photo import reencode, too_large

    if len(data) > PHOTO_BYTES:
        raise too_large()
    parts = services(request)
    loop = asyncio.get_running_loop()
    photo, renditions = await loop.run_in_executor(_pool, reencode, data, PhotoId(parts.new_id()))
    return to_text(await parts.stories.keep_photo(photo, renditions, parts.clock()))


routes = [upload]
