"""The weights that come with the product."""

from functools import cache
from importlib.resources import files

from moothall.moderation.classifier.linear import LinearScorer
from moothall.moderation.classifier.weights import Weights, unpack

NAME = "linear_en.weights"


@cache
def shipped_weights() -> Weights:
    """Raises: WeightsDamaged."""
    return unpack(files("moothall.moderation.classifier").joinpath(NAME).read_bytes(), name=NAME)


@cache
def shipped() -> LinearScorer:
    """Raises: WeightsDamaged."""
    return LinearScorer(shipped_weights())
