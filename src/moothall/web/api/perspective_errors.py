"""Refusals in Google's shape.  Source: google.rpc.Status; comment analyzer API, v1alpha1."""

from typing import Final

from moothall.moderation.classifier.port import LanguageUnsupported

_DETAIL: Final = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"


class Wrong(Exception):
    """Answered with `status` and `body`; `retry_after_s` where asking again helps."""

    def __init__(self, status: int, name: str, message: str, *, kind: str = "", more: object = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after_s = 1 if status == 429 else 0
        detail = {"@type": _DETAIL, "errorType": kind} | (more if isinstance(more, dict) else {})
        error = {"code": status, "message": message, "status": name} | ({"details": [detail]} if kind else {})
        self.body = {"error": error}


def invalid(message: str, kind: str = "INVALID_REQUEST") -> Wrong:
    """What was sent cannot be scored."""
    return Wrong(400, "INVALID_ARGUMENT", message, kind=kind)


def no_language(attribute: str, refused: LanguageUnsupported) -> Wrong:
    """Named, and never scored as English."""
    which = "detectedLanguages" if refused.detected else "requestedLanguages"
    told = {"languageNotSupportedByAttributeError": {"attribute": attribute, which: list(refused.languages)}}
    message = f"Attribute {attribute} does not support request languages: {', '.join(refused.languages)}"
    return Wrong(400, "INVALID_ARGUMENT", message, kind="LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE", more=told)


def too_many() -> Wrong:
    """More than can be scored in time: told at once, so that the sender can wait or hold."""
    return Wrong(429, "RESOURCE_EXHAUSTED", "Too many comments at once; ask again in a second.")


def bad_key() -> Wrong:
    """Keys are asked for and this is none of them."""
    return Wrong(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.")
