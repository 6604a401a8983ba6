"""Style sheets: joined, shrunk, and light enough."""

import re

import brotli
import pytest

from moothall.discussion.model import Sort
from moothall.web.i18n import LANGUAGES, translator
from moothall.web.pages.strings import core_strings, writer_strings
from moothall.web.pages.view_discussion import discussion
from moothall.web.pages.view_story import story_page
from moothall.web.render import asset, render
from moothall.web.styles import STATIC, joined, sheet, shrunk
from tests.unit.web import samples

# A reader who never writes gets 9 KB of script, style and words; the core script has the other 5.
STYLE_BYTES = 3_500
CORE_STRINGS_BYTES = 540
WRITER_STRINGS_BYTES = 1_200
FIRST_PAGE_BYTES = 15_000


def packed(data: bytes, quality: int = 11) -> int:
    return len(brotli.compress(data, quality=quality))


def test_sheets_are_joined_in_their_order() -> None:
    """The page's frame first, so that what follows may change it."""
    assert joined("site", "front.css") == "site+front.css"
    assert sheet("site+front.css") == (sheet("site.css") or b"") + (sheet("front.css") or b"")


@pytest.mark.parametrize(
    "name",
    [
        "site+none.css",
        "../site.css",
        "site",
        "site+.css",
        "icon.svg",
        "a+b+c+d+e.css",
        "moothall+site.css",
        "site+site.css",
    ],
)
def test_only_our_own_sheets_are_served(name: str) -> None:
    """Any other name is nothing."""
    assert sheet(name) is None


def test_shrinking_leaves_the_rules_alone() -> None:
    """Blanks inside values and selectors mean something."""
    css = '/* why */ .a :is(b, i) > c {\n  margin: calc(1rem - 2px) auto;\n  content: " (";\n}\n'
    assert shrunk(css) == '.a :is(b,i)>c{margin:calc(1rem - 2px) auto;content:" ("}'


def test_an_assets_address_changes_with_it() -> None:
    """So that browsers may keep it for ever; what is not there keeps its plain name."""
    assert re.fullmatch(r"/static/site\+front\.css\?v=[0-9a-f]{10}", asset("site+front.css"))
    assert asset("nothing.js") == "/static/nothing.js"


def test_physical_directions_are_not_named() -> None:
    """Right-to-left pages are the same pages: inline and block, never left and right."""
    wrong = re.compile(
        r"[\s{;](?:margin|padding|border|inset)?-?(?:left|right)\s*:|float:\s*(?:left|right)|text-align:\s*(?:left|right)"
    )
    for path in STATIC.glob("*.css"):
        assert wrong.findall(path.read_text("utf-8")) == [], path.name


def test_a_story_page_has_one_sheet() -> None:
    """Styles, script, events: three requests before the first avatar."""
    talk = discussion(samples.frame(), samples.STORY, samples.listing(1), sort=Sort.NEWEST, seq=1)
    text = render("story.html", story_page(samples.frame(), samples.STORY, related=[], talk=talk))
    assert text.count('rel="stylesheet"') == 1
    assert text.count('<script type="module"') == 1


def test_the_first_fifty_comments_are_light() -> None:
    """The whole story page, packed as it is served."""
    talk = discussion(samples.frame(), samples.STORY, samples.listing(50), sort=Sort.NEWEST, seq=1)
    text = render("story.html", story_page(samples.frame(), samples.STORY, related=[samples.CARD], talk=talk))
    assert packed(text.encode(), 5) <= FIRST_PAGE_BYTES


def test_style_and_words_are_light() -> None:
    """Of every language, the heaviest."""
    assert packed(sheet("site+moothall.css") or b"") <= STYLE_BYTES
    assert max(packed(core_strings(translator(lang)).encode()) for lang in LANGUAGES) <= CORE_STRINGS_BYTES
    assert max(packed(writer_strings(translator(lang)).encode()) for lang in LANGUAGES) <= WRITER_STRINGS_BYTES
