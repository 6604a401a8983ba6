"""The Litestar application: handlers, error door, limits, its own OpenAPI document."""

from litestar import Litestar
from litestar.datastructures import State
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from moothall import __doc__ as about
from moothall.kernel.errors import MoothallError
from moothall.kernel.limits import REQUEST_BODY_BYTES
from moothall.web import carried, errors, gate, moved, rights
from moothall.web.background import background
from moothall.web.routes import HANDLERS
from moothall.web.services import Services


def build_application(parts: Services) -> Litestar:
    """The framework's app; `entry.py` puts the hot table and the live streams before it.

    Raises: RightUndeclared.
    """
    app = Litestar(
        route_handlers=HANDLERS,
        state=State({"services": parts}),
        exception_handlers={MoothallError: errors.answer, Exception: errors.answer},
        before_request=gate.before,
        before_send=[moved.from_old_address, carried.in_redirect],
        lifespan=[background],
        request_max_body_size=REQUEST_BODY_BYTES,
        openapi_config=OpenAPIConfig(
            title="Moothall", version="1", description=about, path="/api/v1", render_plugins=[JsonRenderPlugin()]
        ),
        logging_config=None,
        debug=False,
    )
    rights.check_declared(app.routes)
    return app
