"""What a standards document is made of: the words of `standards.toml`, as types."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from moothall.kernel.limits import STANDARDS_TEXT_CHARS, WORD_ENTRY_CHARS

Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Lang = Annotated[str, Meta(pattern=r"^[a-z]{2,3}$")]
Wording = Annotated[str, Meta(min_length=1, max_length=STANDARDS_TEXT_CHARS)]


class Outcome(StrEnum):
    """What happens to a comment in which something was found."""

    PUBLISH = "publish"
    NUDGE = "nudge"
    HOLD = "hold"
    REJECT = "reject"


class Ground(StrEnum):
    """On what a rule rests: the law, or the newsroom's own terms."""

    LAW = "law"
    TERMS = "terms"


class Finds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the verdict table: a phase's finding and what follows from it.

    `cue` is what the phase calls it (a word list, an attribute of a classifier); empty means each.
    `at_least` compares with the finding's value.
    """

    phase: Name
    outcome: Outcome
    cue: Annotated[str, Meta(max_length=40)] = ""
    at_least: Annotated[float, Meta(ge=0, le=1_000_000)] = 0.0


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One numbered rule.  `key` never changes; `titles` and `texts` are by language."""

    key: Name
    index: Annotated[int, Meta(ge=1, le=99)] = msgspec.field(name="number")
    ground: Ground
    dsa: Annotated[str, Meta(pattern=r"^STATEMENT_CATEGORY_[A-Z_]{3,80}$")] = msgspec.field(name="category")
    keyword: Annotated[str, Meta(pattern=r"^KEYWORD_[A-Z_]{3,80}$")]
    titles: Mapping[Lang, Wording] = msgspec.field(name="title")
    texts: Mapping[Lang, Wording] = msgspec.field(name="text")
    examples: Mapping[Lang, tuple[Wording, ...]] = {}
    harsh: bool = False
    """What breaks it is hard to read all day: the console gives each moderator only so much of it an hour."""
    finds: tuple[Finds, ...] = ()

    @property
    def number(self) -> str:
        """The number that readers know."""
        return str(self.index)

    @property
    def title(self) -> str:
        """In the document's own language, which stands first."""
        return next(iter(self.titles.values()))

    @property
    def text(self) -> str:
        """In the document's own language, which stands first."""
        return next(iter(self.texts.values()))

    def worded(self, lang: str) -> "Worded":
        """In a reader's language, or in the document's own where it has no other."""
        spoken = lang if lang in self.titles and lang in self.texts else next(iter(self.titles))
        return Worded(
            key=self.key,
            number=self.number,
            title=self.titles[spoken],
            text=self.texts[spoken],
            lang=spoken,
            examples=self.examples.get(lang, ()),
        )


class Worded(msgspec.Struct, frozen=True):
    """A rule in one language."""

    key: str
    number: str
    title: str
    text: str
    lang: str
    examples: tuple[str, ...] = ()


class WordList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words and phrases of one language; `*` at an end stands for any further letters.  There are no patterns."""

    lang: Lang
    entries: tuple[Annotated[str, Meta(min_length=1, max_length=WORD_ENTRY_CHARS)], ...]


class LinkLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hosts, each with all beneath it."""

    allow: tuple[Annotated[str, Meta(max_length=253)], ...] = ()
    deny: tuple[Annotated[str, Meta(max_length=253)], ...] = ()


class PreModeration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where every comment waits, beside stories that say so themselves."""

    site: bool = False
    sections: tuple[str, ...] = ()


class Standards(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole document, checked."""

    format: Annotated[int, Meta(ge=1, le=1)]
    language: Lang
    rules: Annotated[tuple[Rule, ...], Meta(min_length=1, max_length=99)] = msgspec.field(name="rule")
    finds: tuple[Finds, ...] = ()
    words: Mapping[Name, WordList] = {}
    links: LinkLists = LinkLists()
    pre_moderate: PreModeration = PreModeration()

    @property
    def harsh_rules(self) -> tuple[str, ...]:
        """Keys of the rules whose breaches moderators are given sparingly."""
        return tuple(rule.key for rule in self.rules if rule.harsh)

    @property
    def all_finds(self) -> tuple[Finds, ...]:
        """Every line, of rules and of none."""
        return (*self.finds, *(line for rule in self.rules for line in rule.finds))
