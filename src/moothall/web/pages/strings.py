"""The words that the widget says by itself, as JSON for `<script data-mh="…strings">`.

Short keys, because every reader receives them.  A value is a text, or an object of texts by CLDR
plural category for `Intl.PluralRules`.  Everything else the widget shows comes drawn by the server.
The English is that of `widget/strings.json`, which the widget's types are made from; a test
compares the two.
"""

from collections.abc import Mapping
from functools import cache

import msgspec

from moothall.web.i18n import Translator
from moothall.web.pages.view import in_script

Words = Mapping[str, str | tuple[str, str]]

CORE: Words = {
    "new": ("Show {n} new comment", "Show {n} new comments"),
    "since": ("{n} new comment since your last visit", "{n} new comments since your last visit"),
    "shown": ("{n} comment added", "{n} comments added"),
    "further": ("{n} new reply in a thread further down:", "{n} new replies in threads further down:"),
    "next": "Next new",
    "unread": "New",
    "now": "now",
    "minute": ("{n} minute ago", "{n} minutes ago"),
    "hour": ("{n} hour ago", "{n} hours ago"),
    "day1": "yesterday",
    "day": ("{n} day ago", "{n} days ago"),
    "copied": "Link copied",
    "gone": "This comment was removed by a moderator.",
    "closed": "This discussion is closed. Comments can still be read.",
    "failed": "That did not work. Please try again.",
}
"""What a reader who never writes may see."""

WRITER: Words = {
    "left": ("{n} character left", "{n} characters left"),
    "over": ("{n} character too long", "{n} characters too long"),
    "posted": "Your comment is published.",
    "held": "Thank you. Your comment waits for a moderator; only you can see it.",
    "edited": "Your change is saved.",
    "withdrawn": "Your comment is withdrawn.",
    "reported": "Thank you. A moderator will look at this comment.",
    "blocked": "You will no longer see this reader’s comments.",
    "kept": "We could not reach the server. Your text is kept; please send it again.",
    "offline": "You are offline. Your text is kept and will be sent when you are back.",
    "signin": "Sign in",
    "waiting": "Waiting for sign-in in the other window…",
    "replying": "Your reply to {name}",
    "post": "Post reply",
    "cancel": "Cancel",
    "twice": "An earlier version of this text was posted after all. Post again if you want both.",
}
"""What only somebody who writes, reacts or reports may see."""


@cache
def core_strings(words: Translator) -> str:
    """The reader's table in a language."""
    return _json(words, CORE)


@cache
def writer_strings(words: Translator) -> str:
    """The writer's table in a language."""
    return _json(words, WRITER)


def _json(words: Translator, table: Words) -> str:
    """JSON that may stand inside a `<script>` of any type.  Only what is left may be nothing."""
    spoken = {
        key: words.t(text) if isinstance(text, str) else words.forms(*text, least=0 if key == "left" else 1)
        for key, text in table.items()
    }
    return in_script(msgspec.json.encode(spoken).decode())
