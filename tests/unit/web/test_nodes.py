"""What a comment's drawing shows to whom."""

import pytest
from lxml import html
from msgspec.structs import replace

from moothall.discussion.access import UNNAMED
from moothall.discussion.model import Author, Comment, Node, Page, ReactionKind, Sort, State
from moothall.kernel.ids import to_text
from moothall.kernel.limits import EDIT_WINDOW_MS
from moothall.people.model import Account, AccountId, Role
from moothall.web.pages.view import Frame
from moothall.web.pages.view_discussion import comments_fragment, page_fragment
from moothall.web.pages.view_nodes import comment_view, node_view
from moothall.web.render import render
from tests.unit.web import samples
from tests.unit.web.samples import ADA, EDITOR, NOW_MS, UMA, comment, frame

MINE = Author(UMA.id, UMA.display_name, UMA.role)


def drawn(of: Frame, one: Comment) -> html.HtmlElement:
    return html.fromstring(f"<ol>{render('fragment.html', comments_fragment(of, [one]))}</ol>")


def listed(of: Frame, node: Node) -> html.HtmlElement:
    context = page_fragment(of, samples.STORY, Page((node,), "next"), sort=Sort.NEWEST)
    return html.fromstring(f"<ol>{render('fragment.html', context)}</ol>")


def acts(tree: html.HtmlElement) -> list[str]:
    return tree.xpath("//@data-mh-act")


def opened(of: Frame, one: Comment) -> list[str]:
    """The acts of a comment on its own page, where all of them stand in the open."""
    view = comment_view(of, one)
    view.here, view.plain = True, False
    context = comments_fragment(of, [one]) | {"nodes": (view,), "composer": None}
    return acts(html.fromstring(f"<ol>{render('fragment.html', context)}</ol>"))[2:]


def test_a_comment_has_all_its_parts() -> None:
    """Name, avatar, time, text, counts, permalink."""
    tree = drawn(frame(), comment(edited_at_ms=NOW_MS))
    at = to_text(comment().id)
    assert tree.xpath("//li/@data-mh-comment") == [at]
    assert tree.xpath("//h3/text()") == ["Gus West"]
    assert tree.xpath("//a[@class='mh-when']/@href") == [f"/c/{at}"]
    assert tree.xpath("//time/@datetime") == ["2026-11-22T16:58:00+00:00"]
    assert tree.xpath("//time/text()") == ["22 Nov, 16:58"]
    assert tree.xpath("//footer//b/text()") == ["12", "3"]
    assert tree.xpath("//*[@class='mh-edited']/text()") == ["edited"]


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        (None, ["reply", "copy", "report"]),
        (UMA, ["reply", "copy", "report", "block"]),
        (ADA, ["reply", "copy", "report", "block", "decide"]),
    ],
)
def test_acts_are_those_that_a_reader_may_do(account: Account | None, expected: list[str]) -> None:
    """Nobody is offered what would be refused."""
    assert opened(frame(account=account), comment()) == expected


def test_ones_own_comment_can_be_edited_until_the_window_closes() -> None:
    """After that only withdrawing is left; reporting and blocking oneself never."""
    young = comment(author=MINE)
    old = comment(author=MINE, created_at_ms=NOW_MS - EDIT_WINDOW_MS)
    assert opened(frame(account=UMA), young) == ["reply", "copy", "edit", "withdraw"]
    assert opened(frame(account=UMA), old) == ["reply", "copy", "withdraw"]


def test_a_list_names_the_acts_that_are_not_the_usual_ones() -> None:
    """A menu is drawn once for a whole page; what differs is said at the comment."""
    usual = drawn(frame(account=UMA), comment())
    assert acts(usual) == ["respect", "disagree", "reply", "more"]
    assert not usual.xpath("//@data-mh-may")
    mine = drawn(frame(account=UMA), comment(author=MINE))
    assert set(mine.xpath("//@data-mh-may")[0].split()) == {"copy", "decide", "edit", "withdraw"}
    assert not drawn(frame(), comment(author=MINE)).xpath("//@data-mh-may")


def test_a_reaction_of_ones_own_is_pressed() -> None:
    """Only the button that was chosen, and in the words that ARIA reads."""
    tree = drawn(frame(account=UMA), comment(my_reaction=ReactionKind.DISAGREE))
    assert tree.xpath("//footer/a/@aria-pressed") == ["false", "true"]


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (State.WITHDRAWN, "This comment was withdrawn by its author."),
        (State.REMOVED, "This comment was removed by a moderator."),
        (State.HELD, "This comment waits for a moderator."),
    ],
)
def test_a_comment_whose_words_are_gone_leaves_a_stub(state: State, text: str) -> None:
    """The place stays, author, avatar and acts do not."""
    gone = comment(state=state, author=UNNAMED, body="", body_html="")
    tree = drawn(frame(), gone)
    assert tree.xpath("//p[@class='mh-stub']/text()")[0].strip() == text
    assert tree.xpath("//li/@data-mh-author") == [""]
    assert not tree.xpath("//img | //button | //h3")


def test_a_stub_names_the_rule() -> None:
    """By its number, leading to the rule itself."""
    gone = comment(state=State.REMOVED, author=UNNAMED, body_html="", removal_rule="hate")
    assert drawn(frame(), gone).xpath("//p/a/@href") == ["/standards#rule-2"]


def test_ones_own_held_comment_says_that_it_waits() -> None:
    """Its author sees it with a badge."""
    tree = drawn(frame(account=UMA), comment(author=MINE, state=State.HELD))
    assert tree.xpath("//*[contains(@class, 'mh-waiting')]/text()") == ["Waiting for a moderator"]


def test_a_blocked_readers_comment_is_folded() -> None:
    """It opens, and offers to unblock."""
    tree = drawn(frame(account=UMA, blocked=[3]), comment())
    assert tree.xpath("//details[@class='mh-blocked']//article")
    assert "unblock" in tree.xpath("//@data-mh-may")[0].split()


@pytest.mark.parametrize(
    ("role", "badge"),
    [
        (Role.READER, ""),
        (Role.TRUSTED, ""),
        (Role.MODERATOR, "Moderator"),
        (Role.EDITOR, "Newsroom"),
        (Role.ADMINISTRATOR, "Newsroom"),
    ],
)
def test_badges_tell_who_speaks_for_the_newsroom(role: Role, badge: str) -> None:
    """Readers' own standing is nobody's business."""
    one = comment(author=Author(AccountId(8), "Ola", role))
    assert comment_view(frame(), one).badge == badge


def test_folded_replies_are_counted_and_linked() -> None:
    """The most respected order is named, because its cursor means another key."""
    node = Node(comment(), (), 6, "abc")
    at = to_text(comment().id)
    newest = node_view(frame(), node, Sort.NEWEST)
    respected = node_view(frame(), node, Sort.RESPECTED)
    unopened = node_view(frame(), replace(node, more_cursor=None), Sort.RESPECTED)
    assert newest.more == "Show 6 more replies"
    assert newest.more_href == f"/c/{at}?cursor=abc"
    assert respected.more_to == f"/fragments/comments/{at}/replies?cursor=abc&sort=respected"
    assert unopened.more_to == f"/fragments/comments/{at}/replies?sort=respected"


def test_addresses_are_whole_in_an_embed() -> None:
    """On a host page `/c/ID` would be the host's."""
    tree = listed(frame(base="https://courier.example"), samples.thread(2))
    addresses = tree.xpath("//a/@href | //img/@src | //form/@action | //@data-mh-to")
    assert len(addresses) > 10
    assert [one for one in addresses if not one.startswith(("https://courier.example/", "#"))] == []


def test_replies_nest_in_lists() -> None:
    """Depth is told by the lists themselves, as deep as the replies go."""
    tree = listed(frame(), samples.thread(6))
    assert len(tree.xpath("//ol[@class='mh-replies']")) == 7
    assert tree.xpath("//li[@class='mh-fold']/a/text()") == ["Show 4 more replies"]


def test_the_editor_sees_what_staff_see() -> None:
    """Every role that decides is offered to."""
    assert "decide" in opened(frame(account=EDITOR), comment())
