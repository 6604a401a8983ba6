"""The drop-in for systems that call Perspective or OpenAI's moderations today."""

import asyncio
from typing import Any

import httpx
import pytest

from moothall.moderation.classifier.port import Ask, Scored
from moothall.moderation.classifier.shipped import shipped
from moothall.web.api.perspective import TEXT_BYTES, PerspectiveDoor

RUDE = "You are a stupid idiot and nobody wants you here."
ANALYZE = "/v1alpha1/comments:analyze"


def _post(path: str, body: object, *, keys: tuple[str, ...] = (), **more: Any) -> httpx.Response:
    async def ask() -> httpx.Response:
        door: Any = PerspectiveDoor(shipped(), keys=keys)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://scorer.test") as client:
            return await client.post(path, json=body, **more)

    return asyncio.run(ask())


def _analysis(text: str = RUDE, attribute: str = "TOXICITY", **more: object) -> dict[str, object]:
    return {"comment": {"text": text}, "requestedAttributes": {attribute: {}}, **more}


@pytest.mark.parametrize("prefix", ["", "/v1alpha1", "/scorer/of/ours/v1alpha1"])
def test_what_coral_sends_is_answered(prefix: str) -> None:
    """Its request in the order and shape in which it makes it, under any prefix."""
    body = {
        "comment": {"text": RUDE},
        "doNotStore": True,
        "requestedAttributes": {"TOXICITY": {}},
        "languages": ["en"],
    }
    told = _post(f"{prefix}/comments:analyze?key=anything", body)
    assert told.status_code == 200
    assert told.json()["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.8
    assert told.json()["languages"] == ["en"]


def test_corals_feedback_is_taken() -> None:
    """Any success will do for it; its token comes back."""
    body = {
        "comment": {"text": RUDE},
        "context": {"entries": [{"text": '{"url": "https://courier.example/1"}'}]},
        "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
        "languages": ["en"],
        "communityId": "Coral:https://courier.example",
        "clientToken": "comment:1",
    }
    told = _post("/v1alpha1/comments:suggestscore?key=k", body)
    assert (told.status_code, told.json()["clientToken"]) == (200, "comment:1")


def test_spans_count_as_theirs_do() -> None:
    """In UTF-16 units: a sign beyond the first plane counts two."""
    text = "\U0001f642 and then you are an idiot"
    score = _post(ANALYZE, _analysis(text, spanAnnotations=True)).json()["attributeScores"]["TOXICITY"]
    units = text.encode("utf-16-le")
    carried = [units[2 * one["begin"] : 2 * one["end"]].decode("utf-16-le") for one in score["spanScores"]]
    assert any("idiot" in piece for piece in carried), carried


def test_a_threshold_leaves_lower_scores_out() -> None:
    """The rest of the answer stays."""
    wanted = {"TOXICITY": {"scoreThreshold": 0.5}, "THREAT": {"scoreThreshold": 0.999}}
    told = _post(ANALYZE, {"comment": {"text": RUDE}, "requestedAttributes": wanted, "clientToken": "t"}).json()
    assert list(told["attributeScores"]) == ["TOXICITY"]
    assert told["clientToken"] == "t"


@pytest.mark.parametrize(
    ("body", "message", "kind"),
    [
        (_analysis(""), "Comment must be non-empty.", "COMMENT_EMPTY"),
        (_analysis("x" * (TEXT_BYTES + 1)), "Comment text too long.", "COMMENT_TOO_LONG"),
        (_analysis(attribute="WIT"), "Unknown requested attribute: WIT", "INVALID_REQUEST"),
        (
            _analysis(attribute="SEXUALLY_EXPLICIT"),
            "Unknown requested attribute: SEXUALLY_EXPLICIT",
            "INVALID_REQUEST",
        ),
        ({"comment": {"text": RUDE}}, "Missing requested_attributes", "NO_REQUESTED_ATTRIBUTES"),
        (
            _analysis("Ich glaube, dass der Rat das nicht will.", languages=["en"]),
            "Attribute TOXICITY does not support request languages: de",
            "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        ),
        ({"comment": {"text": 5}}, "Invalid JSON payload received.", "INVALID_REQUEST"),
    ],
)
def test_refusals_have_googles_shape(body: object, message: str, kind: str) -> None:
    """A known message, and the type of error that clients look for; nothing is faked."""
    told = _post(ANALYZE, body)
    error = told.json()["error"]
    assert (told.status_code, error["code"], error["status"]) == (400, 400, "INVALID_ARGUMENT")
    assert error["message"].startswith(message)
    assert error["details"][0]["errorType"] == kind


@pytest.mark.parametrize("given", ["?key=right", ""])
def test_a_key_is_asked_for_where_one_was_issued(given: str) -> None:
    """In the address or as a bearer's; without it the answer is Google's."""
    headers = {} if given else {"authorization": "Bearer right"}
    assert _post(ANALYZE + given, _analysis(), keys=("right",), headers=headers).status_code == 200
    refused = _post(ANALYZE + "?key=wrong", _analysis(), keys=("right",))
    assert refused.json()["error"]["message"].startswith("API key not valid")


def test_openais_shape_is_served_beside_it() -> None:
    """Categories that we do not cover are named."""
    told = _post("/v1/moderations", {"input": [RUDE, "Thank you for the report."]}).json()
    assert [one["flagged"] for one in told["results"]] == [True, False]
    assert "sexual" in told["not_covered"]


def test_a_burst_is_shed_and_told_when_to_come_back() -> None:
    """What is within the limit is answered; the rest is told at once."""

    class Slow:
        attributes, languages = shipped().attributes, shipped().languages

        def __init__(self) -> None:
            self.go = asyncio.Event()

        async def score(self, ask: Ask) -> Scored:
            await self.go.wait()
            return shipped().score_now(ask)

    async def burst() -> list[httpx.Response]:
        slow = Slow()
        door: Any = PerspectiveDoor(slow, waiting=2)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://scorer.test") as client:
            asked = [asyncio.ensure_future(client.post(ANALYZE, json=_analysis())) for _ in range(5)]
            await asyncio.wait(asked[2:])
            slow.go.set()
            return await asyncio.gather(*asked)

    told = asyncio.run(burst())
    assert [one.status_code for one in told] == [200, 200, 429, 429, 429]
    assert told[-1].headers["retry-after"] == "1"
    assert told[-1].json()["error"]["status"] == "RESOURCE_EXHAUSTED"
