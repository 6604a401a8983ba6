"""Foreign archives of the fictional paper, written by hand so that each trap stands alone."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

_DISQUS = (
    '<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com"'
    ' xmlns:dsq="http://disqus.com/disqus-internals">\n'
)
_WXR = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:excerpt="http://wordpress.org/excerpt/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://harrowgate.example</link>\n'
)
_PREFIX = re.compile(r"^(wp|dc|content|excerpt)_")


def letters(count: int) -> str:
    """Letters of three bytes that no compression makes short."""
    return "".join(chr(0x4E00 + (n * n * 7919 + n * 104_729) % 20_000) for n in range(count))


def disqus(*rows: str) -> bytes:
    """A Disqus export of these rows."""
    return (_DISQUS + "\n".join(rows) + "\n</disqus>\n").encode()


def thread(number: str, link: str = "https://harrowgate.example/bridge", **fields: str) -> str:
    """One story row."""
    shown = {"id": "", "forum": "harrowgate", "link": link, "title": "Old bridge to close",
             "createdAt": "2015-03-01T08:00:00Z", "isClosed": "false", "isDeleted": "false"} | fields  # fmt: skip
    return f"<thread dsq:id={quoteattr(number)}>{_elements(shown)}</thread>"


def post(number: str, thread: str = "1", parent: str = "", **fields: str) -> str:
    """One comment row; `name`, `username` and `email` are its author's."""
    author = {"name": fields.pop("name", "Ada Finch"), "isAnonymous": fields.pop("isAnonymous", "false"),
              "username": fields.pop("username", "adafinch"), "email": fields.pop("email", "")}  # fmt: skip
    shown = {"message": "<p>Words.</p>", "createdAt": "2015-03-01T09:00:00Z", "isDeleted": "false",
             "isSpam": "false"} | fields  # fmt: skip
    above = f"<parent dsq:id={quoteattr(parent)}/>" if parent else ""
    return (
        f"<post dsq:id={quoteattr(number)}>{_elements(shown)}<author>{_elements(author)}</author>"
        f"<thread dsq:id={quoteattr(thread)}/>{above}</post>"
    )


def wxr(*items: str) -> bytes:
    """A WordPress export of these items."""
    return (_WXR + "\n".join(items) + "\n</channel></rss>\n").encode()


def item(*comments: str, **fields: str) -> str:
    """One story with its comments."""
    shown = {
        "title": "Old bridge to close",
        "link": "https://harrowgate.example/bridge",
        "wp:post_id": "7",
        "wp:post_date_gmt": "2015-03-01 08:00:00",
        "wp:status": "publish",
    } | {_PREFIX.sub(r"\1:", name): value for name, value in fields.items()}
    return f"<item>{_elements(shown)}{''.join(comments)}</item>"


def note(number: str, parent: str = "0", **fields: str) -> str:
    """One WordPress comment."""
    shown = {"id": number, "author": "Ada Finch", "author_email": "", "date": "2015-03-01 10:00:00",
             "date_gmt": "2015-03-01 09:00:00", "content": "Words.", "approved": "1", "type": "",
             "parent": parent, "user_id": "0"} | fields  # fmt: skip
    inner = _elements({f"wp:comment_{name}": value for name, value in shown.items()})
    return f"<wp:comment>{inner}</wp:comment>"


def _elements(fields: dict[str, str]) -> str:
    return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())


def many(count: int, *, stories: int = 20) -> Iterable[str]:
    """Rows of a plausible Disqus archive: replies, a few deleted, several authors; always the same."""
    for story in range(stories):
        yield thread(str(story + 1), f"https://harrowgate.example/story-{story + 1}")
    for number in range(count):
        above = number - stories * (1 + number % 7)
        answers = above >= 0 and number % 3 > 0
        yield post(
            f"p{number}",
            str(number % stories + 1),
            f"p{above}" if answers else "",
            username=f"reader{number % 97}",
            name=f"Reader {number % 97}",
            createdAt=f"2015-03-{1 + number // 1440 % 28:02d}T{number // 60 % 24:02d}:{number % 60:02d}:00Z",
            isDeleted="true" if number % 50 == 0 else "false",
            message=f"<p>Comment number {number}, with <b>some</b> weight.</p>",
        )
