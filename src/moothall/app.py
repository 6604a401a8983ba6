"""The only place where parts are joined: settings -> store -> rooms -> ASGI app."""

from collections.abc import Callable
from pathlib import Path

from moothall.discussion.post_comment import Parts
from moothall.kernel.asgi import App
from moothall.kernel.clock import Clock, monotonic_ms, system_clock
from moothall.kernel.ids import IdMaker
from moothall.kernel.limits import HOT_POLLS, HOT_REBUILD_MS
from moothall.live.hub import Hub
from moothall.live.source import StoreSource
from moothall.moderation.classifier.kept import layer_file
from moothall.moderation.classifier.kept import read as read_layer
from moothall.moderation.judges.make import judges
from moothall.moderation.judges.scorer import ScorerJudge, is_asked
from moothall.moderation.judges.scorer_process import scorer_process
from moothall.moderation.pipeline import Pipeline
from moothall.moderation.shadow import Shadow
from moothall.moderation.standards import in_force
from moothall.notify.mail import Mailer, Sender, smtp_server
from moothall.people.signin.ways import provider_client, ways
from moothall.settings import Settings
from moothall.store.comments import SqlComments
from moothall.store.console import SqlConsole
from moothall.store.database import Database, open_database
from moothall.store.moderation import SqlModeration
from moothall.store.nudges import SqlNudges
from moothall.store.passkeys import SqlPasskeys
from moothall.store.people import SqlPeople
from moothall.store.recent import wrote
from moothall.store.rights import SqlRights
from moothall.store.second_factors import SqlSecondFactors
from moothall.store.site_secret import site_secret
from moothall.store.standards import SqlStandards
from moothall.store.stories import SqlStories
from moothall.upkeep.health import Health
from moothall.upkeep.metrics import Metrics
from moothall.upkeep.personal_data import PersonalData
from moothall.web.application import build_application
from moothall.web.aside import Aside
from moothall.web.entry import Entry, Front
from moothall.web.headers import Secured
from moothall.web.hot import HotTable
from moothall.web.hot_routes import page_routes, poll_routes
from moothall.web.quick_comment import QuickComment
from moothall.web.rate_limit import Limiter
from moothall.web.services import Services


def join(
    settings: Settings, db: Database | None = None, *, clock: Clock = system_clock, beside: bool = False
) -> Services:
    """All parts of one site, over its database; `beside` a server as `open_database` has it.

    Raises: StoreLocked, StoreDamaged.
    """
    db = db or open_database(settings.database_url, beside=beside)
    new_id = IdMaker(clock, floor=db.newest_id())
    comments = SqlComments(db)
    http = provider_client()
    standards = SqlStandards(db)
    standards.begin()
    asked = [one for one in settings.judges if not one.shadow]
    tried = [one for one in settings.judges if one.shadow]
    outside = judges(asked, http=http, site=settings.public_url)
    shadows = tuple(map(Shadow, judges(tried, http=http, site=settings.public_url)))
    judge, nudges = Pipeline(outside=(*outside, _estimates(settings)), shadows=shadows), SqlNudges(db)
    return Services(
        settings=settings,
        clock=clock,
        new_id=new_id,
        db=db,
        judge=judge,
        shadows=shadows,
        recent=judge.recent,
        comments=comments,
        stories=SqlStories(db, clock),
        moderation=SqlModeration(db),
        rights=SqlRights(db),
        personal_data=PersonalData(
            db, folder=Path(settings.data), clock=clock, new_id=new_id, site_url=settings.public_url
        ),
        standards=standards,
        console=SqlConsole(db, clock, new_id),
        aside=Aside(),
        discussion=Parts(
            store=comments,
            clock=clock,
            new_id=new_id,
            judge=judge,
            wrote=wrote(judge.recent),
            nudges=nudges,
        ),
        people=SqlPeople(db),
        second_factors=SqlSecondFactors(db),
        passkeys=SqlPasskeys(db),
        limiter=Limiter(monotonic_ms),
        address_key=site_secret(db, "address"),
        ways=ways(settings, http=http, clock=clock),
        http=http,
        mailer=_mailer(settings, db, clock),
    )


def _estimates(settings: Settings) -> ScorerJudge:
    """Raises: LayerDamaged; WeightsDamaged, where the standards ask for estimates."""
    local = layer_file(Path(settings.data))
    read_layer(local)
    if is_asked(in_force()):
        scorer_process(local).begin()
    return ScorerJudge(scorer_process(local), in_force, settings.scorer_deadline_ms)


def _mailer(settings: Settings, db: Database, clock: Clock) -> Mailer:
    server = smtp_server(settings.smtp_url) if settings.smtp_url else None
    return Mailer(db, clock, server=server, sender=Sender(settings.site_name, settings.mail_from))


def build(settings: Settings) -> Entry:
    """The whole site as one ASGI callable.  Raises: StoreLocked, StoreDamaged."""
    return enter(join(settings))


def enter(
    parts: Services, *, rebuild_ms: int = HOT_REBUILD_MS, around: Callable[[App], App] = lambda app: app
) -> Entry:
    """What stands before the framework.

    Args:
        rebuild_ms: as in `HotTable`.
        around: puts something before the framework, behind the security headers.
    """
    hub = Hub(StoreSource(parts.db, parts.clock))
    secured = Secured(around(QuickComment(build_application(parts))), parts.settings)
    pages = HotTable(page_routes(parts), secured.complete, rebuild_ms=rebuild_ms)
    polls = HotTable(poll_routes(parts), secured.complete, entries=HOT_POLLS, rebuild_ms=rebuild_ms)
    hub.watch(pages.take)
    hub.watch(polls.take)
    parts.db.listen(hub.tell)
    health, metrics = Health(parts.db), Metrics()
    _measure(metrics, parts.db, hub, pages)
    return Entry(secured, Front((pages, polls), hub, health, metrics, parts.settings), parts.db.close)


def _measure(metrics: Metrics, db: Database, hub: Hub, pages: HotTable) -> None:
    counts = db.writer.counts
    metrics.add_gauge("moothall_listeners", "Open live streams.", lambda: hub.listeners)
    metrics.add_gauge("moothall_hot_pages", "Pages kept ready.", lambda: len(pages))
    metrics.add_gauge("moothall_writes_waiting", "Commands before the writer.", lambda: db.writer.waiting)
    metrics.add_counter("moothall_hot_hits", "Answers from ready-made pages.", lambda: pages.hits)
    metrics.add_counter("moothall_hot_builds", "Ready-made pages built.", lambda: pages.builds)
    metrics.add_counter("moothall_writes", "Commands committed.", lambda: counts.commands)
    metrics.add_counter("moothall_commits", "Groups committed.", lambda: counts.commits)
    metrics.add_counter("moothall_commit_failures", "Groups that failed.", lambda: counts.failures)
