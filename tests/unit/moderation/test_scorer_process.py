"""The local scorer in a process of its own: it answers, and where it ends or hangs a comment is held."""

import asyncio
import sys
from collections.abc import Iterator

import pytest

from moothall.kernel.limits import SCORER_WAITING
from moothall.moderation.classifier.port import Ask, Attribute, LanguageUnsupported, Scored
from moothall.moderation.classifier.shipped import shipped
from moothall.moderation.judges.scorer_process import ScorerBusy, ScorerGone, ScorerProcess

RUDE = Ask(text="You are a stupid idiot.", attributes=(Attribute.INSULT,), languages=("en",), spans=True)
FOREIGN = Ask(text="Jeg tror ikke at det er en god idé, og det har vi sagt.", attributes=(Attribute.TOXICITY,))
# Each stands for a worker that went wrong in its own way.
WRONG = {
    "ends": "import sys; sys.stdin.readline()",
    "hangs": "import sys; sys.stdin.read()",
    "babbles": "import sys; [print('fine', flush=True) for _ in sys.stdin]",
    "counts nothing": """import sys
for _ in sys.stdin:
    print('{"scored": {"scores": {"insult": {"value": null}}, "language": "en"}}', flush=True)""",
}


@pytest.fixture
def worker() -> Iterator[ScorerProcess]:
    """The real one."""
    made = ScorerProcess()
    yield made
    made.close()


def test_it_answers_as_the_scorer_does(worker: ScorerProcess) -> None:
    """Scores, spans and refusals, from one event loop and from the next."""
    assert asyncio.run(worker.score(RUDE)) == shipped().score_now(RUDE)
    with pytest.raises(LanguageUnsupported) as refused:
        asyncio.run(worker.score(FOREIGN))
    assert (refused.value.languages, refused.value.detected) == (("da",), True)
    assert (worker.attributes, worker.languages) == (shipped().attributes, shipped().languages)


def test_a_killed_one_is_begun_again(worker: ScorerProcess) -> None:
    """The question that met its end fails; the next one is answered."""
    worker.begin()
    assert asyncio.run(worker.score(RUDE)) == shipped().score_now(RUDE)
    other = worker._other
    assert other is not None
    other.kill()
    other.wait()
    with pytest.raises(ScorerGone):
        asyncio.run(worker.score(RUDE))
    assert asyncio.run(worker.score(RUDE)) == shipped().score_now(RUDE)


@pytest.mark.parametrize("how", WRONG)
def test_a_broken_one_is_no_answer(how: str) -> None:
    """And it is ended, not asked again."""
    broken = ScorerProcess((sys.executable, "-c", WRONG[how]), silent_ms=3_000 if how != "hangs" else 50)
    with pytest.raises(ScorerGone):
        asyncio.run(broken.score(RUDE))
    assert broken._other is None
    broken.close()


def test_more_than_can_be_answered_are_turned_away() -> None:
    """At once, so that the pipeline holds them; those before are not."""
    slow = ScorerProcess((sys.executable, "-c", WRONG["hangs"]), silent_ms=200)

    async def burst() -> list[Scored | BaseException]:
        asked = [slow.score(RUDE) for _ in range(SCORER_WAITING + 5)]
        waiting = [asyncio.ensure_future(one) for one in asked]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for one in waiting:
            one.cancel()
        return await asyncio.gather(*waiting, return_exceptions=True)

    told = asyncio.run(burst())
    assert [type(one) for one in told[-5:]] == [ScorerBusy] * 5
    assert not any(isinstance(one, ScorerBusy) for one in told[:-5])
    slow.close()
