"""Coral's external moderation phase, signed; the comment's id and the time are added, which Coral leaves out.

Source: Coral 9.11, external moderation phases: indented JSON, `X-Coral-Signature: sha256=<hex of HMAC-SHA256>`.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from moothall.discussion.verdict import Context, Finding
from moothall.kernel.ids import to_text
from moothall.moderation.judges.http import Placed, ask, decoded
from moothall.moderation.judges.port import Nonsense

# What a status is worth as a finding's value; standards say from where on it holds or rejects.
_VALUES = {"REJECTED": 1.0, "SYSTEM_WITHHELD": 0.75, "PREMOD": 0.5, "NONE": 0.0, "APPROVED": 0.0}
_NOTED_VALUE = 0.25
_ROLES = {"reader": "COMMENTER", "trusted": "MEMBER", "moderator": "MODERATOR", "editor": "STAFF"}


class _Action(msgspec.Struct):
    actionType: str = ""  # noqa: N815 - Coral's name
    reason: str = ""


class _Answer(msgspec.Struct):
    status: str = "NONE"
    actions: tuple[_Action, ...] = ()


@dataclass(frozen=True, slots=True)
class CoralPhase(Placed):
    """A service that speaks Coral's contract."""

    site: str
    phase: str = "judge"

    async def findings(self, context: Context) -> Sequence[Finding]:
        """Raises: Nonsense, httpx.HTTPError."""
        body = json.dumps(self._question(context), indent=2, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "X-Coral-Signature": signature(self.place.secret, body)}
        answer = await ask(self.place, body, headers)
        return self._found(decoded(answer, _Answer)) if answer.strip() else ()

    def _question(self, context: Context) -> dict[str, object]:
        parent = to_text(context.parent_id) if context.parent_id else None
        return {
            "action": "EDIT" if context.is_edit else "NEW",
            "comment": {
                "id": to_text(context.comment_id) if context.comment_id else None,
                "body": context.body,
                "parentID": parent,
            },
            "author": {"id": to_text(context.author.id), "role": _ROLES.get(context.author.role.value, "ADMIN")},
            "story": {"id": to_text(context.story.id), "url": f"{self.site}/s/{to_text(context.story.id)}"},
            "site": {"id": self.site},
            "tenantID": self.site,
            "tenantDomain": self.site.partition("://")[2] or self.site,
            "sentAt": context.now_ms,
        }

    def _found(self, answer: _Answer) -> Sequence[Finding]:
        if answer.status not in _VALUES:
            raise Nonsense(f"status {answer.status[:40]!r}")
        raised = [action.reason[:60] for action in answer.actions if action.actionType == "FLAG"]
        value = max(_VALUES[answer.status], _NOTED_VALUE if raised else 0.0)
        if not value:
            return ()
        told = " ".join([answer.status, *raised[:4]])
        return (Finding(self.phase, cue=self.name, value=value, detail=told),)


def signature(secret: str, body: bytes) -> str:
    """One signature for each secret of a list separated by commas, so that secrets can be changed."""
    keys = [one.strip() for one in secret.split(",") if one.strip()]
    return ",".join(f"sha256={hmac.new(key.encode(), body, hashlib.sha256).hexdigest()}" for key in keys)
