"""Why a file or one of its rows is not taken: stable codes, and what each says to a person."""

from enum import StrEnum


class FileFault(StrEnum):
    """The whole file is refused, and nothing is changed."""

    EMPTY = "empty_file"
    NOT_THIS_FORMAT = "not_this_format"
    JUNK = "junk_before_start"
    NOT_WELL_FORMED = "not_well_formed"
    TRUNCATED = "truncated"
    ENCODING = "wrong_encoding"
    CONTROL_CHARACTER = "control_character"
    DOCTYPE = "doctype_refused"
    TOO_LARGE = "too_large"
    BOMB = "unpacks_too_large"
    PACKING = "damaged_packing"
    ONE_FILE = "archive_needs_one_file"
    DIGEST = "digest_wrong"
    ORDER = "out_of_order"
    REFERENCE = "bad_reference"
    CYCLE = "reply_cycle"
    TAKEN = "id_taken"
    VERSION = "unknown_version"


class Refusal(StrEnum):
    """A row that was meant to be taken and cannot be."""

    NO_ID = "missing_id"
    LONG_ID = "id_too_long"
    DUPLICATE_ID = "duplicate_id"
    BAD_VALUE = "bad_value"
    BAD_DATE = "bad_date"
    FUTURE_DATE = "date_in_future"
    NO_LINK = "story_without_link"
    BAD_LINK = "bad_link"
    STORY_MISSING = "story_missing"
    STORY_REFUSED = "story_refused"
    FOREIGN_PARENT = "foreign_parent"
    CYCLE = "reply_cycle"
    EMPTY_BODY = "empty_body"
    LONG_BODY = "body_too_long"
    LONG_STORY = "story_too_long"


class Skip(StrEnum):
    """A row that is left out on purpose."""

    NO_COMMENTS = "story_without_comments"
    STORY_DELETED = "story_deleted"
    STORY_HIDDEN = "story_not_public"
    PINGBACK = "pingback"
    NOT_A_COMMENT = "not_a_comment"
    REPEATED = "repeated_row"
    SPAM = "spam"


MEANING: dict[Refusal | Skip, str] = {
    Refusal.NO_ID: "The row has no id, so a second import could not know it again.",
    Refusal.LONG_ID: "An id in the row is longer than any system’s ids are.",
    Refusal.DUPLICATE_ID: "An earlier row has the same id and says something else.",
    Refusal.BAD_VALUE: "A yes-or-no value is neither.",
    Refusal.BAD_DATE: "The time is missing or cannot be read.",
    Refusal.FUTURE_DATE: "The time lies in the future.",
    Refusal.NO_LINK: "The story has no address.",
    Refusal.BAD_LINK: "The story’s address is not an http or https address.",
    Refusal.STORY_MISSING: "The story that the comment names is not in the file.",
    Refusal.STORY_REFUSED: "The story was refused, and its comments with it.",
    Refusal.FOREIGN_PARENT: "The comment answers a comment of another story.",
    Refusal.CYCLE: "The comment is in, or beneath, a circle of replies.",
    Refusal.EMPTY_BODY: "Nothing is left of the text once it is cleaned.",
    Refusal.LONG_BODY: "The text is longer than any comment may be.",
    Refusal.LONG_STORY: "The story’s text is longer than any story may be.",
    Skip.NO_COMMENTS: "Nobody commented on it.",
    Skip.STORY_DELETED: "The story was deleted where it came from.",
    Skip.STORY_HIDDEN: "The story was a draft, private, or behind a password.",
    Skip.PINGBACK: "A machine’s notice of a link, not a comment.",
    Skip.NOT_A_COMMENT: "A note of another kind, such as a shop’s order note.",
    Skip.REPEATED: "The same row stands in the file twice.",
    Skip.SPAM: "Marked as spam, and --without-spam was given.",
}
