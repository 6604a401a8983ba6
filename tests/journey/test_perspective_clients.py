"""A client that newsrooms use today, unchanged but for the address, against `moothall scorer serve`."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.process import free_port

# The client knows one address; what it would send there goes to ours.
_ASK = """
const axios = require('axios');
axios.interceptors.request.use(one => ({...one, url: one.url.replace(/^https:..[^/]+/, process.argv[1])}));
const Client = require('perspective-api-client');
const asked = key => new Client({apiKey: key}).analyze(
  '<b>You are a stupid idiot</b> and nobody wants you here.', {attributes: ['toxicity', 'insult']});
asked('right').then(one => one.attributeScores).then(scores => asked('wrong').catch(one => one.message)
  .then(message => console.log(JSON.stringify({scores, message}))));
"""


@pytest.fixture
def address() -> Iterator[str]:
    """A scorer that listens, and asks for a key."""
    port = free_port()
    command = [sys.executable, "-m", "moothall", "scorer", "serve", "--port", str(port), "--key", "right"]
    server = subprocess.Popen(command)
    try:
        transport = httpx.HTTPTransport(retries=8)
        with httpx.Client(transport=transport) as client:
            assert client.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        assert server.wait(10) == 0


@pytest.fixture
def folder() -> Path:
    """Where the client is installed (`npm install perspective-api-client`); it is not a part of this repository."""
    found = Path(os.environ.get("MOOTHALL_NODE_CLIENTS", "/nowhere"))
    if shutil.which("node") is None or not (found / "node_modules/perspective-api-client").is_dir():
        pytest.skip(
            "Node.js is absent, or MOOTHALL_NODE_CLIENTS names no folder with perspective-api-client in it."
        )
    return found


def test_the_client_from_npm_is_answered(folder: Path, address: str) -> None:
    """Scores with its key; with another one it reads Google's own words."""
    done = subprocess.run(
        ["node", "-e", _ASK, address], cwd=folder, capture_output=True, text=True, timeout=60, check=True
    )
    told = json.loads(done.stdout)
    scores = {name: one["summaryScore"]["value"] for name, one in told["scores"].items()}
    assert scores.keys() == {"TOXICITY", "INSULT"}
    assert min(scores.values()) > 0.8
    assert told["message"].startswith("API key not valid")
