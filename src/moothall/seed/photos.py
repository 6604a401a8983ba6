"""The newsroom's lead photographs, drawn."""

import random
from collections.abc import Callable

from PIL import Image

from moothall.seed.scenes import (
    bells,
    bridge,
    dawn,
    delta,
    footway,
    harbour,
    lanterns,
    library,
    mountains,
    projector,
    scale,
    stadium,
    tram,
    wheat,
    windfarm,
)

Scene = Callable[[random.Random], Image.Image]


def draw(scene: str) -> Image.Image:
    """A photograph of 1800 by 1200 pixels; the same every time.  Raises: KeyError."""
    return SCENES[scene](random.Random(f"photo:{scene}"))  # noqa: S311 - the same every time is the point


SCENES: dict[str, Scene] = {
    "bells": bells.draw,
    "bridge": bridge.draw,
    "dawn": dawn.draw,
    "delta": delta.draw,
    "footway": footway.draw,
    "harbour": harbour.draw,
    "lanterns": lanterns.draw,
    "library": library.draw,
    "mountains": mountains.draw,
    "projector": projector.draw,
    "scale": scale.draw,
    "stadium": stadium.draw,
    "tram": tram.draw,
    "wheat": wheat.draw,
    "windfarm": windfarm.draw,
}
