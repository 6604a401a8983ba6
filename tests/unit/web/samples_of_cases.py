"""Samples of what people are owed for decisions: statements, appeals, notices, the ledger."""

from collections.abc import Iterator

from moothall.discussion.model import Comment
from moothall.moderation.appeal import Appeal, AppealOutcome
from moothall.moderation.ledger import GENESIS, Receipt, canonical, chained
from moothall.moderation.notice import Notice, NoticeOutcome
from moothall.moderation.statement import Reasons, Restriction, Source, Statement, breach_of
from moothall.people.model import Account
from moothall.web.console.tabs import tabs
from moothall.web.pages import view_cases, view_notice
from moothall.web.pages.ledger import entry_page
from moothall.web.pages.view import Frame
from moothall.web.pages.view_statement import Case, statement_page
from moothall.web.render import Context


def cases(theirs: Frame, staff: Frame, said: Comment, hostile: str) -> Iterator[tuple[str, Context]]:
    """Each template with all that it can show, in hostile words."""
    account = theirs.viewer.account
    assert account is not None
    made = _statement(account, said, hostile, theirs.now_ms)
    receipt = Receipt(7, "f" * 64)
    waiting = Appeal(id=3, statement_id=made.id, account_id=account.id, reason=hostile, at_ms=theirs.now_ms)
    ruled = Appeal(id=3, account_id=account.id, reason="", at_ms=1, outcome=AppealOutcome.PARTLY, note=hostile)
    yield (
        "statement.html",
        statement_page(theirs, made, Case(hostile, None, receipt), error="Too long.", reason=hostile),
    )
    yield "statement.html", statement_page(theirs, made, Case("", ruled, None))
    notice = _notice(said, hostile, theirs.now_ms)
    typed = {"breach": "VIOLENCE", "explanation": hostile, "legal_reference": hostile, "name": hostile,
             "email": hostile, "good_faith": "1"}  # fmt: skip
    yield "notice.html", view_notice.notice_page(theirs, said, typed, error="Check it.")
    yield (
        "receipt.html",
        view_notice.receipt_page(theirs, notice, "code", appeal=None, warned=True, error="Check it."),
    )
    yield "receipt.html", view_notice.receipt_page(theirs, notice, "code", appeal=ruled, warned=False)
    places = {"tabs": tabs(staff.words, "appeals", {"appeals": 26})}
    case = Case(hostile, waiting, receipt)
    yield "cases.html", {**view_cases.appeals_page(staff, [waiting] * 26), **places}
    yield "cases.html", {**view_cases.notices_page(staff, []), **places}
    yield "case.html", {**view_cases.appeal_case(staff, waiting, made, case, error="No."), **places}
    yield "case.html", {**view_cases.notice_case(staff, view_cases.Told(notice, hostile)), **places}
    entry = chained(GENESIS, seq=1, at_ms=theirs.now_ms, kind="hold", payload=canonical({"note": hostile}))
    yield "ledger.html", entry_page(theirs, entry, None, ("salt", {"note": hostile}))
    yield "ledger.html", entry_page(theirs, entry, entry, None)


def _statement(account: Account, said: Comment, hostile: str, now_ms: int) -> Statement:
    ground, breach, keyword = breach_of("law")
    return Statement(
        id=5, account_id=account.id, comment_id=said.id, story_id=said.story_id, restriction=Restriction.REMOVED,
        reasons=Reasons(rule="law", note=hostile, source=Source.TRUSTED, found_by_machine=True, spans=((1, 4),)),
        ground=ground, breach=breach, keyword=keyword, lang="en", said_at_ms=now_ms, until_ms=now_ms + 1,
        at_ms=now_ms, ended_at_ms=now_ms,
    )  # fmt: skip


def _notice(said: Comment, hostile: str, now_ms: int) -> Notice:
    return Notice(
        id=6, comment_id=said.id, account_id=None, sender="address:1", breach="VIOLENCE", explanation=hostile,
        legal_reference=hostile, name=hostile, email="bo@reed.example", lang="en", at_ms=now_ms, trusted=True,
        outcome=NoticeOutcome.UNFOUNDED, note=hostile, decided_at_ms=now_ms,
    )  # fmt: skip
