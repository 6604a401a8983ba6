"""What the newsroom publishes: the site, its sections, stories, keywords and photos."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from moothall.store.tables.base import Big, id_column, metadata, number, one_of, when, words

site = Table(
    "site",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

section = Table(
    "section",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("name", Text, nullable=False),
    number("position"),
)

story = Table(
    "story",
    metadata,
    id_column(),
    Column("code", Text, nullable=False, unique=True),
    Column("url", Text, nullable=False, unique=True),
    number("external"),
    Column("slug", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("section_slug", Text, ForeignKey("section.slug"), nullable=False),
    Column("headline", Text, nullable=False),
    words("standfirst"),
    words("byline"),
    words("dateline_place"),
    words("dateline_agency"),
    words("body"),
    words("body_html"),
    Column("photo_id", Big, nullable=True),
    words("photo_caption"),
    words("photo_credit"),
    words("photo_alt"),
    number("published"),
    when("published_at_ms"),
    when("updated_at_ms", null=True),
    when("embargo_until_ms", null=True),
    Column("discussion", Text, nullable=False),
    when("closes_at_ms", null=True),
    Column("moderation", Text, nullable=False),
    number("comment_count"),
    Column("newest_comment", Big, nullable=False, server_default="0"),
    Column("version", Big, nullable=False, server_default="0"),
    when("made_at_ms"),
    when("changed_at_ms"),
    one_of("discussion", "open", "closed", "off"),
    one_of("moderation", "pre", "post"),
    Index("ix_story_front", "published", "published_at_ms"),
    Index("ix_story_section", "section_slug", "published", "published_at_ms"),
)

keyword = Table(
    "keyword",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("name", Text, nullable=False),
)

story_keyword = Table(
    "story_keyword",
    metadata,
    Column("story_id", Big, ForeignKey("story.id"), primary_key=True),
    Column("keyword_slug", Text, ForeignKey("keyword.slug"), primary_key=True, index=True),
    number("position"),
)

story_related = Table(
    "story_related",
    metadata,
    Column("story_id", Big, ForeignKey("story.id"), primary_key=True),
    Column("related_id", Big, ForeignKey("story.id"), primary_key=True),
    number("position"),
)

correction = Table(
    "correction",
    metadata,
    id_column(),
    Column("story_id", Big, ForeignKey("story.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    when("at_ms"),
)

photo = Table(
    "photo",
    metadata,
    id_column(),
    Column("sha256", LargeBinary, nullable=False, unique=True),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    words("widths"),
    words("caption"),
    words("credit"),
    words("alt"),
    when("made_at_ms"),
)

photo_rendition = Table(
    "photo_rendition",
    metadata,
    Column("photo_id", Big, ForeignKey("photo.id"), primary_key=True),
    Column("width", Integer, primary_key=True),
    Column("mime", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)
