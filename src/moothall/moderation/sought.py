"""What a moderator looks for among all comments."""

import msgspec


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """Empty texts leave nothing out.

    `text` is part of a comment, `author` the beginning of a name, `state` and `rule` as they are stored,
    `story` a short-link code.
    """

    text: str = ""
    author: str = ""
    state: str = ""
    rule: str = ""
    story: str = ""

    @property
    def anything(self) -> bool:
        """Whether something was asked for."""
        return bool(self.text or self.author or self.state or self.rule or self.story)
