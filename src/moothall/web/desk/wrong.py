"""What is wrong in an editor's form, in the words that stand beside its fields."""

import msgspec

from moothall.kernel.errors import Invalid
from moothall.web.i18n import Translator
from moothall.web.pages.view_plain import error_text


class Wrong(msgspec.Struct, frozen=True):
    """`field` is the name of the form's field; empty when it is about none in particular."""

    field: str
    text: str


# Fields whose name in the form is not the one that the error says.
_FIELDS = {"photo": "photo_file", "photo.id": "photo_file"}


def labels(words: Translator) -> dict[str, str]:
    """The fields by name, as an editor reads them."""
    t = words.t
    return {
        "headline": t("Headline"),
        "standfirst": t("Standfirst"),
        "section": t("Section"),
        "lang": t("Language"),
        "byline": t("Byline"),
        "dateline_place": t("Dateline: place"),
        "dateline_agency": t("Dateline: agency"),
        "body": t("Body"),
        "keywords": t("Keywords"),
        "related": t("Related stories"),
        "photo_file": t("Lead photo"),
        "photo_alt": t("What it shows, for those who cannot see it"),
        "photo_caption": t("Caption"),
        "photo_credit": t("Credit"),
        "published_at": t("Published at"),
        "embargo_until": t("Embargo until"),
        "closes_at": t("Closes at"),
        "discussion": t("Discussion"),
        "moderation": t("Comments are"),
        "correction": t("What was wrong, and what is right"),
    }


def wrong_in(words: Translator, error: Invalid) -> Wrong:
    """The error with the field's own label in its words."""
    said = str(error.params.get("name", error.field or ""))
    name = _FIELDS.get(said, said)
    label = labels(words).get(name)
    return Wrong(name if label else "", error_text(words, error, **({said: label} if label else {})))
