"""A camera: where a point in space lies in the picture, and how the ground recedes."""

from typing import NamedTuple

from PIL import Image

from moothall.seed.scenes.brush import HEIGHT, WIDTH, Point

Solid = tuple[float, float, float]


class Lens(NamedTuple):
    """A shift lens: it looks level, so that what stands upright stays upright.

    Metres in space (x to the right, y up from the ground, z away), pixels in the picture.
    """

    eye: float
    """Height of the camera above the ground."""
    focal: float
    """Pixels that one metre at one metre's distance takes: 1200 is wide, 3000 long."""
    centre: float = WIDTH / 2
    horizon: float = HEIGHT / 2

    def at(self, x: float, y: float, z: float) -> Point:
        """The picture of a point; z must be above 0."""
        return self.centre + self.focal * x / z, self.horizon + self.focal * (self.eye - y) / z

    def size(self, metres: float, z: float) -> float:
        """Pixels that a length takes at a distance."""
        return self.focal * metres / z

    def quad(self, *corners: Solid) -> list[Point]:
        return [self.at(*corner) for corner in corners]

    def ground(self, texture: Image.Image, *, nearest: float, spread: float = 8) -> Image.Image:
        """A texture lying on the ground: the part of the picture below the horizon.

        Args:
            nearest: the row of a grey texture at the lower edge; rows grow quickly above it, and past the
                texture's end the ground is even, as it looks from afar.
            spread: larger makes what lies near finer.
        """
        height = round(HEIGHT - self.horizon)
        middle = texture.width / 2
        span = nearest * height
        across = (spread, middle, middle - spread * self.centre)
        return texture.transform(
            (WIDTH, height),
            Image.Transform.PERSPECTIVE,
            (*across, 0, 0, span, 0, 1),
            Image.Resampling.BICUBIC,
            fillcolor=128,
        )
