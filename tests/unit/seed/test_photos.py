"""The lead photographs are drawn the same every time, and are pictures."""

import hashlib

import pytest
from PIL import ImageStat

from moothall.seed.photos import SCENES, draw


def test_a_photograph_is_the_same_every_time() -> None:
    """For one version of the drawing library."""
    first, second = (hashlib.sha256(draw("windfarm").tobytes()).hexdigest() for _ in range(2))
    assert first == second


def test_an_unknown_scene_is_refused() -> None:
    """A story that names a picture which nobody drew is found at once."""
    with pytest.raises(KeyError):
        draw("selfie")


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_is_a_full_picture(scene: str) -> None:
    """1800 by 1200, in colour, neither black nor white nor flat."""
    picture = draw(scene)
    grey = ImageStat.Stat(picture.convert("L"))
    assert (picture.size, picture.mode) == ((1800, 1200), "RGB")
    assert 20 < grey.mean[0] < 225
    assert grey.stddev[0] > 15
