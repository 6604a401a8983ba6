"""Ids in addresses: 13 characters, anything else is nothing."""

from moothall.discussion.model import CommentId, Sort
from moothall.kernel.errors import NotFound, SortUnknown
from moothall.kernel.ids import from_text
from moothall.people.model import AccountId
from moothall.story.model import StoryId


def story_id(text: str) -> StoryId:
    """Raises: NotFound."""
    return StoryId(number_of(text))


def comment_id(text: str) -> CommentId:
    """Raises: NotFound."""
    return CommentId(number_of(text))


def account_id(text: str) -> AccountId:
    """Raises: NotFound."""
    return AccountId(number_of(text))


def sort_of(text: str | None, default: str) -> Sort:
    """Raises: SortUnknown."""
    try:
        return Sort(text or default)
    except ValueError as wrong:
        raise SortUnknown from wrong


def number_of(text: str) -> int:
    """Any id.  Raises: NotFound."""
    value = from_text(text)
    if not value:
        raise NotFound
    return value
