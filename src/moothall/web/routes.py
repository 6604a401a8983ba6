"""Every handler of the product, file by file: the index of what it answers."""

from litestar.handlers import HTTPRouteHandler

from moothall.web.api import blocks as block_api
from moothall.web.api import comments, handoff, me, preview, stories
from moothall.web.console import (
    bans,
    batch,
    claiming,
    context,
    decisions,
    discussions,
    mine,
    numbers,
    people,
    queues,
    search,
)
from moothall.web.console import standards as console_standards
from moothall.web.desk import changes as desk_changes
from moothall.web.desk import keys as desk_keys
from moothall.web.desk import photos as desk_photos
from moothall.web.desk import stories as desk_stories
from moothall.web.pages import (
    account,
    acts,
    blocks,
    cases,
    comment,
    embed,
    feeds,
    fragments,
    front,
    kept,
    ledger,
    mailbox,
    media,
    notice,
    oembed,
    signin,
    standards,
    statement,
    static_files,
    story,
    writing,
)

HANDLERS: list[HTTPRouteHandler] = [
    *account.routes,
    *acts.routes,
    *bans.routes,
    *cases.routes,
    *batch.routes,
    *block_api.routes,
    *blocks.routes,
    *claiming.routes,
    *comment.routes,
    *comments.routes,
    *console_standards.routes,
    *context.routes,
    *decisions.routes,
    *desk_changes.routes,
    *desk_keys.routes,
    *desk_photos.routes,
    *desk_stories.routes,
    *discussions.routes,
    *embed.routes,
    *feeds.routes,
    *fragments.routes,
    *front.routes,
    *handoff.routes,
    *kept.routes,
    *ledger.routes,
    *mailbox.routes,
    *me.routes,
    *media.routes,
    *mine.routes,
    *notice.routes,
    *numbers.routes,
    *oembed.routes,
    *people.routes,
    *preview.routes,
    *queues.routes,
    *search.routes,
    *signin.routes,
    *standards.routes,
    *statement.routes,
    *static_files.routes,
    *stories.routes,
    *story.routes,
    *writing.routes,
]
