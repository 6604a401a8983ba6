"""Threads nest, fold and page, whatever their shape."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from moothall.discussion.model import NO_PARENT, Author, Comment, CommentId, Node, Sort, State
from moothall.discussion.thread import build_page, build_replies, reply_sort, sort_key
from moothall.kernel.limits import REPLIES_SHOWN
from moothall.kernel.page import Cursor, decode
from moothall.people.model import AccountId, Role
from moothall.story.model import StoryId

ADA = Author(AccountId(7), "Ada Pell", Role.READER)


def comment(number: int, parent: int, depth: int, score: int = 0) -> Comment:
    return Comment(
        id=CommentId(number), story_id=StoryId(1), parent_id=CommentId(parent), root_id=CommentId(1), depth=depth,
        author=ADA, state=State.LIVE, body="", body_html="", created_at_ms=0, edited_at_ms=None, revision=0,
        respect=0, disagree=0, score=score, reply_count=0,
    )  # fmt: skip


class Rows:
    """The `children` of a forest given as parents; also counts how many rows were asked for."""

    def __init__(self, parents: list[int], scores: list[int]) -> None:
        made: dict[int, Comment] = {}
        for number, parent in enumerate(parents, start=1):
            above = parent % number  # 0 or an earlier comment
            depth = made[above].depth + 1 if above else 0
            made[number] = comment(number, above, depth, scores[number - 1])
        counts = [0] * (len(parents) + 1)
        for one in made.values():
            counts[one.parent_id] += 1
        self.all = [replace(one, reply_count=counts[one.id]) for one in made.values()]
        self.asked = 0

    def __call__(self, parent_id: CommentId, sort: Sort, after: Cursor | None, limit: int) -> list[Comment]:
        down = sort is not Sort.OLDEST
        rows = [one for one in self.all if one.parent_id == parent_id]
        rows.sort(key=lambda one: (sort_key(one, sort), one.id), reverse=down)
        if after is not None:
            rows = [r for r in rows if ((sort_key(r, sort), r.id) < after if down else (0, r.id) > after)]
        self.asked += min(limit, len(rows))
        return rows[:limit]


def walk(nodes: tuple[Node, ...]) -> list[Comment]:
    return [c for n in nodes for c in (n.comment, *walk(n.replies))]


forests = st.integers(1, 60).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, 60), min_size=n, max_size=n), st.lists(st.integers(0, 3), min_size=n, max_size=n)
    )
)


@given(forests, st.sampled_from(Sort), st.integers(1, 20))
def test_pages_cover_the_forest(forest: tuple[list[int], list[int]], sort: Sort, limit: int) -> None:
    """All roots come once and in order; no page is longer than asked; what is folded is counted."""
    rows = Rows(*forest)
    roots: list[int] = []
    after = None
    while True:
        page = build_page(rows, sort, after, limit)
        drawn = walk(page.nodes)
        assert len(drawn) <= limit
        assert all(n.more == n.comment.reply_count - len(n.replies) for n in page.nodes)
        roots += [n.comment.id for n in page.nodes]
        if page.next_cursor is None:
            break
        after = decode(page.next_cursor)
    expected = Rows(*forest)(NO_PARENT, sort, None, 1000)
    assert roots == [c.id for c in expected]


@given(forests, st.sampled_from(Sort))
def test_folds_open_to_the_rest(forest: tuple[list[int], list[int]], sort: Sort) -> None:
    """First replies and the pages behind their fold are all the replies, each once."""
    rows = Rows(*forest)
    for node in build_page(rows, sort, None, 50).nodes:
        met = list(node.replies)
        cursor = node.more_cursor
        while cursor or (node.more and not met):
            page = build_replies(rows, node.comment, sort, decode(cursor) if cursor else None, 4)
            met += page.nodes
            cursor = page.next_cursor
        everyone = rows(node.comment.id, reply_sort(sort), None, 1000)
        assert [n.comment.id for n in met] == [c.id for c in everyone]
        assert all(n.comment.parent_author == "Ada Pell" for n in met)


def test_a_page_reads_no_more_than_it_draws() -> None:
    """A root with a thousand replies costs as many rows as are shown of it."""
    rows = Rows([0] + [1] * 1000, [0] * 1001)
    page = build_page(rows, Sort.NEWEST, None, 50)
    assert len(page.nodes[0].replies) == REPLIES_SHOWN[0]
    assert rows.asked <= 1 + REPLIES_SHOWN[0]
