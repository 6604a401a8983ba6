"""The scorer for other systems, at the addresses and in the words of the APIs that they call today."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import msgspec

from moothall.kernel.asgi import Receive, Scope, Send, answer
from moothall.moderation.classifier.port import (
    Ask,
    Attribute,
    AttributeUnsupported,
    LanguageUnsupported,
    Score,
    Scorer,
)
from moothall.web.api.perspective_discovery import discovery
from moothall.web.api.perspective_errors import Wrong, invalid, no_language, too_many
from moothall.web.api.perspective_keys import Keys
from moothall.web.api.perspective_shapes import AnalyzeJson, ModerationsJson, SuggestJson, WantedJson

# Source: the API's documented limit on a comment.
TEXT_BYTES = 20_480
# A comment and all that may stand around it.
_BODY_BYTES = 512_000
# At two milliseconds each, the last of them is answered within Coral's 800.
WAITING = 200
_INPUTS = 32
_JSON = (b"content-type", b"application/json; charset=utf-8")
# Their categories that an attribute of ours stands for.
_CATEGORIES = {
    "harassment": Attribute.TOXICITY,
    "harassment/threatening": Attribute.THREAT,
    "hate": Attribute.IDENTITY_ATTACK,
}
_NOT_COVERED = (
    "hate/threatening", "illicit", "illicit/violent", "self-harm", "self-harm/intent", "self-harm/instructions",
    "sexual", "sexual/minors", "violence", "violence/graphic",
)  # fmt: skip
Answer = dict[str, object]


class PerspectiveDoor:
    """An ASGI application.  Stores nothing and logs no text.

    Args:
        keys: who may ask, and how often.
        waiting: requests that may wait at once; the next one is told to come back.
    """

    def __init__(self, scorer: Scorer, *, keys: Keys | None = None, waiting: int = WAITING) -> None:
        self._scorer = scorer
        self._keys = keys or Keys()
        self._most = waiting
        self.waiting = 0
        self._doors: Mapping[str, Callable[[bytes], Awaitable[Answer]]] = {
            "comments:analyze": self._analyze,
            "comments:suggestscore": self._suggest,
            "moderations": self._moderations,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Any prefix will do: systems put their own before the last part."""
        if scope["type"] != "http":
            return
        try:
            status, body, headers = 200, await self._answer(scope, receive), ()
        except Wrong as wrong:
            retry = ((b"retry-after", str(wrong.retry_after_s).encode()),) if wrong.retry_after_s else ()
            await answer(send, wrong.status, msgspec.json.encode(wrong.body), (_JSON, *retry))
        else:
            await answer(send, status, msgspec.json.encode(body), (_JSON, *headers))

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        prefix, _, last = scope["path"].rstrip("/").rpartition("/")
        if last == "rest" and prefix.endswith("$discovery"):
            return discovery(_root(scope, prefix.removesuffix("$discovery")))
        door = self._doors.get(last)
        if door is None or scope["method"] != "POST":
            raise Wrong(404, "NOT_FOUND", "There is nothing at this address.")
        self._keys.check(scope)
        if self.waiting >= self._most:
            raise too_many()
        self.waiting += 1
        try:
            body = await _body(receive)
            # Those that came meanwhile are counted before this one is scored.
            await asyncio.sleep(0)
            return await door(body)
        except (msgspec.DecodeError, UnicodeError) as wrong:
            raise invalid(f"Invalid JSON payload received. {wrong}") from wrong
        finally:
            self.waiting -= 1

    async def _analyze(self, body: bytes) -> Answer:
        asked = msgspec.json.decode(body, type=AnalyzeJson)
        _check_text(asked.comment.text, asked.comment.type)
        if not asked.requestedAttributes:
            raise invalid("Missing requested_attributes", "NO_REQUESTED_ATTRIBUTES")
        wanted = {name: self._attribute(name, how) for name, how in asked.requestedAttributes.items()}
        ask = Ask(
            text=asked.comment.text,
            attributes=tuple(dict.fromkeys(wanted.values())),
            languages=asked.languages,
            spans=asked.spanAnnotations,
        )
        try:
            scored = await self._scorer.score(ask)
        except LanguageUnsupported as refused:
            lacking = (name for name, ours in wanted.items() if refused.attribute in {None, ours})
            raise no_language(next(lacking), refused) from refused
        scores = {
            name: _score(scored.scores[ours], asked.comment.text)
            for name, ours in wanted.items()
            if scored.scores[ours].value >= (asked.requestedAttributes[name].scoreThreshold or 0)
        }
        found: Answer = {"attributeScores": scores, "languages": [scored.language]}
        if scored.detected is not None:
            found["detectedLanguages"] = [scored.detected]
        return found if asked.clientToken is None else found | {"clientToken": asked.clientToken}

    def _attribute(self, name: str, how: WantedJson) -> Attribute:
        plain = name.partition("@")[0].removesuffix("_EXPERIMENTAL").lower()
        if plain not in self._scorer.attributes:
            raise invalid(f"Unknown requested attribute: {name}")
        if how.scoreType not in {"PROBABILITY", "SCORE_TYPE_UNSPECIFIED"}:
            raise invalid(f"Requested score type {how.scoreType} is not supported by attribute {name}")
        return Attribute(plain)

    async def _suggest(self, body: bytes) -> Answer:
        """Thanked for and not kept: nothing here learns from it yet, and texts are not stored."""
        told = msgspec.json.decode(body, type=SuggestJson)
        _check_text(told.comment.text, told.comment.type)
        if not told.attributeScores:
            raise invalid("Missing attribute_scores")
        found: Answer = {"requestedLanguages": list(told.languages)}
        return found if told.clientToken is None else found | {"clientToken": told.clientToken}

    async def _moderations(self, body: bytes) -> Answer:
        asked = msgspec.json.decode(body, type=ModerationsJson)
        texts = [asked.input] if isinstance(asked.input, str) else asked.input
        if not 0 < len(texts) <= _INPUTS:
            raise invalid(f"Send one to {_INPUTS} texts.")
        results = [await self._categories(text) for text in texts]
        return {"id": "modr-local", "model": "moothall-linear", "results": results}

    async def _categories(self, text: str) -> Answer:
        _check_text(text, "PLAIN_TEXT")
        try:
            scored = await self._scorer.score(Ask(text=text, attributes=tuple(_CATEGORIES.values()), partly=True))
        except (LanguageUnsupported, AttributeUnsupported) as refused:
            raise invalid(str(refused)) from refused
        covered = {name: scored.scores[ours].value for name, ours in _CATEGORIES.items() if ours in scored.scores}
        lacking = [name for name in (*_CATEGORIES, *_NOT_COVERED) if name not in covered]
        scores = covered | dict.fromkeys(lacking, 0.0)
        over = {name: score >= 0.5 for name, score in scores.items()}
        return {
            "flagged": any(over.values()),
            "categories": over,
            "category_scores": scores,
            "not_covered": lacking,
        }


def _root(scope: Scope, prefix: str) -> str:
    """Our address as the caller knows it."""
    host = dict(scope["headers"]).get(b"host", b"localhost").decode("latin-1")
    return f"{scope.get('scheme', 'http')}://{host}{prefix}"


def _check_text(text: str, type: str) -> None:
    if type not in {"PLAIN_TEXT", "TEXT_TYPE_UNSPECIFIED"}:
        raise invalid("Only plain text comments are supported.")
    if not text.strip():
        raise invalid("Comment must be non-empty.", "COMMENT_EMPTY")
    if len(text.encode()) > TEXT_BYTES:
        raise invalid("Comment text too long.", "COMMENT_TOO_LONG")


def _score(score: Score, text: str) -> Answer:
    """Offsets are told in UTF-16 units, as theirs are."""
    spans = [
        {"begin": _units(text[: one.start]), "end": _units(text[: one.end]), "score": _value(one.score)}
        for one in score.spans
    ]
    return {"summaryScore": _value(score.value)} | ({"spanScores": spans} if spans else {})


def _value(value: float) -> Answer:
    return {"value": round(value, 6), "type": "PROBABILITY"}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


async def _body(receive: Receive) -> bytes:
    """Raises: Wrong past the limit."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise invalid("The request ended early.")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > _BODY_BYTES:
            raise invalid("Comment text too long.", "COMMENT_TOO_LONG")
        if not message.get("more_body"):
            return b"".join(parts)
