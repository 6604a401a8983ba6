"""Runs the measurements: `make bench` all that have a bar, `make bench WHAT="hot_get fan_out"` those named."""

import importlib
import sys
from pathlib import Path

# Each has a figure that it must reach; the others in this folder stand behind a decision record.
WITH_A_BAR = (
    "hot_get", "visible", "durable_post", "first_page", "fan_out", "import_archive", "page_weight", "page_acts",
    "page_peer", "pipeline", "replay", "scorer_serve",
)  # fmt: skip
_BESIDE = {"__init__", "run", "measure", "ground", "peer_front"}


def main(names: list[str]) -> None:
    """One after the other; a name that is not there ends it."""
    known = {path.stem for path in Path(__file__).parent.glob("*.py")} - _BESIDE
    for name in names or [name for name in WITH_A_BAR if name in known]:
        if name not in known:
            sys.exit(f"There is no measurement {name!r}. There are: {', '.join(sorted(known))}")
        print(f"== {name}", flush=True)
        measurement = importlib.import_module(f"bench.{name}")
        measurement.main()


if __name__ == "__main__":
    main(sys.argv[1:])
