"""Our own archive: one JSON object a line, in one order and one spelling only.

The first line names the format, the last one counts the lines of each kind and seals all bytes before it
with SHA-256.  Between them come sections, keywords, photos, accounts, stories, related stories, comments
origins (what foreign files called an imported row), and the newsroom's records (reports, decisions, sanctions,
statements, appeals, the ledger, ...), each kind by its key.  Ids are the 13-character texts of the API, times
are unix milliseconds.  HTML is never in it: it is made again from its source.  No session, code or key is in
it either, that anybody could come in with.
"""

from math import isfinite
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from moothall.discussion.model import ReactionKind, State
from moothall.kernel.ids import from_text
from moothall.kernel.limits import IMPORT_ID_CHARS, STORY_BODY_CHARS, URL_CHARS
from moothall.people.model import Role
from moothall.store.native_tables import CARRIED, Cell, Value
from moothall.story.model import Discussion, Moderation

VERSION = 1
_BODY_CHARS = 64_000
# The longest are versions of the standards.
_RECORD_CHARS = 1_000_000
_NUMBER_MAX = 1 << 62

# PostgreSQL cannot hold U+0000.
_SAFE = r"\A[^\x00]*\Z"
Id = Annotated[str, Meta(pattern=r"\A[0-7][0-9a-hjkmnp-tv-z]{12}\Z")]
Word = Annotated[str, Meta(max_length=2_000, pattern=_SAFE)]
# Keys of a table, two at a time: together they fit into an index of PostgreSQL.
Name = Annotated[str, Meta(max_length=300, pattern=_SAFE)]
Source = Annotated[str, Meta(max_length=IMPORT_ID_CHARS + 20, pattern=_SAFE)]
# A stand-in for a missing parent is named by its story and by the parent.
Foreign = Annotated[str, Meta(max_length=2 * IMPORT_ID_CHARS + 20, pattern=_SAFE)]
Slug = Annotated[str, Meta(pattern=r"\A[\w-]{1,200}\Z")]
Address = Annotated[
    str, Meta(min_length=1, max_length=2 * URL_CHARS, pattern=r"\A(?:/|https?://)[^\x00-\x20<>\"]*\Z")
]
Body = Annotated[str, Meta(max_length=_BODY_CHARS, pattern=_SAFE)]
StoryBody = Annotated[str, Meta(max_length=STORY_BODY_CHARS, pattern=_SAFE)]
Ms = Annotated[int, Meta(ge=0, lt=1 << 42)]
Count = Annotated[int, Meta(ge=0, lt=1 << 31)]


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """Any line of the file."""

    order: ClassVar[int] = 0
    """Kinds come in this order."""

    @property
    def kind(self) -> str:
        """The word that the line begins with."""
        return str(type(self).__struct_config__.tag)

    def key(self) -> tuple[str | int, ...]:
        """Lines of one kind rise by it."""
        return ()

    @property
    def which(self) -> str:
        """What tells it from other lines of its kind: its id, or all of its key."""
        return "\0".join(map(str, self.key()))


class Header(Line, frozen=True, forbid_unknown_fields=True, tag="moothall"):
    """The first line."""

    version: int


class SectionLine(Line, frozen=True, forbid_unknown_fields=True, tag="section"):
    """A desk."""

    slug: Slug
    name: Word
    position: Count
    order = 1

    def key(self) -> tuple[str | int, ...]:
        """Its slug."""
        return (self.slug,)


class KeywordLine(Line, frozen=True, forbid_unknown_fields=True, tag="keyword"):
    """A topic."""

    slug: Slug
    name: Word
    order = 2

    def key(self) -> tuple[str | int, ...]:
        """Its slug."""
        return (self.slug,)


class RenditionPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One size of a photo, as JPEG."""

    width: Count
    data: bytes


class PhotoLine(Line, frozen=True, forbid_unknown_fields=True, tag="photo"):
    """A photo with all its sizes."""

    id: Id
    sha256: Annotated[bytes, Meta(min_length=32, max_length=32)]
    width: Count
    height: Count
    made_at_ms: Ms
    renditions: Annotated[tuple[RenditionPart, ...], Meta(max_length=10)]
    order = 3

    def key(self) -> tuple[str | int, ...]:
        """Its id."""
        return (self.id,)


class IdentityPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One proof from outside."""

    issuer: Name
    subject: Name
    claimed_name: Word | None
    claimed_email: Word | None
    made_at_ms: Ms


class AccountLine(Line, frozen=True, forbid_unknown_fields=True, tag="account", omit_defaults=True):
    """A person, with the ways in which they sign in."""

    id: Id
    display_name: Word
    name_key: Word | None
    named: bool
    role: Role
    email: Word | None
    email_sha256: Annotated[bytes, Meta(min_length=32, max_length=32)] | None
    banned_until_ms: Annotated[int, Meta(ge=0, lt=1 << 62)] | None
    ban_reason: Word | None
    made_at_ms: Ms
    identities: Annotated[tuple[IdentityPart, ...], Meta(max_length=100)]
    lang: Annotated[str, Meta(max_length=35, pattern=_SAFE)] = ""
    single_keys: bool = False
    sections: Word = ""
    order = 4

    def key(self) -> tuple[str | int, ...]:
        """Its id."""
        return (self.id,)


class CorrectionPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A note that the story was wrong."""

    id: Id
    text: Word
    at_ms: Ms


class StoryLine(Line, frozen=True, forbid_unknown_fields=True, tag="story"):
    """A story with its corrections; its photo and keywords by name."""

    id: Id
    code: Annotated[str, Meta(pattern=r"\A[0-9a-z]{1,20}\Z")]
    url: Address
    external: bool
    slug: Slug
    lang: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9-]{1,35}\Z")]
    section: Slug
    headline: Word
    standfirst: Word
    byline: Word
    dateline_place: Word
    dateline_agency: Word
    body: StoryBody
    photo: Id | None
    photo_caption: Word
    photo_credit: Word
    photo_alt: Word
    keywords: Annotated[tuple[Slug, ...], Meta(max_length=100)]
    corrections: tuple[CorrectionPart, ...]
    published: bool
    published_at_ms: Ms
    updated_at_ms: Ms | None
    embargo_until_ms: Ms | None
    discussion: Discussion
    closes_at_ms: Ms | None
    moderation: Moderation
    made_at_ms: Ms
    changed_at_ms: Ms
    order = 5

    def key(self) -> tuple[str | int, ...]:
        """Its id."""
        return (self.id,)


class RelatedLine(Line, frozen=True, forbid_unknown_fields=True, tag="related"):
    """A story that an editor pinned beside another."""

    story: Id
    position: Count
    related: Id
    order = 6

    def key(self) -> tuple[str | int, ...]:
        """By story, then as the page shows them."""
        return (self.story, self.position, self.related)


class RevisionPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An earlier text of a comment."""

    revision: Count
    body: Body
    at_ms: Ms


class ReactionPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One reader's answer."""

    account: Id
    kind: ReactionKind
    at_ms: Ms


class CommentLine(Line, frozen=True, forbid_unknown_fields=True, tag="comment", omit_defaults=True):
    """A comment with its earlier texts and its reactions; counts and depth are made again.

    `respect` and `disagree` are those counted beyond the reactions that are listed.
    """

    id: Id
    story: Id
    parent: Id | None
    author: Id
    state: State
    lang: Annotated[str, Meta(max_length=35)] | None
    body: Body
    revision: Count
    edited_at_ms: Ms | None
    removal_rule: Word | None
    revisions: tuple[RevisionPart, ...]
    reactions: tuple[ReactionPart, ...]
    respect: Count = 0
    disagree: Count = 0
    featured: bool = False
    order = 7

    def key(self) -> tuple[str | int, ...]:
        """Its id."""
        return (self.id,)


class OriginLine(Line, frozen=True, forbid_unknown_fields=True, tag="origin"):
    """What a foreign file called a row, so that a later import of it knows the row again."""

    source: Source
    of: Annotated[str, Meta(pattern=r"\A(?:story|comment)\Z")]
    external_id: Foreign
    id: Id
    order = 8

    def key(self) -> tuple[str | int, ...]:
        """By all that names it."""
        return (self.source, self.of, self.external_id)


class RecordLine(Line, frozen=True, forbid_unknown_fields=True, tag="record"):
    """A row of the newsroom's records as it is; `of` names its table, `row` has all its columns in order."""

    of: str
    row: dict[str, Value]
    order = 9

    def key(self) -> tuple[str | int, ...]:
        """By table, then by its key."""
        table = CARRIED[self.of]
        return (table.position, *(value for name in table.key if isinstance(value := self.row[name], str | int)))

    def fault(self) -> str:
        """Why it cannot be a row of its table, or ""."""
        table = CARRIED.get(self.of)
        if table is None:
            return f"there is no table of records called {self.of}"
        if tuple(self.row) != tuple(cell.name for cell in table.cells):
            return "it has other columns than its table"
        wrong = next((cell.name for cell in table.cells if not _fits(cell, self.row[cell.name])), "")
        return f"its {wrong} is not what the table holds" if wrong else ""


def _fits(cell: Cell, value: Value) -> bool:
    if value is None:
        return cell.null
    match cell.kind:
        case "id":
            return isinstance(value, str) and from_text(value) is not None
        case "text":
            fits = isinstance(value, str) and "\0" not in value and len(value) <= _RECORD_CHARS
            return fits and (not cell.values or value in cell.values)
        case "list":
            return isinstance(value, str) and len(value) <= _RECORD_CHARS and _is_list(value)
        case "float":
            return isinstance(value, float) and isfinite(value)
        case _:
            return type(value) is int and -_NUMBER_MAX <= value < _NUMBER_MAX


def _is_list(text: str) -> bool:
    try:
        return isinstance(msgspec.json.decode(text), list)
    except (msgspec.DecodeError, RecursionError):
        return False


class Footer(Line, frozen=True, forbid_unknown_fields=True, tag="end"):
    """The last line: how many lines of each kind there are, and the SHA-256 of all bytes before it."""

    counts: dict[str, int]
    sha256: str
    order = 10


AnyLine = (
    Header
    | SectionLine
    | KeywordLine
    | PhotoLine
    | AccountLine
    | StoryLine
    | RelatedLine
    | CommentLine
    | OriginLine
    | RecordLine
    | Footer
)
KINDS = ("section", "keyword", "photo", "account", "story", "related", "comment", "origin", "record")
