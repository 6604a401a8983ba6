"""What machines read of a story and its comments."""

from msgspec.structs import replace

from moothall.story.metadata import Contribution, Publisher, forum_posting, news_article
from moothall.story.model import (
    Correction,
    Discussion,
    Keyword,
    LeadPhoto,
    Moderation,
    PhotoId,
    Section,
    Story,
    StoryId,
)

PAPER = Publisher("The Courier", "https://courier.example")
NOON_MS = 1_795_000_000_000
STORY = Story(
    id=StoryId(1), code="bcdfgh", slug="جسر", url="/city/جسر-bcdfgh", external=False, lang="en",
    section=Section("city", "City"), headline="Old bridge to close", standfirst="", byline="",
    dateline_place="", dateline_agency="", body="", body_html="", photo=None, keywords=(), corrections=(),
    published=True, published_at_ms=NOON_MS, updated_at_ms=None, embargo_until_ms=None,
    discussion=Discussion.OPEN, closes_at_ms=None, moderation=Moderation.POST, comment_count=2,
    newest_comment=0, version=0,
)  # fmt: skip
REPLY = Contribution("https://courier.example/c/2", "Ben", "Nineteen.", NOON_MS, 0)
COMMENT = Contribution("https://courier.example/c/1", "Ada", "Eleven?", NOON_MS, 3, (REPLY,), 1)


def test_a_bare_story_says_no_more_than_it_has() -> None:
    """Nothing empty; the address as programs write it; never updated is as published."""
    data = news_article(STORY, PAPER, ())
    assert data["url"] == "https://courier.example/city/%D8%AC%D8%B3%D8%B1-bcdfgh"
    assert data["discussionUrl"] == f"{data['url']}#discussion"
    assert data["dateModified"] == data["datePublished"] == "2026-11-18T11:06:40Z"
    assert not {"author", "image", "comment", "correction", "keywords", "dateline", "description"} & set(data)


def test_a_full_story_says_all_of_it() -> None:
    """Author, place, words, picture with its rights, and that it was wrong."""
    photo = LeadPhoto(PhotoId(32), 1600, 1067, (480, 960, 1600), "The bridge.", "A. Photographer", "A bridge")
    full = replace(
        STORY, byline="A Reporter", standfirst="Repairs.", dateline_place="Harrowgate", photo=photo,
        keywords=(Keyword("bridges", "Bridges"),), corrections=(Correction("It was 1911.", NOON_MS),),
        updated_at_ms=NOON_MS + 60_000,
    )  # fmt: skip
    data = news_article(full, PAPER, ())
    assert data["author"] == {"@type": "Person", "name": "A Reporter"}
    assert (data["dateline"], data["keywords"], data["description"]) == ("Harrowgate", ["Bridges"], "Repairs.")
    assert data["image"] == {
        "@type": "ImageObject", "url": "https://courier.example/media/0000000000010/1600.jpg",
        "width": 1600, "height": 1067, "caption": "The bridge.", "creditText": "A. Photographer",
    }  # fmt: skip
    assert data["dateModified"] == "2026-11-18T11:07:40Z"
    assert data["correction"] == [
        {"@type": "CorrectionComment", "text": "It was 1911.", "datePublished": "2026-11-18T11:06:40Z"}
    ]


def test_comments_are_nested_as_they_were_answered() -> None:
    """A reply stands in what it answers."""
    (first,) = news_article(STORY, PAPER, [COMMENT])["comment"]  # type: ignore[misc]
    assert (first["text"], first["upvoteCount"], first["commentCount"]) == ("Eleven?", 3, 1)
    assert [reply["author"]["name"] for reply in first["comment"]] == ["Ben"]
    assert "comment" not in first["comment"][0]


def test_where_no_discussion_is_none_is_told_of() -> None:
    """An editor who switched it off took its comments from search engines too."""
    data = news_article(replace(STORY, discussion=Discussion.OFF), PAPER, [COMMENT])
    assert not {"comment", "commentCount", "discussionUrl"} & set(data)
    closed = news_article(replace(STORY, discussion=Discussion.CLOSED), PAPER, [COMMENT])
    assert {"comment", "commentCount", "discussionUrl"} <= set(closed)


def test_a_permalink_is_a_posting_of_its_story() -> None:
    """The comment as a posting, its replies beneath, the story around it."""
    data = forum_posting(STORY, PAPER, COMMENT)
    assert (data["@type"], data["headline"], data["text"]) == ("DiscussionForumPosting", STORY.headline, "Eleven?")
    assert data["isPartOf"] == {"@type": "NewsArticle", "url": "https://courier.example/s/bcdfgh"}
    assert len(data["comment"]) == 1  # type: ignore[arg-type]


def test_a_story_elsewhere_is_read_there() -> None:
    """Its own address, not ours."""
    there = replace(STORY, external=True, url="https://paper.example/a")
    assert news_article(there, PAPER, ())["@id"] == "https://paper.example/a"
