"""The bodies of the foreign API, as far as they are read.  Its names stop here.

Source: comment analyzer API, v1alpha1; OpenAI moderations API.
"""

import msgspec


class TextJson(msgspec.Struct, frozen=True):
    text: str = ""
    type: str = "PLAIN_TEXT"


class WantedJson(msgspec.Struct, frozen=True):
    scoreType: str = "PROBABILITY"  # noqa: N815 - their name
    scoreThreshold: float | None = None  # noqa: N815


class ValueJson(msgspec.Struct, frozen=True):
    value: float
    type: str = "PROBABILITY"


class SummaryJson(msgspec.Struct, frozen=True):
    summaryScore: ValueJson | None = None  # noqa: N815


class AnalyzeJson(msgspec.Struct, frozen=True):
    """What we do not use (context, sessionId, communityId, doNotStore) is let pass: nothing is ever stored."""

    comment: TextJson = TextJson()
    requestedAttributes: dict[str, WantedJson] = {}  # noqa: N815
    languages: tuple[str, ...] = ()
    spanAnnotations: bool = False  # noqa: N815
    clientToken: str | None = None  # noqa: N815


class SuggestJson(msgspec.Struct, frozen=True):
    comment: TextJson = TextJson()
    attributeScores: dict[str, SummaryJson] = {}  # noqa: N815
    languages: tuple[str, ...] = ()
    clientToken: str | None = None  # noqa: N815


class ModerationsJson(msgspec.Struct, frozen=True):
    input: str | list[str]
