"""Ids in addresses: 13 characters, anything else is nothing."""

from moothall.discussion.model import CommentId, Sort
from moothall.kernel.errors import NotFound, SortUnknown
from moothall.kernel.ids import from_text
from moothall.people.model import AccountId
from moothall.story.model import StoryId


def story_id(text: str) -> StoryId:
    """Raises: NotFound."""
    return StoryId(_number(text))


def comment_id(text: str) -> CommentId:
    """Raises: NotFound."""
    return CommentId(_number(text))


def account_id(text: str) -> AccountId:
    """Raises: NotFound."""
    return AccountId(_number(text))


def sort_of(text: str | None, default: str) -> Sort:
    """Raises: SortUnknown."""
    try:
        return Sort(text or default)
    except ValueError as wrong:
        raise SortUnknown from wrong


def _number(text: str) -> int:
    value = from_text(text)
    if not value:
        raise NotFound
    return value
