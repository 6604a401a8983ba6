"""The weights that come with the product, a file a language."""

from functools import cache
from importlib.resources import files

from moothall.moderation.classifier.linear import LinearScorer
from moothall.moderation.classifier.weights import Weights, unpack

LANGUAGES = ("en", "de", "pt", "ko", "zh", "ar")


@cache
def shipped_weights() -> tuple[Weights, ...]:
    """English first.  Raises: WeightsDamaged."""
    folder = files("moothall.moderation.classifier")
    names = [f"linear_{language}.weights" for language in LANGUAGES]
    return tuple(unpack(folder.joinpath(name).read_bytes(), name=name) for name in names)


@cache
def shipped() -> LinearScorer:
    """Raises: WeightsDamaged."""
    return LinearScorer(shipped_weights())
