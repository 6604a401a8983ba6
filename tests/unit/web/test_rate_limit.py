"""The rate limiter: exact, bounded, and deaf to set clocks."""

import pytest

from moothall.kernel.errors import TooMany
from moothall.web.rate_limit import Limiter, Rate
from tests.newsroom.clock import FakeClock

RATE = Rate(burst=3, every_ms=1_000)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(0)


def spent(limiter: Limiter, key: str, times: int) -> int:
    """How many of so many tries went through."""
    through = 0
    for _ in range(times):
        try:
            limiter.spend(key, RATE)
        except TooMany:
            continue
        through += 1
    return through


def test_a_burst_and_then_one_each_second(clock: FakeClock) -> None:
    """Exactly as many as the rate says, however often somebody tries."""
    limiter = Limiter(clock)
    assert spent(limiter, "a", 10) == 3
    for _ in range(5):
        clock.move(999)
        assert spent(limiter, "a", 10) == 0
        clock.move(1)
        assert spent(limiter, "a", 10) == 1
    clock.move(60_000)
    assert spent(limiter, "a", 10) == 3


def test_it_says_how_long_to_wait(clock: FakeClock) -> None:
    """In whole seconds, never too few."""
    limiter = Limiter(clock)
    spent(limiter, "a", 3)
    clock.move(1)
    with pytest.raises(TooMany) as refused:
        limiter.spend("a", RATE)
    assert refused.value.params["seconds"] == 1


def test_one_key_does_not_slow_another(clock: FakeClock) -> None:
    """Each has its own count."""
    limiter = Limiter(clock)
    assert (spent(limiter, "a", 10), spent(limiter, "b", 10)) == (3, 3)


def test_a_flood_of_keys_neither_grows_nor_frees_the_busy(clock: FakeClock) -> None:
    """A million addresses use bounded memory, and who was slowed stays slowed."""
    limiter = Limiter(clock, keys=100)
    spent(limiter, "busy", 10)
    for number in range(1_000):
        limiter.spend(str(number), RATE)
        assert len(limiter) <= 100
    assert spent(limiter, "busy", 10) == 0
