"""Made-up stories, people and comments, and every template with a context of its own."""

from collections.abc import Iterator

from msgspec.structs import replace

from moothall.discussion.model import NO_PARENT, Author, Comment, CommentId, Node, Page, Sort, State
from moothall.kernel import errors
from moothall.kernel.ids import id_at
from moothall.moderation.standards import RULES, shipped
from moothall.people.model import NOBODY, Account, AccountId, Role, Session, Viewer
from moothall.people.signin.passkey import Passkey
from moothall.people.signin.second_factor import Authenticator
from moothall.story.model import (
    Correction,
    Discussion,
    Keyword,
    LeadPhoto,
    Moderation,
    PhotoId,
    Section,
    Story,
    StoryCard,
    StoryId,
)
from moothall.web.i18n import translator
from moothall.web.pages import view_acts, view_comment, view_lists, view_people, view_plain, view_second_factor
from moothall.web.pages.view import Frame, Provider, Site
from moothall.web.pages.view_composer import Written
from moothall.web.pages.view_discussion import (
    comments_fragment,
    discussion,
    embedded,
    page_fragment,
    replies_fragment,
)
from moothall.web.pages.view_standards import Shown, standards_page
from moothall.web.pages.view_story import story_page
from moothall.web.render import Context
from tests.unit.web.samples_of_cases import cases

NOW_MS = 1_795_367_100_000  # Sunday, 22 November 2026, 17:05 in London
MINUTE_MS = 60_000
HOSTILE = "<img src=x onerror=alert(1)>\"'&amp;"
CITY = Section("city", "City")
PHOTO = LeadPhoto(PhotoId(1), 1600, 1067, (480, 960, 1600), "The bridge at dusk.", "I. Okoro", "An iron bridge.")
SITE = Site(
    name="The Harrowgate Courier",
    tagline="News from the river",
    url="https://courier.example",
    zone="Europe/London",
    sections=(CITY, Section("sport", "Sport")),
    providers=(Provider("newsid", "NewsID", "/signin/oidc/newsid"),),
    mailbox=True,
)
STORY = Story(
    id=StoryId(id_at(NOW_MS - 900 * MINUTE_MS, 1)),
    code="b7k2q9",
    slug="tarn-bridge-to-close",
    url="https://courier.example/city/tarn-bridge-to-close-b7k2q9",
    external=False,
    lang="en",
    section=CITY,
    headline="Tarn Bridge to close for eleven months",
    standfirst="Repairs cannot wait.",
    byline="By Maud Ferrier",
    dateline_place="HARROWGATE",
    dateline_agency="Northern Wire",
    body="",
    body_html="<p>The city will close its oldest bridge.</p>",
    photo=PHOTO,
    keywords=(Keyword("bridges", "Bridges"),),
    corrections=(Correction("The crack is 31 centimetres long.", NOW_MS - 40 * MINUTE_MS),),
    published=True,
    published_at_ms=NOW_MS - 640 * MINUTE_MS,
    updated_at_ms=NOW_MS - 113 * MINUTE_MS,
    embargo_until_ms=None,
    discussion=Discussion.OPEN,
    closes_at_ms=None,
    moderation=Moderation.POST,
    comment_count=1_214,
    newest_comment=id_at(NOW_MS, 9),
    version=3,
)
CARD = StoryCard(**{name: getattr(STORY, name) for name in StoryCard.__struct_fields__})
UMA = Account(AccountId(2), "Uma Carver", Role.READER, NOW_MS, email="uma@example.org")
ADA = Account(AccountId(5), "Ada Reed", Role.MODERATOR, NOW_MS)
EDITOR = Account(AccountId(6), "Ola Brandt", Role.EDITOR, NOW_MS)


def comment(low: int = 1, **fields: object) -> Comment:
    """A live comment by Gus West, seven minutes old, unless `fields` say otherwise."""
    made = Comment(
        id=CommentId(id_at(NOW_MS, low)),
        story_id=STORY.id,
        parent_id=NO_PARENT,
        root_id=NO_PARENT,
        depth=0,
        author=Author(AccountId(3), "Gus West", Role.READER),
        state=State.LIVE,
        body="Where is the money?",
        body_html="<p>Where is the money?</p>",
        created_at_ms=NOW_MS - 7 * MINUTE_MS,
        edited_at_ms=None,
        revision=1,
        respect=12,
        disagree=3,
        score=0,
        reply_count=0,
    )
    return replace(made, **fields)


def frame(lang: str = "en", account: Account | None = None, **fields: object) -> Frame:
    """A request; `blocked` names accounts that its reader blocked."""
    blocked = frozenset(fields.pop("blocked", ()))  # type: ignore[call-overload]
    viewer = Viewer(account, blocked) if account else NOBODY
    made = Frame(SITE, translator(lang), NOW_MS, viewer, path="/city/", csrf="csrf-token" if account else "")
    return replace(made, **fields)


def thread(depth: int = 6) -> Node:
    """A chain of replies, each to the one before, the innermost with folded ones."""
    node = Node(comment(50, depth=depth), (), 4, "abc")
    for at in reversed(range(depth)):
        node = Node(comment(40 + at, depth=at), (node,), 0)
    return node


def listing(count: int = 50) -> Page:
    """One full page of a discussion."""
    return Page(tuple(Node(comment(low)) for low in range(1, count + 1)), "next")


def pages(lang: str = "en") -> Iterator[tuple[str, Context]]:
    """Every template of the reader's pages, most with an error or a text that was kept."""
    nobody, uma, ada = frame(lang), frame(lang, UMA), frame(lang, ADA)
    waiting = view_people.Waiting(next="/city/x", handoff="h", kept="My comment", kept_story="s")
    session = Session(b"1" * 32, UMA, NOW_MS, NOW_MS, "csrf")
    mine = comment(author=Author(UMA.id, UMA.display_name, UMA.role))
    talk = discussion(nobody, STORY, Page((thread(),), "next"), sort=Sort.NEWEST, seq=7)
    spoken = discussion(uma, STORY, listing(3), sort=Sort.OLDEST, seq=7, written=Written("So far", "Too long"))
    place = view_comment.Thread([comment(91)], comment(92, parent_id=comment(91).id), listing(2))
    yield "front.html", view_lists.front_page(nobody, [CARD] * 3, [(CITY, [replace(CARD, id=StoryId(9))] * 3)])
    yield "front.html", view_lists.front_page(nobody, [], [])
    yield "section.html", view_lists.section_page(nobody, CITY, [CARD, CARD], "bW9yZQ")
    yield "topic.html", view_lists.topic_page(nobody, Keyword("bridges", "Bridges"), [])
    yield "story.html", story_page(nobody, STORY, related=[CARD], talk=talk, jsonld='{"a": "</script>"}')
    yield "story.html", story_page(uma, STORY, related=[], talk=spoken)
    yield "story.html", story_page(ada, replace(STORY, photo=None), related=[], talk=None)
    yield "comment.html", view_comment.comment_page(uma, STORY, place, reply=True)
    yield "report.html", view_acts.report_page(uma, comment(), error="Please choose a reason.")
    yield "edit.html", view_acts.edit_page(uma, mine)
    yield "withdraw.html", view_acts.withdraw_page(uma, mine)
    yield "block.html", view_acts.block_page(uma, comment().author, blocked=False)
    asked = {"back": "/", "key": "k", "revision": 0, "state": "live", "notes": ()}
    yield "decide.html", {**view_acts.decide_page(ada, comment(), RULES, story_name=STORY.headline), **asked}
    yield "signin.html", view_people.signin_page(nobody, waiting, email="uma@", error="Check it.")
    yield "code.html", view_people.code_page(nobody, waiting, email="uma@example.org")
    yield "name.html", view_people.name_page(uma, waiting, error="Taken.")
    yield from second_factors(uma)
    yield (
        "account.html",
        view_people.account_page(uma, blocked=[comment().author], sessions=[session], current=b"1" * 32),
    )
    yield "standards.html", standards_page(nobody, Shown(shipped(), 0, 0))
    yield "done.html", view_plain.done_page(uma, title="Thanks", text="Noted.", back="/c/1")
    yield "error.html", view_plain.error_page(nobody, errors.Unavailable(), kept="My comment", back="/city/x")
    yield "error.html", view_plain.error_page(nobody, errors.Unauthorised())
    yield "mailbox.html", view_plain.mailbox_page(nobody, [])
    if talk:
        yield "embed.html", embedded(frame(lang, base="https://courier.example"), talk)
    yield "fragment.html", page_fragment(nobody, STORY, listing(2), sort=Sort.NEWEST)
    yield "fragment.html", replies_fragment(nobody, CommentId(1), listing(2), sort=Sort.RESPECTED)
    yield "fragment.html", comments_fragment(nobody, [comment()])
    yield from cases(uma, ada, comment(), HOSTILE)


def second_factors(uma: Frame) -> Iterator[tuple[str, Context]]:
    """What asks for a code or a passkey, and each state of what is set up."""
    for has in (False, True):
        drawn = view_second_factor.second_code_page(uma, next_path="/console/", has_passkeys=has, error="Wrong.")
        yield "second_code.html", drawn
    factor = Authenticator(UMA.id, b"1" * 20, confirmed=False, last_step=0, tries=0, tried_at_ms=0)
    key = Passkey(
        credential=b"1" * 16, account_id=UMA.id, name=HOSTILE, key=b"", count=0, transports=(), backed_up=False,
        made_at_ms=NOW_MS, used_at_ms=NOW_MS,
    )  # fmt: skip
    app = replace(factor, confirmed=True)
    for known, keys, codes in ((None, (), ()), (factor, (key,), ()), (app, (), ()), (None, (), ("aaaa-bbbb",))):
        held = view_second_factor.Held(known, keys)
        drawn = view_second_factor.second_factor_page(uma, held, needed=True, codes=codes, error="Wrong.")
        yield "second_factor.html", drawn
