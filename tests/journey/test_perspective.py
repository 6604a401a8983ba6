"""The drop-in for systems that call Perspective or OpenAI's moderations today."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from moothall.moderation.classifier.port import Ask, Scored
from moothall.moderation.classifier.shipped import shipped
from moothall.web.api.perspective import TEXT_BYTES, PerspectiveDoor
from moothall.web.api.perspective_keys import Keys
from moothall.web.api.perspective_metrics import Counted
from moothall.web.rate_limit import Limiter

RUDE = "You are a stupid idiot and nobody wants you here."
ANALYZE = "/v1alpha1/comments:analyze"


def _post(path: str, body: object, *, keys: tuple[str, ...] = (), **more: Any) -> httpx.Response:
    async def ask() -> httpx.Response:
        door: Any = PerspectiveDoor(shipped(), keys=Keys(keys))
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
            _analysis("Jeg tror ikke, at det er en god idé for byen.", languages=["en"]),
            "Attribute TOXICITY does not support request languages: da",
            "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        ),
        (
            _analysis("Ich glaube, dass der Rat das nicht will.", "THREAT"),
            "Attribute THREAT does not support request languages: de",
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
    assert "sexual" in told["results"][0]["not_covered"]


def test_a_category_that_a_language_lacks_is_named() -> None:
    """German was only asked for what is toxic."""
    told = _post("/v1/moderations", {"input": "Ihr seid alle dumme Idioten und Arschlöcher, das ist Dreck."}).json()
    assert told["results"][0]["categories"]["harassment"] is True
    assert "hate" in told["results"][0]["not_covered"]
    assert "hate" not in _post("/v1/moderations", {"input": RUDE}).json()["results"][0]["not_covered"]


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


class Counter:
    """A door with a quota of two a minute, at a time that stands still unless moved, and what counts around it."""

    def __init__(self) -> None:
        self.now_ms = 0.0
        keys = Keys(("right", "other"), per_minute=2, limiter=Limiter(lambda: self.now_ms))
        door = PerspectiveDoor(shipped(), keys=keys)
        self.app: Any = Counted(door, waiting=lambda: door.waiting)

    def ask(self, *calls: tuple[str, str]) -> list[httpx.Response]:
        async def all_of() -> list[httpx.Response]:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://scorer.test") as client:
                return [
                    await client.request(method, path, json=_analysis() if method == "POST" else None)
                    for method, path in calls
                ]

        return asyncio.run(all_of())


def test_a_key_has_a_quota() -> None:
    """The third request of a minute is told when to come back, in Google's shape; other keys have their own."""
    counter = Counter()
    right, other = ("POST", f"{ANALYZE}?key=right"), ("POST", f"{ANALYZE}?key=other")
    told = counter.ask(right, right, right, other)
    assert [one.status_code for one in told] == [200, 200, 429, 200]
    error = told[2].json()["error"]
    assert (error["status"], error["details"][0]["reason"]) == ("RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED")
    assert error["details"][0]["metadata"]["quota_limit_value"] == "2"
    assert told[2].headers["retry-after"] == "30"
    counter.now_ms = 30_000
    assert [one.status_code for one in counter.ask(right, right)] == [200, 429]


def test_requests_are_counted() -> None:
    """Those that were answered, refused and shed; asking for the numbers needs no key and counts for nothing."""
    counter = Counter()
    right, wrong = ("POST", f"{ANALYZE}?key=right"), ("POST", f"{ANALYZE}?key=wrong")
    counter.ask(right, right, right, wrong)
    health, numbers = counter.ask(("GET", "/healthz"), ("GET", "/metrics"))
    assert health.status_code == 200
    for line in ("answered_total 2.0", "refused_total 1.0", "shed_total 1.0", "waiting 0.0"):
        assert f"moothall_scorer_{line}\n" in numbers.text


@pytest.mark.parametrize("prefix", ["", "/scorer/of/ours"])
def test_it_describes_itself(prefix: str) -> None:
    """At the address where Google's clients look first; the methods lead back to where it was asked."""
    path = f"{prefix}/$discovery/rest?version=v1alpha1"
    told = Counter().ask(("GET", path))[0].json()
    assert told["rootUrl"] == f"http://scorer.test{prefix}/"
    method = told["resources"]["comments"]["methods"]["analyze"]
    assert (method["httpMethod"], method["path"]) == ("POST", "v1alpha1/comments:analyze")
    assert method["request"]["$ref"] in told["schemas"]
    assert method["response"]["$ref"] in told["schemas"]


def test_googles_own_client_is_answered() -> None:
    """Built from our description, it scores; skipped where it is not installed."""
    discovery = pytest.importorskip("googleapiclient.discovery", reason="google-api-python-client is not installed")
    document = Counter().ask(("GET", "/$discovery/rest"))[0].text

    class Http:
        """What the client calls for the network."""

        def request(self, uri: str, method: str = "GET", body: str | None = None, **_: object) -> tuple[Any, bytes]:
            import httplib2  # comes with the client

            path = uri.removeprefix("http://scorer.test")
            told = _post(path, json.loads(body or "null"), keys=("right",))
            return httplib2.Response({"status": str(told.status_code)}), told.content

    service = discovery.build_from_document(document, http=Http())
    asked = service.comments().analyze(body=_analysis(), key="right")
    assert asked.execute()["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.8
