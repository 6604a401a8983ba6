"""What handlers are given: every part of the product, joined once in `app.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import httpx
from litestar.connection import ASGIConnection

from moothall.discussion.post_comment import Parts
from moothall.discussion.verdict import Judge
from moothall.kernel.clock import Clock
from moothall.moderation.recent import Recent
from moothall.moderation.shadow import Shadow
from moothall.notify.mail import Mailer
from moothall.people.port import PeopleStore
from moothall.people.signin.ways import Ways
from moothall.settings import Settings
from moothall.store.comments import SqlComments
from moothall.store.console import SqlConsole
from moothall.store.database import Database
from moothall.store.moderation import SqlModeration
from moothall.store.passkeys import SqlPasskeys
from moothall.store.rights import SqlRights
from moothall.store.second_factors import SqlSecondFactors
from moothall.store.standards import SqlStandards
from moothall.store.stories import SqlStories
from moothall.upkeep.personal_data import PersonalData
from moothall.web.aside import Aside
from moothall.web.rate_limit import Limiter


@dataclass(frozen=True, slots=True, eq=False)
class Services:
    """Parts are added as their rooms are built; each is one line here and one in `app.py`."""

    settings: Settings
    clock: Clock
    new_id: Callable[[], int]
    db: Database
    judge: Judge
    shadows: tuple[Shadow, ...]
    recent: Recent
    comments: SqlComments
    stories: SqlStories
    moderation: SqlModeration
    standards: SqlStandards
    rights: SqlRights
    personal_data: PersonalData
    console: SqlConsole
    discussion: Parts
    people: PeopleStore
    second_factors: SqlSecondFactors
    passkeys: SqlPasskeys
    limiter: Limiter
    aside: Aside
    address_key: bytes
    ways: Ways
    http: httpx.AsyncClient
    mailer: Mailer


def services(connection: ASGIConnection[Any, Any, Any, Any]) -> Services:
    """The services of the app that a request came to."""
    return cast("Services", connection.app.state["services"])
