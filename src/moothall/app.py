"""The only place where parts are joined: settings -> store -> rooms -> ASGI app."""

from moothall.discussion.post_comment import Parts
from moothall.kernel.clock import monotonic_ms, system_clock
from moothall.kernel.ids import IdMaker
from moothall.moderation.pipeline import Pipeline
from moothall.settings import Settings
from moothall.store.comments import SqlComments
from moothall.store.database import Database, open_database
from moothall.store.people import SqlPeople
from moothall.store.site_secret import site_secret
from moothall.web.rate_limit import Limiter
from moothall.web.services import Services


def join(settings: Settings, db: Database | None = None) -> Services:
    """All parts of one site, over its database.

    Raises: StoreLocked, StoreDamaged.
    """
    db = db or open_database(settings.database_url)
    clock = system_clock
    new_id = IdMaker(clock, floor=db.newest_id())
    comments = SqlComments(db)
    judge = Pipeline()
    return Services(
        settings=settings,
        clock=clock,
        new_id=new_id,
        db=db,
        judge=judge,
        comments=comments,
        discussion=Parts(store=comments, clock=clock, new_id=new_id, judge=judge),
        people=SqlPeople(db),
        limiter=Limiter(monotonic_ms),
        address_key=site_secret(db, "address"),
    )
