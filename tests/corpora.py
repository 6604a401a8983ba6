"""The test material beside the checkout; tests that use it skip, and say so, where it is absent."""

import json
import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).parents[2] / "shared" / "corpora"


def corpus(name: str) -> Path:
    """A file or folder of the corpora."""
    path = Path(os.environ.get("MOOTHALL_CORPORA", _BESIDE)) / name
    if not path.exists():
        pytest.skip(f"corpora/{name} is not here; set MOOTHALL_CORPORA to its folder")
    return path


def vectors(name: str) -> list[str]:
    """The `v` of each line of `security/NAME.jsonl`."""
    lines = corpus(f"security/{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["v"] for line in lines]
