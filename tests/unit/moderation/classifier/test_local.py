"""The newsroom's layer lies over the shipped weights: read whole or refused, taken up at once, taken back."""

from pathlib import Path

import pytest

from moothall.moderation.classifier.kept import LocalScorer, keep, layer_file, read, take_back
from moothall.moderation.classifier.local import (
    Bands,
    Figures,
    Layer,
    LayerDamaged,
    Learned,
    layered,
    moved,
    pack,
    unpack,
)
from moothall.moderation.classifier.port import Ask, Attribute
from moothall.moderation.classifier.shipped import shipped, shipped_weights

FIGURES = Figures(0.1, 0.8, 0.5, 0.6, 0.05)
RUDE = Ask(text="What a stupid, pathetic loser you are.", attributes=(Attribute.INSULT, Attribute.THREAT))


def layer(shift: float, *, slope: float = 0.8, weights: str = "") -> Layer:
    one = Learned(
        attribute=Attribute.INSULT,
        language="en",
        weights=weights or shipped_weights()[0].checksum,
        slope=slope,
        shift=shift,
        kept=400,
        down=200,
        bands=Bands(0.1, 0.7),
        before=FIGURES,
        after=FIGURES,
    )
    return Layer(1_000, (one,))


def insult(scorer: LocalScorer) -> float:
    return scorer.now().score_now(RUDE).scores[Attribute.INSULT].value


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return layer_file(tmp_path)


def test_it_moves_its_attribute_and_no_other(file: Path) -> None:
    """By as much as was learned, within a point."""
    keep(file, layer(-1.0))
    before, after = shipped().score_now(RUDE).scores, LocalScorer(file).now().score_now(RUDE).scores
    wanted = moved(before[Attribute.INSULT].value, 0.8, -1.0)
    assert after[Attribute.INSULT].value == pytest.approx(wanted, abs=0.01)
    assert after[Attribute.INSULT] != before[Attribute.INSULT]
    assert after[Attribute.THREAT] == before[Attribute.THREAT]


def test_curves_rise_as_before() -> None:
    """Whatever is learned, a higher logit has no lower score."""
    for slope, shift in ((0.1, 5.0), (4.0, -8.0)):
        heads = layered(shipped_weights(), layer(shift, slope=slope))[0].header.heads
        for head in heads:
            assert all(a <= b for a, b in zip(head.curve, head.curve[1:], strict=False))


def test_a_running_scorer_takes_up_what_changes(file: Path) -> None:
    """A layer that comes, another one, and none again, each from the next question on."""
    scorer = LocalScorer(file)
    plain = insult(scorer)
    keep(file, layer(-1.0))
    first = insult(scorer)
    keep(file, layer(-3.0))
    assert insult(scorer) < first < plain
    assert take_back(file)
    assert insult(scorer) == first
    assert take_back(file)
    assert insult(scorer) == plain
    assert not take_back(file)


def test_a_damaged_one_is_refused_with_its_checksum(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """At the start; one that is damaged later changes nothing and is told, and it can be taken back unread."""
    keep(file, layer(-1.0))
    running = LocalScorer(file)
    before = insult(running)
    packed = bytearray(file.read_bytes())
    packed[60] ^= 1
    file.write_bytes(packed)
    with pytest.raises(LayerDamaged, match=r"scorer\.local is refused: its checksum is [0-9a-f]{64} and should be"):
        LocalScorer(file)
    assert insult(running) == before
    assert "is refused" in capfd.readouterr().err
    assert take_back(file)
    assert read(file) is None


@pytest.mark.parametrize("slope", [0.0, -1.0, 1e9])
def test_a_layer_that_would_turn_scores_round_is_refused(slope: float) -> None:
    """Even where its checksum is right."""
    with pytest.raises(LayerDamaged, match="cannot be read"):
        unpack(pack(layer(0.0, slope=slope)), name="odd")
    assert unpack(pack(layer(0.0)), name="good") == layer(0.0)


def test_other_weights_are_left_alone(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What was learned over weights that a new version replaced rests, and says so."""
    keep(file, layer(-1.0, weights="f" * 64))
    assert LocalScorer(file).now().score_now(RUDE) == shipped().score_now(RUDE)
    assert "insult (en) is of other weights" in capfd.readouterr().err
