"""The newsroom's lead photographs, drawn."""

import random
from collections.abc import Callable

from PIL import Image

from moothall.seed import scenes_day, scenes_night

Scene = Callable[[random.Random], Image.Image]


def draw(scene: str) -> Image.Image:
    """A photograph of 1800 by 1200 pixels; the same every time.  Raises: KeyError."""
    return SCENES[scene](random.Random(f"photo:{scene}"))  # noqa: S311 - the same every time is the point


SCENES: dict[str, Scene] = {
    "bridge": scenes_day.bridge,
    "concert": scenes_night.concert,
    "dawn": scenes_day.dawn,
    "delta": scenes_day.delta,
    "footway": scenes_day.footway,
    "harbour": scenes_day.harbour,
    "lanterns": scenes_night.lanterns,
    "library": scenes_night.library,
    "market": scenes_day.market,
    "mountains": scenes_night.mountains,
    "nightcity": scenes_night.nightcity,
    "stadium": scenes_night.stadium,
    "tramrain": scenes_night.tramrain,
    "wheat": scenes_day.wheat,
    "windfarm": scenes_day.windfarm,
}
