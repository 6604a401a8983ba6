"""The judges that the settings name."""

from collections.abc import Callable, Sequence

import httpx

from moothall.moderation.judges.akismet import Akismet
from moothall.moderation.judges.chat import ChatJudge
from moothall.moderation.judges.coral import CoralPhase
from moothall.moderation.judges.http import Place
from moothall.moderation.judges.port import Judge
from moothall.moderation.judges.scores import ScoresJudge
from moothall.moderation.standards import in_force
from moothall.settings import JudgeSettings


def judges(named: Sequence[JudgeSettings], *, http: httpx.AsyncClient, site: str) -> tuple[Judge, ...]:
    """In the settings' order.  Args: site: our public address."""
    return tuple(_make(one, http, site) for one in named)


def _make(one: JudgeSettings, http: httpx.AsyncClient, site: str) -> Judge:
    place = Place(one.key, one.url, one.secret, one.deadline_ms, http)
    kinds: dict[str, Callable[[], Judge]] = {
        "coral": lambda: CoralPhase(place, site),
        "chat": lambda: ChatJudge(place, one.model, in_force),
        "scores": lambda: ScoresJudge(place, one.model),
        "akismet": lambda: Akismet(place, site),
    }
    return kinds[one.kind]()
