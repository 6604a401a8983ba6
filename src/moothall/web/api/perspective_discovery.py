"""The description of the API that Google's generic clients ask for before anything else.

Source: Google API discovery document format, v1; names are those of the comment analyzer API, v1alpha1.
"""

_VERSION = "v1alpha1"
_TEXT = {"type": "string"}
_QUERY = {
    name: {"type": "string", "location": "query"}
    for name in ("key", "alt", "fields", "prettyPrint", "quotaUser", "access_token", "callback", "$.xgafv")
}


def discovery(root: str) -> dict[str, object]:
    """Args: root: our address up to where `v1alpha1` begins, with a slash at the end."""
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": f"commentanalyzer:{_VERSION}",
        "name": "commentanalyzer",
        "version": _VERSION,
        "title": "Comment analyzer, as Moothall serves it",
        "protocol": "rest",
        "rootUrl": root,
        "servicePath": "",
        "baseUrl": root,
        "batchPath": "batch",
        "parameters": _QUERY,
        "schemas": _SCHEMAS,
        "resources": {
            "comments": {"methods": {"analyze": _method("analyze"), "suggestscore": _method("suggestscore")}}
        },
    }


def _method(name: str) -> dict[str, object]:
    title = {"analyze": "AnalyzeComment", "suggestscore": "SuggestCommentScore"}[name]
    path = f"{_VERSION}/comments:{name}"
    return {
        "id": f"commentanalyzer.comments.{name}",
        "httpMethod": "POST",
        "path": path,
        "flatPath": path,
        "parameters": {},
        "parameterOrder": [],
        "request": {"$ref": f"{title}Request"},
        "response": {"$ref": f"{title}Response"},
    }


def _object(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties}


def _many(of: object) -> dict[str, object]:
    return {"type": "array", "items": of}


def _named(name: str, **properties: object) -> dict[str, object]:
    return {"id": name, **_object(**properties)}


_SCORE = _object(value={"type": "number", "format": "float"}, type=_TEXT)
_SPAN = _object(begin={"type": "integer"}, end={"type": "integer"}, score=_SCORE)
_SCORES = {"type": "object", "additionalProperties": _object(summaryScore=_SCORE, spanScores=_many(_SPAN))}
_ENTRY = _object(text=_TEXT, type=_TEXT)
_WANTED = _object(scoreType=_TEXT, scoreThreshold={"type": "number", "format": "float"})
_ASKED = {
    "comment": _ENTRY,
    "context": _object(entries=_many(_ENTRY)),
    "languages": _many(_TEXT),
    "clientToken": _TEXT,
    "sessionId": _TEXT,
    "communityId": _TEXT,
}
_SCHEMAS = {
    one["id"]: one
    for one in (
        _named(
            "AnalyzeCommentRequest",
            **_ASKED,
            requestedAttributes={"type": "object", "additionalProperties": _WANTED},
            spanAnnotations={"type": "boolean"},
            doNotStore={"type": "boolean"},
        ),
        _named(
            "AnalyzeCommentResponse",
            attributeScores=_SCORES,
            languages=_many(_TEXT),
            detectedLanguages=_many(_TEXT),
            clientToken=_TEXT,
        ),
        _named("SuggestCommentScoreRequest", **_ASKED, attributeScores=_SCORES),
        _named(
            "SuggestCommentScoreResponse",
            clientToken=_TEXT,
            requestedLanguages=_many(_TEXT),
            detectedLanguages=_many(_TEXT),
        ),
    )
}
