"""The weights that ship: what they must do, and the gate that they must pass to ship."""

import pytest

from moothall.commands.scorer_bias import measure
from moothall.moderation.classifier.port import Ask, Attribute, AttributeUnsupported, LanguageUnsupported
from moothall.moderation.classifier.shipped import shipped

RUDE = "You are a stupid idiot and nobody wants you here."
GERMAN = "Ich glaube, dass der Rat das nicht will."
KIND = "Thank you for the careful report on the new bridge, I learned a lot."


def _toxicity(text: str) -> float:
    return shipped().score_in("en", text, Attribute.TOXICITY)


def test_naming_a_group_is_no_offence() -> None:
    """The bias gate: no weights ship that fail it."""
    found = measure(_toxicity)
    assert found.lowest_subgroup_auc >= 0.93
    assert found.lowest_bpsn_auc >= 0.60
    assert found.median_swap <= 0.05
    assert found.passes


def test_rude_is_told_from_kind() -> None:
    """Far apart, and calibrated scores stay inside 0 and 1."""
    assert 0 < _toxicity(KIND) < 0.2 < 0.8 < _toxicity(RUDE) < 1


@pytest.mark.parametrize("odd", ["", "🙂", "x" * 20_000, "\x00\x01\ufffd", "idiot " * 3_000, "اب한국idиот" * 500])
def test_odd_texts_have_a_score_or_none(odd: str) -> None:
    """Nothing breaks it: it answers with a probability or refuses the language."""
    try:
        found = shipped().score_now(Ask(text=odd, attributes=shipped().attributes, spans=True))
    except LanguageUnsupported:
        return
    assert all(0 < score.value < 1 for score in found.scores.values())


def test_a_span_stands_on_the_word_that_carried_the_score() -> None:
    """Offsets are those of the text as it was written, disguise and all."""
    text = "I read the whole piece and you are an i\u200bd\u200bi\u200bo\u200bt, sorry."
    found = shipped().score_now(Ask(text=text, attributes=(Attribute.INSULT,), spans=True))
    carried = [text[span.start : span.end] for span in found.scores[Attribute.INSULT].spans]
    assert any("i\u200bd\u200bi\u200bo\u200bt" in piece for piece in carried), carried


def test_another_language_is_refused_and_not_scored_as_english() -> None:
    """What the text says goes before the hint."""
    with pytest.raises(LanguageUnsupported) as refused:
        shipped().score_now(Ask(text=GERMAN, attributes=(Attribute.TOXICITY,), languages=("en",)))
    assert refused.value.languages == ("de",)
    with pytest.raises(LanguageUnsupported):
        shipped().score_now(Ask(text="Idiot", attributes=(Attribute.TOXICITY,), languages=("it",)))


def test_an_attribute_without_weights_is_refused() -> None:
    """No set that may be used says which comments are sexually explicit."""
    with pytest.raises(AttributeUnsupported):
        shipped().score_now(Ask(text=RUDE, attributes=(Attribute.SEXUALLY_EXPLICIT,)))
