"""Time for tests."""

from dataclasses import dataclass

NOON_MS = 1_795_000_000_000


@dataclass
class FakeClock:
    """Gives the time that it was set to."""

    now_ms: int = NOON_MS

    def __call__(self) -> int:
        return self.now_ms

    def move(self, by_ms: int) -> None:
        """Forwards, or back."""
        self.now_ms += by_ms
