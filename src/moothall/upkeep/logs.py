"""How the server logs: one JSON object a line on standard error.

structlog's own default prints every local variable of a traceback, which would put readers' words and
secrets into logs.
"""

import sys

import structlog


def configure() -> None:
    """For a server; commands keep the readable form."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
