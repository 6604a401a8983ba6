"""Akismet, as an option: is this spam?  Source: akismet.com developers' documentation, comment-check."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.judges.http import Placed, ask
from moothall.moderation.judges.port import Nonsense

# The field is required, and readers' addresses are nobody's business but ours.
_NO_ADDRESS = "0.0.0.0"  # noqa: S104 - not an address to listen on


@dataclass(frozen=True, slots=True)
class Akismet(Placed):
    """`place.secret` is the key; `site` our public address."""

    site: str
    phase: str = "spam"

    async def findings(self, context: Context) -> Sequence[Finding]:
        """Raises: Nonsense, httpx.HTTPError."""
        question = urlencode(
            {
                "api_key": self.place.secret,
                "blog": self.site,
                "user_ip": _NO_ADDRESS,
                "comment_type": "reply" if context.parent_id else "comment",
                "comment_content": context.body,
                "comment_author": context.author.display_name,
                "blog_lang": context.story.lang,
                "blog_charset": "UTF-8",
            }
        )
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        said = (await ask(self.place, question.encode(), headers)).strip()
        if said not in {b"true", b"false"}:
            raise Nonsense("neither true nor false")
        return (Finding(self.phase, cue="akismet", detail=self.name),) if said == b"true" else ()
