from collections.abc import Iterator

import pytest

from tests.failure.disks import small_disk
from tests.process import end_started

disk = pytest.fixture(name="disk")(small_disk)


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Whatever a test does, its servers end with it."""
    yield
    end_started()
