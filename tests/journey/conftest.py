from collections.abc import AsyncIterator

import pytest

from moothall.store.database import Database
from tests.newsroom.clock import FakeClock
from tests.newsroom.site import Site, site_over


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def site(db: Database, clock: FakeClock) -> AsyncIterator[Site]:
    """A whole site over this test's database."""
    async with site_over(db, clock) as opened:
        yield opened
