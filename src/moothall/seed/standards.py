"""The standards of the demo: those that are shipped, and mild lines for the local scorer."""

_RULE_END = "\n[[rule]]\n"
# By a rule's key: an attribute, from which score on, and what then happens.
# Threats are rare in what it learned from: no score of theirs is high.
_LINES = {
    "civil": ("insult", 0.8, "nudge"),
    "hate": ("identity_attack", 0.5, "hold"),
    "threat": ("threat", 0.4, "hold"),
}
_LINE = '\n[[{table}]]\nphase = "classifier"\ncue = "{cue}"\nat_least = {least}\noutcome = "{outcome}"\n'


def demo_standards(shipped: str) -> str:
    """The shipped document with these lines in it."""
    head, *rules = shipped.split(_RULE_END)
    known = [rule + _line_of(rule) for rule in rules]
    severe = _LINE.format(table="finds", cue="severe_toxicity", least=0.5, outcome="hold")
    return _RULE_END.join([head + severe, *known])


def _line_of(rule: str) -> str:
    for key, (cue, least, outcome) in _LINES.items():
        if rule.startswith(f'key = "{key}"\n'):
            return _LINE.format(table="rule.finds", cue=cue, least=least, outcome=outcome)
    return ""
