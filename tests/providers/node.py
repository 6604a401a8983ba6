"""Starts the real OpenID Connect provider, a Node program, for as long as it is needed."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.newsroom.ports import free_port

HERE = Path(__file__).parent


@contextmanager
def provider(client_id: str, client_secret: str, redirect_uri: str) -> Iterator[str]:
    """The issuer address of a running provider; skips, and says so, where there is no Node."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("Node 20 with npm is not here: sign-in against a real OpenID Connect provider not tested")
    if not (HERE / "node_modules").exists():
        subprocess.run([npm, "ci", "--ignore-scripts"], cwd=HERE, check=True, capture_output=True)
    port = free_port()
    args = [node, "oidc.mjs", str(port), client_id, client_secret, redirect_uri]
    process = subprocess.Popen(args, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.communicate()
