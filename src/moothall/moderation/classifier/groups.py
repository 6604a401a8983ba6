"""Words by which people name a group.  The scorer is blind to them: which group is named moves no score."""

import re

# Neutral names only.  A slur is not a name: it keeps its weight.
_GROUPS_TEXT = """
aboriginal african african-american afro american amish arab armenian asian asylum-seeker atheist australian
bisexual black blind brazilian british brown buddhist canadian caribbean catholic caucasian chinese christian
cuban deaf disabled dutch dyslexic egyptian elderly ethiopian european evangelical female feminist filipino
foreigner french gay german greek gypsy haitian hebrew heterosexual hindu hispanic homeless homosexual
hungarian immigrant indian indigenous indonesian iranian iraqi irish islamic israeli italian jamaican japanese
jew jewish kenyan korean kurd kurdish latina latino latinx lebanese lesbian lgbt lgbtq lgbtqia male mexican
mennonite middle-eastern migrant millennial moroccan mormon muslim native nigerian nonbinary non-binary old
older pakistani palestinian paralysed paralyzed persian polish portuguese protestant puerto-rican queer
refugee roma romani romanian russian scottish sikh somali spanish straight swedish syrian taoist teenage trans
transgender transsexual transgendered traveller turkish turk ukrainian veteran vietnamese welsh white young
younger
"""
GROUPS = _GROUPS_TEXT.split()
_PLURAL = ("woman", "women"), ("man", "men"), ("girl", "girls"), ("boy", "boys")
_WORDS = sorted({*GROUPS, *(word for pair in _PLURAL for word in pair), "lady", "ladies", "islam", "judaism"})
_GROUP = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + r")(?:e?s)?\b")
STANDS_FOR = "\x1a"


def blind(plain: str) -> str:
    """Each name of a group as so many of one sign: as long as before."""
    return _GROUP.sub(lambda found: STANDS_FOR * len(found.group()), plain)
