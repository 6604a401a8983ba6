"""Report a comment with a reason."""

from moothall.discussion.model import CommentId, Report, ReportReason, State
from moothall.discussion.post_comment import Parts
from moothall.kernel.errors import NotFound, OwnComment, ReasonUnknown, TextTooLong
from moothall.kernel.limits import REPORT_TEXT_GRAPHEMES
from moothall.kernel.text import clean, graphemes
from moothall.people.model import AccountId


async def report_comment(
    parts: Parts,
    comment_id: CommentId,
    *,
    reporter: str,
    account_id: AccountId | None,
    reason: str,
    text: str,
) -> None:
    """Keep a report.

    Args:
        reporter: who reports, once each: the account's id, or a digest of the address.

    Raises: NotFound, OwnComment, ReasonUnknown, TextTooLong.
    """
    if reason not in {known.value for known in ReportReason}:
        raise ReasonUnknown
    text = clean(text)
    over = graphemes(text) - REPORT_TEXT_GRAPHEMES
    if over > 0:
        raise TextTooLong(name="text", over=over, limit=REPORT_TEXT_GRAPHEMES)
    comment = await parts.store.get(comment_id)
    if comment.state is not State.LIVE:
        raise NotFound
    if account_id is not None and comment.author.id == account_id:
        raise OwnComment
    report = Report(comment_id, account_id, ReportReason(reason), text, parts.clock())
    await parts.store.report(report, reporter)
