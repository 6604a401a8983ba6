"""What machines read of a story and its comments.  Source: schema.org NewsArticle, Comment,
DiscussionForumPosting; search engines' guide to discussion mark-up asks for nested comments.
"""

from collections.abc import Iterable

import msgspec

from moothall.kernel.clock import to_rfc3339
from moothall.kernel.ids import to_text
from moothall.story.address import page_url
from moothall.story.model import Discussion, LeadPhoto, Story

Json = dict[str, object]


class Publisher(msgspec.Struct, frozen=True):
    """The publication; `url` has no slash at the end."""

    name: str
    url: str


class Contribution(msgspec.Struct, frozen=True):
    """A public comment as machines read it."""

    url: str
    author: str
    text: str
    created_at_ms: int
    respect: int
    replies: tuple["Contribution", ...] = ()
    reply_count: int = 0


def news_article(story: Story, publisher: Publisher, comments: Iterable[Contribution]) -> Json:
    """`NewsArticle` with its first comments nested; where there is no discussion, nothing is said of one."""
    page = page_url(story, publisher.url)
    data: Json = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": page,
        "url": page,
        "mainEntityOfPage": page,
        "headline": story.headline,
        "inLanguage": story.lang,
        "articleSection": story.section.name,
        "datePublished": to_rfc3339(story.published_at_ms),
        "dateModified": to_rfc3339(story.updated_at_ms or story.published_at_ms),
        "publisher": {"@type": "NewsMediaOrganization", "name": publisher.name, "url": f"{publisher.url}/"},
    }
    if story.discussion is not Discussion.OFF:
        data |= {"commentCount": story.comment_count, "discussionUrl": f"{page}#discussion"}
    optional: Json = {
        "description": story.standfirst,
        "author": {"@type": "Person", "name": story.byline} if story.byline else None,
        "dateline": story.dateline_place,
        "keywords": [keyword.name for keyword in story.keywords],
        "image": _image(story.photo, publisher) if story.photo else None,
        "correction": [{"@type": "CorrectionComment", "text": c.text, "datePublished": to_rfc3339(c.at_ms)}
                       for c in story.corrections],
    }  # fmt: skip
    if story.discussion is not Discussion.OFF:
        data |= {"commentCount": story.comment_count, "discussionUrl": f"{page}#discussion"}
        optional["comment"] = [_comment(one) for one in comments]
    return data | {name: value for name, value in optional.items() if value}


def forum_posting(story: Story, publisher: Publisher, comment: Contribution) -> Json:
    """`DiscussionForumPosting` of a permalink page, with its replies nested."""
    posting = _comment(comment)
    return {
        "@context": "https://schema.org",
        **posting,
        "@type": "DiscussionForumPosting",
        "headline": story.headline,
        "isPartOf": {"@type": "NewsArticle", "url": f"{publisher.url}/s/{story.code}"},
    }


def _comment(one: Contribution) -> Json:
    data: Json = {
        "@type": "Comment",
        "url": one.url,
        "author": {"@type": "Person", "name": one.author},
        "dateCreated": to_rfc3339(one.created_at_ms),
        "datePublished": to_rfc3339(one.created_at_ms),
        "text": one.text,
        "upvoteCount": one.respect,
        "commentCount": one.reply_count,
    }
    return data | ({"comment": [_comment(reply) for reply in one.replies]} if one.replies else {})


def _image(photo: LeadPhoto, publisher: Publisher) -> Json:
    return {
        "@type": "ImageObject",
        "url": f"{publisher.url}/media/{to_text(photo.id)}/{photo.widths[-1]}.jpg",
        "width": photo.width,
        "height": photo.height,
        "caption": photo.caption,
        "creditText": photo.credit,
    }
