"""Which language a text is in."""

import pytest

from moothall.moderation.classifier.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I think that the council should have listened to the people.", "en"),
        ("Ich glaube, dass der Rat auf die Leute hören sollte.", "de"),
        ("Je crois que la mairie devait écouter les gens.", "fr"),
        ("No creo que el ayuntamiento lo haya pensado bien para la gente.", "es"),
        ("Acho que a câmara não devia fazer isso com as pessoas.", "pt"),
        ("Io non credo che il sindaco abbia detto questo.", "it"),
        ("Ik denk niet dat de gemeente het met ons eens is.", "nl"),
        ("Nie wiem, czy to jest dobry pomysł dla miasta.", "pl"),
        ("Bu çok güzel bir fikir ama yeterli değil.", "tr"),
        ("시의회는 시민의 말을 들어야 한다.", "ko"),
        ("市议会应该听取市民的意见。", "zh"),
        ("市議会は市民の声を聞くべきだ。", "ja"),
        ("Городской совет должен слушать людей.", "ru"),
        ("يجب أن يستمع المجلس إلى الناس", "ar"),
    ],
)
def test_a_sentence_is_enough(text: str, language: str) -> None:
    """Also in languages that no weights are trained for: those are named, not scored."""
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "🙂🙂🙂", "Idiot", "lol", "12345", "Harrowgate Courier"])
def test_too_little_says_nothing(text: str) -> None:
    """Short English is never called Italian."""
    assert detect(text) is None
