"""Every handler of the product, file by file: the index of what it answers."""

from litestar.handlers import HTTPRouteHandler

from moothall.web.api import comments, preview
from moothall.web.pages import fragments

HANDLERS: list[HTTPRouteHandler] = [
    *comments.routes,
    *preview.routes,
    *fragments.routes,
]
