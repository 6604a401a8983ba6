"""The whole error tree: one stable code each, its HTTP status, and whether a retry helps.

MoothallError
├── Refused (4xx: what was asked cannot be done as asked)
│   ├── Invalid       422  a value is wrong; `field` names it
│   ├── NotFound      404  not there, or not for this reader: the two answer alike
│   ├── Unauthorised  401  sign in first
│   ├── Forbidden     403  signed in, but not allowed
│   ├── Conflict      409  the state of things does not allow it now
│   └── TooMany       429  slower, please
└── Unavailable       503  a dependency is down or full; try again later
"""

from typing import ClassVar


class MoothallError(Exception):
    """Base of all errors with a name.  `text` is the English message; {name}s come from params, {when} from
    {seconds}.  Where it counts {n} things, `one` is what it says of a single one."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    retry: ClassVar[bool] = False
    text: ClassVar[str] = "Something went wrong. Nothing you wrote is lost; please try again."
    one: ClassVar[str] = ""
    field: ClassVar[str | None] = None

    def __init__(self, **params: str | int) -> None:
        if "seconds" in params:
            params["when"] = f"in {params['seconds']} seconds"
        super().__init__(self.text.format(**params) if params else self.text)
        self.params = params


class Refused(MoothallError):
    """The request cannot be done as asked."""

    code, status = "refused", 400
    text = "This request could not be understood."


class Invalid(Refused):
    """A value is wrong."""

    code, status = "invalid", 422
    text = "Please check what you entered."


class InvalidField(Invalid):
    """A named value is missing or malformed."""

    code = "invalid_field"
    text = "“{name}” is missing or not valid."


class BodyEmpty(Invalid):
    code, field = "body_empty", "body"
    text = "Please write something first."


class BodyTooLong(Invalid):
    code, field = "body_too_long", "body"
    text = "Your comment is {over} characters too long. Please shorten it to {limit}."


class NameEmpty(Invalid):
    code, field = "name_empty", "display_name"
    text = "Please choose a name of at least {limit} visible characters."


class NameTooLong(Invalid):
    code, field = "name_too_long", "display_name"
    text = "That name is {over} characters too long. Please shorten it to {limit}."


class NameForbidden(Invalid):
    code, field = "name_forbidden", "display_name"
    text = "That name contains invisible, direction-changing or piled-up characters. Please choose another."


class NameTaken(Invalid):
    code, field = "name_taken", "display_name"
    text = "That name, or one that looks like it, is taken. Please choose another."


class NameReserved(Invalid):
    code, field = "name_reserved", "display_name"
    text = "That name could be taken for the newsroom’s own. Please choose another."


class EmailInvalid(Invalid):
    code, field = "email_invalid", "email"
    text = "That does not look like an e-mail address. Please check it."


class ReasonUnknown(Invalid):
    code, field = "reason_unknown", "reason"
    text = "Please choose a reason."


class TextTooLong(Invalid):
    code = "text_too_long"
    text = "“{name}” is {over} characters too long. Please shorten it to {limit}."


class BadCursor(Invalid):
    code = "bad_cursor"
    text = "This page address is damaged. Please start again from the first page."


class SortUnknown(Invalid):
    code, field = "sort_unknown", "sort"
    text = "This order does not exist. Choose newest, oldest, replies or respected."


class PhotoInvalid(Invalid):
    code, field = "photo_invalid", "photo"
    text = "This file is not a photo that can be used. Send JPEG, PNG or WebP."


class PhotoTooLarge(Invalid):
    code, field, status = "photo_too_large", "photo", 413
    text = "This photo is too large. At most {limit} MB and {megapixels} megapixels, please."


class RequestTooLarge(Invalid):
    code, status = "request_too_large", 413
    text = "That is too much in one request. At most {limit} bytes, please."


class KeyReused(Invalid):
    code = "idempotency_key_reused"
    text = "This key was already used for another text. Please send again with a new key."


class NotFound(Refused):
    code, status = "not_found", 404
    text = "There is nothing at this address."


class Unauthorised(Refused):
    code, status = "unauthorised", 401
    text = "Please sign in to do this."


class SessionExpired(Unauthorised):
    code = "session_expired"
    text = "You have been signed out. Please sign in again; your text is kept."


class KeyInvalid(Unauthorised):
    code = "key_invalid"
    text = "This needs a valid newsroom key."


class Forbidden(Refused):
    code, status = "forbidden", 403
    text = "You may not do this."


class HostUnknown(Forbidden):
    code = "host_unknown"
    text = "Discussions of this site are not embedded at “{host}”. Please sign in on this site itself."


class ForgedRequest(Forbidden):
    code = "forged_request"
    text = "This request did not come from this site. Please reload the page and try again."


class Banned(Forbidden):
    code = "banned"
    text = "Your account may not take part in discussions. Reason: {reason}"


class NameNeeded(Forbidden):
    code = "name_needed"
    text = "Please choose a display name first."


class Blocked(Forbidden):
    code = "blocked"
    text = "You can’t reply to this reader."


class OwnComment(Forbidden):
    code = "own_comment"
    text = "You can’t do this with your own comment."


class SecondFactorNeeded(Forbidden):
    code = "second_factor_needed"
    text = "Please prove your second factor first."


class OtherSection(Forbidden):
    code = "other_section"
    text = "Your role is for other sections of this site."


class OwnRole(Forbidden):
    code = "own_role"
    text = "You can’t change your own role. Another administrator can."


class SamePerson(Forbidden):
    code = "same_person"
    text = "Somebody else has to decide this: you took the first decision, or it is your own case."


class NoticesRefused(Forbidden):
    """Source: Regulation (EU) 2022/2065, Article 23 (2)."""

    code = "notices_refused"
    text = "Several of your notices were plainly unfounded, after a warning. You can send one again later."


class EditWindowClosed(Forbidden):
    code = "edit_window_closed"
    text = "A comment can be edited for {minutes} minutes after posting. You can still withdraw it."


class Conflict(Refused):
    code, status = "conflict", 409
    text = "This has changed meanwhile. Please reload the page."


class TextChanged(Conflict):
    """A decision on a text that its author changed after it was read."""

    code = "text_changed"
    text = "Its author changed the text meanwhile. Please read it again and decide."


class AlreadyDecided(Conflict):
    code = "already_decided"
    text = "Somebody else decided on this meanwhile. Please look at it again."


class Claimed(Conflict):
    code = "claimed"
    text = "{name} is working on this comment just now."


class AppealClosed(Conflict):
    code = "appeal_closed"
    text = "A decision can be appealed for six months. That time is over."


class AppealFinal(Conflict):
    code = "appeal_final"
    text = "This was decided on appeal and cannot be appealed again here."


class DiscussionClosed(Conflict):
    code = "discussion_closed"
    text = "This discussion is closed. Comments can still be read."


class StoryEmbargoed(Conflict):
    code = "story_embargoed"
    text = "This story is not published yet."


class ParentGone(Conflict):
    code = "parent_gone"
    text = "The comment you reply to is no longer there. Your text is kept."


class ParentForeign(Conflict):
    code = "parent_foreign"
    text = "The comment you reply to belongs to another story."


class IdentityTaken(Conflict):
    code = "identity_taken"
    text = "This way of signing in already belongs to another account."


class IdentityLast(Conflict):
    code = "identity_last"
    text = "This is your only way of signing in. Add another before you remove it."


class KeyNameTaken(Conflict):
    code, field = "key_name_taken", "name"
    text = "There is a key of this name. Revoke it first, or choose another name."


class LastAdministrator(Conflict):
    code = "last_administrator"
    text = "This is the last administrator. Make somebody else one first."


class BlockedSelf(Conflict):
    code = "blocked_self"
    text = "You can’t block yourself."


class FormatUnknown(NotFound):
    """Only JSON is offered.  Source: oEmbed 1.0, 2.3.2: answer 501."""

    code, status = "format_unknown", 501
    text = "Only format=json is offered."


class NotYours(NotFound):
    """Another's comment looks as if it were not there."""


class SigninFailed(Refused):
    code, status = "signin_failed", 400
    text = "This sign-in did not work or has expired. Please start again."


class ProviderFailed(MoothallError):
    """An identity provider is down or answers nonsense; nobody was signed in."""

    code, status, retry = "provider_failed", 502, True
    text = "{name} could not be reached. Please try again, or sign in another way."


class SecondFactorWrong(Invalid):
    code, field = "second_factor_wrong", "code"
    text = "That code is not right, or was used before. Please type the next one."


class CodeWrong(Invalid):
    code, field = "code_wrong", "code"
    one = "That code is not right. Please check it; {n} try is left."
    text = "That code is not right. Please check it; {n} tries are left."


class NudgeFirst(Conflict):
    """Asked once before publishing; the same again with `nudge` as its answer is published."""

    code, field = "nudge", "body"
    text = "“{words}” may break our rules. Change it, or post it again as it is."


class StandardsInvalid(Invalid):
    """A standards document that cannot come into force; the one before it stays."""

    code, field = "standards_invalid", "source"
    text = "Line {line}, {path}: {reason}"


class TooMany(Refused):
    code, status, retry = "too_many_requests", 429, True
    text = "That was a little fast. Please try again {when}."


class Unavailable(MoothallError):
    code, status, retry = "unavailable", 503, True
    text = "We can’t save anything right now. Please try again in a moment; your text is kept."


class StoreFull(Unavailable):
    code = "store_full"
    text = "We can’t save anything right now: the disk is full. Reading still works; please try again later."


class Overloaded(Unavailable):
    code = "overloaded"
    text = "Many people are writing at this moment. Please try again {when}."


class StoreLocked(MoothallError):
    """At start: another server has the database open."""

    code = "store_locked"
    text = "Another Moothall server has {path} open. Stop it first, or give this one its own DATA folder."


class StoreDamaged(MoothallError):
    """At start: the database is not readable."""

    code = "store_damaged"
    text = "The database {path} is damaged: {detail} Restore a backup with `moothall restore`."


class ImportRefused(Refused):
    """A file that cannot be imported; nothing was changed."""

    code = "import_refused"
    text = "This file cannot be imported, and nothing was changed: {detail}"


class StoreNewer(MoothallError):
    """At start: a newer version of Moothall has changed the tables."""

    code = "store_newer"
    text = "This database is at {current}, newer than this version of Moothall knows ({newest}). Upgrade Moothall."


class StoreOlder(MoothallError):
    """In a dry run: the tables are those of an earlier version, and are not to be changed."""

    code = "store_older"
    text = "This database is at {current}; this version of Moothall needs {newest}. Run `moothall migrate` first."
