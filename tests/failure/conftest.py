from collections.abc import Iterator

import pytest

from tests.process import end_started


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Whatever a test does, its servers end with it."""
    yield
    end_started()
