"""The words that the widget says by itself, as JSON for `data-mh="strings"`.

Short keys, because every reader receives them.  A value is a text, or an object of texts by CLDR
plural category for `Intl.PluralRules`.  Everything else the widget shows comes drawn by the server.
"""

from functools import cache

import msgspec

from moothall.web.i18n import Translator


@cache
def core_strings(words: Translator) -> str:
    """What a reader who never writes may see."""
    t = words.t
    return _json(
        {
            "new": words.forms("Show {n} new comment", "Show {n} new comments"),
            "since": words.forms("{n} new comment since your last visit", "{n} new comments since your last visit"),
            "shown": words.forms("{n} comment added", "{n} comments added"),
            "sorted": t("Order changed"),
            "copied": t("Link copied"),
            "gone": t("This comment was removed."),
            "offline": t("You are offline. New comments will follow."),
            "failed": t("That did not work. Please try again."),
            "unread": t("New"),
            "closed": t("This discussion is closed. Comments can still be read."),
        }
    )


@cache
def writer_strings(words: Translator) -> str:
    """What only somebody who writes, reacts or reports may see; `data-mh="writer-strings"`."""
    t = words.t
    return _json(
        {
            "left": words.forms("{n} character left", "{n} characters left"),
            "over": words.forms("{n} character too long", "{n} characters too long"),
            "posted": t("Your comment is published."),
            "held": t("Thank you. Your comment waits for a moderator; only you can see it."),
            "edited": t("Your change is saved."),
            "withdrawn": t("Your comment is withdrawn."),
            "sure": t("Withdraw this comment? Its text will be gone for everybody."),
            "reported": t("Thank you. A moderator will look at this comment."),
            "blocked": t("You will no longer see this reader’s comments."),
            "kept": t("Your text is kept on this device."),
            "signin": t("Please sign in to do this."),
            "replying": t("Your reply to {name}"),
            "cancel": t("Cancel"),
            "save": t("Save"),
            "post": t("Post reply"),
        }
    )


def _json(table: dict[str, object]) -> str:
    """JSON that may stand inside a `<script>` of any type."""
    return msgspec.json.encode(table).decode().replace("<", "\\u003c")
