import pytest

from moothall.store.database import Database
from tests.newsroom.cast import Cast
from tests.newsroom.clock import FakeClock


@pytest.fixture
def cast(db: Database, clock: FakeClock) -> Cast:
    """The cast over this test's database."""
    return Cast(db, clock)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
