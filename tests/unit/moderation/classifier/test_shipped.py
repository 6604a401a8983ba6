"""The weights that ship: what they must do, and the gate that they must pass to ship."""

from collections.abc import Callable

import pytest

from moothall.commands.scorer_bias import measure
from moothall.moderation.classifier.port import Ask, Attribute, AttributeUnsupported, LanguageUnsupported
from moothall.moderation.classifier.shipped import LANGUAGES, shipped, shipped_weights

RUDE = "You are a stupid idiot and nobody wants you here."
GERMAN = "Ich glaube, dass der Rat das nicht will."
DANISH = "Jeg tror ikke, at det er en god idé for byen."
# What is in every language as clear as it can be said: an insult, and thanks.
SAID = {
    "en": (RUDE, "Thank you for the careful report on the new bridge, I learned a lot."),
    "de": (
        "Ihr dummen Idioten, haltet die Fresse, ihr Arschlöcher.",
        "Vielen Dank für den Bericht über den Rat.",
    ),
    "pt": ("Cala a boca seu merda, filho da puta, vai se foder.", "Obrigado pela reportagem sobre a nova ponte."),
    "ko": ("미친 새끼들 더럽고 역겹다 꺼져라 쓰레기들", "좋은 기사 잘 읽었습니다. 응원합니다."),
    "zh": ("这些垃圾畜生真恶心，都该滚出去去死。", "谢谢这篇关于新桥的报道，我学到了很多。"),
    "ar": ("يا كلاب يا حيوانات يا زبالة الله يلعنكم", "شكرا على هذا التقرير الجميل عن الجسر الجديد"),
}
KIND = "Thank you for the careful report on the new bridge, I learned a lot."


def _toxicity(text: str) -> float:
    return shipped().score_in("en", text, Attribute.TOXICITY)


def _scored_in(language: str) -> Callable[[str], float]:
    return lambda text: shipped().score_in(language, text, Attribute.TOXICITY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_naming_a_group_is_no_offence(language: str) -> None:
    """The bias gate over fifty terms and more: no weights ship that fail it, in any language."""
    found = measure(_scored_in(language), language)
    assert found.terms >= 50
    assert found.lowest_subgroup_auc >= 0.93
    assert found.lowest_bpsn_auc >= 0.60
    assert found.median_swap <= 0.05
    assert found.passes


def test_rude_is_told_from_kind() -> None:
    """Far apart, and calibrated scores stay inside 0 and 1."""
    assert 0 < _toxicity(KIND) < 0.2 < 0.8 < _toxicity(RUDE) < 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_found_and_scored_as_itself(language: str) -> None:
    """Whatever the hint says; an insult scores above thanks."""
    scores = []
    for text in SAID[language]:
        found = shipped().score_now(Ask(text=text, attributes=(Attribute.TOXICITY,), languages=("en", language)))
        assert found.language == language or (found.detected is None and found.language == "en")
        scores.append(shipped().score_in(language, text, Attribute.TOXICITY))
    assert scores[0] > scores[1]


def test_all_weights_together_are_small() -> None:
    """Three million bytes, which the core package carries; each file stays within its own language."""
    sizes = [row.nbytes for one in shipped_weights() for row in one.rows]
    assert sum(sizes) <= 3_000_000
    assert [one.header.reading.language for one in shipped_weights()] == list(LANGUAGES)


def test_an_attribute_that_a_language_lacks_is_refused() -> None:
    """By name; who asks for what there is gets that."""
    both = (Attribute.TOXICITY, Attribute.THREAT)
    with pytest.raises(LanguageUnsupported) as refused:
        shipped().score_now(Ask(text=GERMAN, attributes=both))
    assert (refused.value.languages, refused.value.attribute) == (("de",), Attribute.THREAT)
    assert list(shipped().score_now(Ask(text=GERMAN, attributes=both, partly=True)).scores) == [Attribute.TOXICITY]
    with pytest.raises(LanguageUnsupported):
        shipped().score_now(Ask(text=GERMAN, attributes=(Attribute.THREAT,), partly=True))


@pytest.mark.parametrize("odd", ["", "🙂", "x" * 20_000, "\x00\x01\ufffd", "idiot " * 3_000, "اب한국idиот" * 500])
def test_odd_texts_have_a_score_or_none(odd: str) -> None:
    """Nothing breaks it: it answers with a probability or refuses the language."""
    try:
        found = shipped().score_now(Ask(text=odd, attributes=shipped().attributes, spans=True, partly=True))
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
        shipped().score_now(Ask(text=DANISH, attributes=(Attribute.TOXICITY,), languages=("en",)))
    assert refused.value.languages == ("da",)
    with pytest.raises(LanguageUnsupported):
        shipped().score_now(Ask(text="Idiot", attributes=(Attribute.TOXICITY,), languages=("it",)))


def test_an_attribute_without_weights_is_refused() -> None:
    """No set that may be used says which comments are sexually explicit."""
    with pytest.raises(AttributeUnsupported):
        shipped().score_now(Ask(text=RUDE, attributes=(Attribute.SEXUALLY_EXPLICIT,)))
