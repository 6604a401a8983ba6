"""What the measurements share: CPU seconds, memory, compiled clients, and the report of a result."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
OUT = HERE / "out"
_TICKS = os.sysconf("SC_CLK_TCK")
_CLIENT_CORE, _SERVER_CORE = 1, 0


class Load(NamedTuple):
    """What `load.c` printed: requests, answers as wished, others, and two latencies."""

    sent: int
    ok: int
    wrong: int
    p50_us: int
    p99_us: int


def report(name: str, sentence: str, numbers: Mapping[str, float | str]) -> None:
    """One line for people, one for programs, which is also kept in bench/out/."""
    OUT.mkdir(exist_ok=True)
    line = json.dumps({"bench": name, **numbers})
    (OUT / f"{name}.json").write_text(line + "\n")
    print(sentence)
    print(line, flush=True)


def cpu_s(pid: int) -> float:
    """User and system seconds of a process and its children, the ended ones too."""
    total = 0
    for one in _tree(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        total += sum(int(field) for field in fields[11:15])
    return total / _TICKS


def memory_bytes(pid: int) -> int:
    """Memory that is a process tree's own share (PSS)."""
    total = 0
    for one in _tree(pid):
        for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total


def pinned(core: str) -> tuple[str, ...]:
    """The start of a command that keeps to one core: `server` or `client`; nothing on a single one."""
    if not shutil.which("taskset") or (os.cpu_count() or 1) < 2:
        return ()
    return ("taskset", "-c", str(_SERVER_CORE if core == "server" else _CLIENT_CORE))


def compiled(source: str, *, shared: bool = False) -> str:
    """The path of a C client (or shared library), compiled now.  Exits, saying so, where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        sys.exit("This measurement compiles a small C client. Debian, Ubuntu: apt-get install gcc libc6-dev")
    OUT.mkdir(exist_ok=True)
    target = OUT / source.removesuffix(".c")
    kind = ["-shared", "-fPIC"] if shared else []
    subprocess.run([compiler, "-O2", *kind, "-o", str(target), str(HERE / source), "-ldl"], check=True)
    return str(target)


def load(
    client: str, port: int, request: bytes, *, connections: int = 64, seconds: float = 3, first: int = 0
) -> Load:
    """Run `load.c` on the client's core."""
    command = [*pinned("client"), client, str(port), str(connections), str(seconds), str(first)]
    done = subprocess.run(command, input=request, stdout=subprocess.PIPE, check=True)
    return Load(*(int(word) for word in done.stdout.split()[1:]))


def folder() -> "tempfile.TemporaryDirectory[str]":
    """A folder on this disk, not in memory: durable means durable."""
    OUT.mkdir(exist_ok=True)
    return tempfile.TemporaryDirectory(dir=OUT)


def _tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(grand for child in children for grand in _tree(int(child)))]
