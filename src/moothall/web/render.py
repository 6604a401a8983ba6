"""Templates to text: `render(template, context) -> str`.

Handlers make a `Frame` (`pages/view.py`: site, translator, clock, viewer, CSRF token), call the
function that a template names here, and pass what it returns:

| Template | Context function |
|---|---|
| `front.html`, `section.html`, `topic.html` | `view_lists.front_page`, `section_page`, `topic_page` |
| `story.html` | `view_story.story_page`; its discussion from `view_discussion.discussion` |
| `comment.html` | `view_comment.comment_page` (`/c/ID`, with the reply form on request) |
| `report.html`, `edit.html`, `withdraw.html` | `view_acts.report_page`, `edit_page`, `withdraw_page` |
| `block.html`, `decide.html` | `view_acts.block_page`, `decide_page` |
| `signin.html`, `code.html`, `name.html` | `view_people.signin_page`, `code_page`, `name_page` |
| `account.html` | `view_people.account_page` |
| `standards.html` | `view_standards.standards_page` |
| `mailbox.html` | `view_plain.mailbox_page` |
| `done.html`, `error.html` | `view_plain.done_page`, `error_page` |
| `embed.html` | `view_discussion.embedded` (`/embed/discussion`) |
| `fragment.html` | `view_discussion.page_fragment`, `replies_fragment`, `comments_fragment` |

Inside templates: `t("Words")` (put in place when the template is loaded, so it costs nothing when
drawn), `t("Words {name}", name=x)`, `tn("{n} comment", "{n} comments", n)`,
`link("Read our [standards].", href)`, `n|num`, `asset("site.css")`.
Autoescape is always on; only `body_html`, cleaned by the room that made it, is passed as safe.
"""

import hashlib
import html
import json
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path

import minijinja

from moothall.kernel.limits import PAGE_COMMENTS
from moothall.web.carried import in_markup
from moothall.web.i18n import Translator, number, translator
from moothall.web.styles import STATIC, sheet

Context = Mapping[str, object]
"""What a context function returns; `lang` chooses the language, and links carry on the one that was `asked` for."""

TEMPLATES = Path(__file__).parent / "templates"
# A call whose only argument is a literal: its words are known when the template is loaded.
_CONSTANT = re.compile(r'\bt\(("(?:[^"\\]|\\.)*")\)')
_LINK = re.compile(r"\[([^\]]*)\]")


def render(template: str, context: Context) -> str:
    """Draws a template in the language of its context.

    MiniJinja escapes slashes too, which nothing here needs (every attribute is quoted) and which
    would make every address twice as long.
    """
    env = environment(str(context["lang"]))
    drawn = env.render_template(template, **context).replace("&#x2f;", "/")
    return in_markup(drawn, str(context.get("asked", "")))


@cache
def environment(lang: str) -> minijinja.Environment:
    """The templates of one language, compiled when first drawn."""
    words = translator(lang)
    env = minijinja.Environment(
        loader=partial(_source, words),
        auto_escape_callback=lambda _: "html",
        undefined_behavior="strict",
        trim_blocks=True,
        lstrip_blocks=True,
        debug=False,
    )
    env.add_filter("num", partial(number, words.lang))
    env.add_global("t", words.t)
    env.add_global("tn", words.tn)
    env.add_global("link", partial(link, words))
    env.add_global("asset", asset)
    env.add_global("page_size", PAGE_COMMENTS)
    return env


def link(words: Translator, msgid: str, *hrefs: str) -> str:
    """A message whose `[bracketed]` words are links, in order."""
    parts = _LINK.split(words.t(msgid))
    out = [html.escape(parts[0])]
    for i, href in enumerate(hrefs):
        out.append(f'<a href="{html.escape(href)}">{html.escape(parts[2 * i + 1])}</a>')
        out.append(html.escape(parts[2 * i + 2]))
    return minijinja.safe("".join(out))


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """The address of a static file; its digest lets browsers keep it for ever."""
    for path in (STATIC / name, STATIC / "built" / name):
        if path.is_file() and not name.endswith(".css"):
            return f"/static/{path.relative_to(STATIC).as_posix()}?v={_digest(path.read_bytes())}"
    made = sheet(name)
    return f"/static/{name}?v={_digest(made)}" if made else f"/static/{name}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:10]


def _source(words: Translator, name: str) -> str | None:
    path = (TEMPLATES / name).resolve()
    if not path.is_relative_to(TEMPLATES) or not path.is_file():
        return None
    return _CONSTANT.sub(partial(_spoken, words.t), path.read_text("utf-8"))


def _spoken(t: Callable[[str], str], call: re.Match[str]) -> str:
    return json.dumps(t(json.loads(call[1])), ensure_ascii=False)
