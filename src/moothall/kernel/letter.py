"""A mail to be sent."""

import msgspec


class Letter(msgspec.Struct, frozen=True):
    """One mail to one address.  `id` also orders them; `html` may be empty."""

    id: int
    recipient: str
    subject: str
    text: str
    html: str = ""


class QueuedLetter(msgspec.Struct, frozen=True):
    """A letter in the outbox.  `failure` is the server's last refusal."""

    letter: Letter
    tries: int
    due_at_ms: int
    sent_at_ms: int | None = None
    failure: str | None = None
