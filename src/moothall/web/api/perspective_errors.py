"""Refusals in Google's shape.  Source: google.rpc.Status; comment analyzer API, v1alpha1."""

from collections.abc import Mapping
from typing import Final

from moothall.moderation.classifier.port import LanguageUnsupported

_DETAIL: Final = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"

_INFO: Final = "type.googleapis.com/google.rpc.ErrorInfo"


class Wrong(Exception):
    """Answered with `status` and `body`; `retry_after_s` where asking again helps."""

    def __init__(self, status: int, name: str, message: str, *, detail: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after_s = 1 if status == 429 else 0
        error = {"code": status, "message": message, "status": name} | ({"details": [detail]} if detail else {})
        self.body = {"error": error}


def invalid(message: str, kind: str = "INVALID_REQUEST") -> Wrong:
    """What was sent cannot be scored."""
    return Wrong(400, "INVALID_ARGUMENT", message, detail={"@type": _DETAIL, "errorType": kind})


def no_language(attribute: str, refused: LanguageUnsupported) -> Wrong:
    """Named, and never scored as English."""
    which = "detectedLanguages" if refused.detected else "requestedLanguages"
    told: dict[str, object] = {
        "languageNotSupportedByAttributeError": {"attribute": attribute, which: list(refused.languages)}
    }
    message = f"Attribute {attribute} does not support request languages: {', '.join(refused.languages)}"
    detail = {"@type": _DETAIL, "errorType": "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"} | told
    return Wrong(400, "INVALID_ARGUMENT", message, detail=detail)


def too_many() -> Wrong:
    """More than can be scored in time: told at once, so that the sender can wait or hold."""
    return Wrong(429, "RESOURCE_EXHAUSTED", "Too many comments at once; ask again in a second.")


def over_quota(per_minute: int, seconds: int) -> Wrong:
    """A key has asked too often.  Source: google.rpc.ErrorInfo, as their quotas tell it."""
    metadata = {
        "service": "commentanalyzer",
        "quota_limit": "AnalyzeRequestsPerMinutePerProject",
        "quota_limit_value": str(per_minute),
    }
    detail = {"@type": _INFO, "reason": "RATE_LIMIT_EXCEEDED", "domain": "moothall", "metadata": metadata}
    message = f"Quota exceeded: {per_minute} requests a minute for each key. Ask again in {seconds} seconds."
    wrong = Wrong(429, "RESOURCE_EXHAUSTED", message, detail=detail)
    wrong.retry_after_s = seconds
    return wrong


def bad_key() -> Wrong:
    """Keys are asked for and this is none of them."""
    return Wrong(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.")
