"""Training to a seed: the same bytes each time, also after a stop; what fails the gate is not written."""

import gzip
import hashlib
import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

pytest.importorskip("numpy")

from moothall.commands import scorer_data
from moothall.commands.scorer import scorer_group
from moothall.commands.scorer_data import RECIPES
from moothall.commands.scorer_sentences import SENTENCES
from moothall.moderation.classifier.weights import unpack

SAID = SENTENCES["de"]


@pytest.fixture
def corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small set of our own, in the form of the corpora."""
    folder, told = tmp_path / "corpora/moderation", []
    for part, many in (("train", 1_200), ("dev", 80)):
        lines = [
            {
                "id": f"{part}{at}",
                "text": f"{(SAID.toxic if at // 2 % 2 else SAID.harmless)[at % 10].format('Leute')} {at % 7}",
                "labels": {"toxicity": at // 2 % 2},
            }
            for at in range(many)
        ]
        packed = gzip.compress("\n".join(map(json.dumps, lines)).encode(), mtime=0)
        file = folder / part / "germeval2018_de.jsonl.gz"
        file.parent.mkdir(parents=True)
        file.write_bytes(packed)
        told.append(
            {
                "role": part,
                "file": f"{part}/{file.name}",
                "rows": many,
                "lang": "de",
                "labels": ["toxicity"],
                "licence": "CC0",
                "sha256": hashlib.sha256(packed).hexdigest(),
            }
        )
    (folder / "MANIFEST.json").write_text(json.dumps(told), "utf-8")
    small = msgspec.structs.replace(RECIPES["de"].reading, buckets=4_000)
    monkeypatch.setitem(scorer_data.RECIPES, "de", msgspec.structs.replace(RECIPES["de"], reading=small))
    return tmp_path / "corpora"


def _train(corpora: Path, to: Path, *more: str) -> str:
    """What the command says."""
    arguments = ["train", "--corpora", str(corpora), str(to), "--language", "de", *more]
    return CliRunner().invoke(scorer_group, arguments).output


def test_the_same_seed_makes_the_same_bytes(corpora: Path, tmp_path: Path) -> None:
    """And another one others."""
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        assert "The gate is passed" in _train(corpora, tmp_path / name, "--seed", seed)
    first, same, other = ((tmp_path / name).read_bytes() for name in "abc")
    assert first == same
    assert first != other
    assert unpack(first, name="a").header.reading.language == "de"


def test_an_interrupted_training_goes_on(corpora: Path, tmp_path: Path) -> None:
    """After two rounds of four it was stopped; it ends at the same bytes as one that was not."""
    _train(corpora, tmp_path / "whole", "--epochs", "4")
    _train(corpora, tmp_path / "twice", "--epochs", "2")
    half = (tmp_path / "twice").read_bytes()
    _train(corpora, tmp_path / "twice", "--epochs", "4")
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "twice").read_bytes() != half


def test_what_fails_the_gate_is_not_written(corpora: Path, tmp_path: Path) -> None:
    """With labels the wrong way round harmless sentences score highest: no file; calibrating writes none either."""
    for part in ("train", "dev"):
        _turn(corpora / "moderation", part)
    told = _train(corpora, tmp_path / "turned")
    assert "is not written: lowest subgroup AUC 0." in told
    assert not (tmp_path / "turned").exists()
    arguments = ["curves", "--corpora", str(corpora), str(tmp_path / "turned"), "--language", "de"]
    assert "is not written" in CliRunner().invoke(scorer_group, arguments).output
    assert not (tmp_path / "turned").exists()


def _turn(folder: Path, part: str) -> None:
    file = folder / part / "germeval2018_de.jsonl.gz"
    before = gzip.decompress(file.read_bytes())
    after = before.replace(b'"toxicity": 0', b'"toxicity": 9').replace(b'"toxicity": 1', b'"toxicity": 0')
    packed = gzip.compress(after.replace(b'"toxicity": 9', b'"toxicity": 1'), mtime=0)
    manifest = folder / "MANIFEST.json"
    text = manifest.read_text("utf-8").replace(_sum(file.read_bytes()), _sum(packed))
    file.write_bytes(packed)
    manifest.write_text(text, "utf-8")


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
