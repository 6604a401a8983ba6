"""Which decision is a label of which attribute: a rule's lines in the standards say so."""

from collections.abc import Sequence

import msgspec

from moothall.moderation.classifier.port import Attribute
from moothall.moderation.standards_model import Rule, Standards

_PHASE = "classifier"


class Settled(msgspec.Struct, frozen=True):
    """A comment on which nobody will decide any more.

    `down` is None for one that stood unreported and undecided long enough; `rule` is the one that was named.
    """

    text: str
    language: str
    down: bool | None
    rule: str | None = None


class Labels:
    """Of one standards document.

    An attribute's label is a decision by a rule with a line for it.  Toxicity, the widest, is labelled by every
    rule that has any such line, and by decisions that name none.  What was taken down by another rule says nothing
    of an attribute: a comment may break two, and people name one.
    """

    def __init__(self, standards: Standards, known: Sequence[Attribute]) -> None:
        self._by_rule = {rule.key: _named(rule, known) for rule in standards.rules}
        cues = {line.cue for line in standards.all_finds if line.phase == _PHASE}
        wide = Attribute.TOXICITY if cues & {"", Attribute.TOXICITY.value} else None
        self.attributes = tuple(
            one for one in known if one is wide or any(one in v for v in self._by_rule.values())
        )

    def of(self, settled: Settled) -> dict[Attribute, bool]:
        """Whether it is what an attribute says; only those that it is a label of."""
        if not settled.down:
            return dict.fromkeys(self.attributes, False)
        named = self._by_rule.get(settled.rule or "", frozenset())
        wide = {Attribute.TOXICITY} if named or settled.rule is None else set()
        return dict.fromkeys((one for one in self.attributes if one in named | wide), True)


def _named(rule: Rule, known: Sequence[Attribute]) -> frozenset[Attribute]:
    cues = {line.cue for line in rule.finds if line.phase == _PHASE}
    return frozenset(one for one in known if "" in cues or one.value in cues)
