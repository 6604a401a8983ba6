"""The local layer's file in the data folder: kept, taken back, and read again when it changes."""

import sys
from pathlib import Path

from moothall.moderation.classifier.linear import LinearScorer
from moothall.moderation.classifier.local import Layer, LayerDamaged, layered, pack, stale, unpack
from moothall.moderation.classifier.shipped import shipped_weights

_Stamp = tuple[int, int, int] | None


def layer_file(data: Path) -> Path:
    """Where a site's layer lies, whether or not there is one."""
    return data / "scorer.local"


def read(file: Path) -> Layer | None:
    """None where nothing was learned.  Raises: LayerDamaged."""
    try:
        packed = file.read_bytes()
    except FileNotFoundError:
        return None
    layer = unpack(packed, name=str(file))
    for one in stale(shipped_weights(), layer):
        _tell(f"The calibration of {one.attribute} ({one.language}) is of other weights and rests: calibrate anew.")
    return layer


def keep(file: Path, layer: Layer) -> None:
    """The one before it stays beside it, to be taken back to."""
    fresh = file.with_suffix(".new")
    fresh.write_bytes(pack(layer))
    if file.exists():
        file.replace(_before(file))
    fresh.replace(file)


def take_back(file: Path) -> bool:
    """To the one before it, or to what is shipped; whether there was anything to take back."""
    if _before(file).exists():
        _before(file).replace(file)
        return True
    there = file.exists()
    file.unlink(missing_ok=True)
    return there


class LocalScorer:
    """The shipped weights with the layer of a file.  A changed file is read before the next question is answered.

    Raises: LayerDamaged, at the beginning; later on a damaged one changes nothing.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._stamp = self._stamped()
        self._scorer = LinearScorer(layered(shipped_weights(), read(file) if file else None))

    def now(self) -> LinearScorer:
        """The scorer as the file is now."""
        stamp = self._stamped()
        if self._file and stamp != self._stamp:
            self._stamp = stamp
            try:
                self._scorer = LinearScorer(layered(shipped_weights(), read(self._file)))
            except LayerDamaged as wrong:
                _tell(str(wrong))
        return self._scorer

    def _stamped(self) -> _Stamp:
        try:
            found = self._file.stat() if self._file else None
        except FileNotFoundError:
            return None
        return (found.st_mtime_ns, found.st_ino, found.st_size) if found else None


def _tell(text: str) -> None:
    """Not as a log: in the process that scores, what is said aloud is an answer."""
    sys.stderr.write(f"{text}\n")


def _before(file: Path) -> Path:
    return file.with_suffix(".before")
