"""docs/reference/rights.md"""

from moothall.people.role import IN_SECTIONS, RIGHTS, SITE_WIDE, Right
from scripts.reference.markdown import code, table, top

_ABOUT = """\
A role has all that the roles to its left have. Which right an address asks for is the column *For* of
[http.md](http.md); a test compares that with what the application answers.

A moderator or an editor may be *of certain sections* (`/console/people`, or `moothall role` with `--section`). The
last column says what is then left of a right: `there`, in these sections alone; `yes`, everywhere, as it is the
person's own; `no`, nowhere, as it is about accounts, appeals or the site as a whole."""


def page() -> str:
    """Roles and rights."""
    rows = [
        (code(right.value), *("yes" if right in RIGHTS[role] else "" for role in RIGHTS), _reach(right))
        for right in Right
    ]
    columns = ("Right", *(role.value for role in RIGHTS), "of certain sections")
    return top("Rights", "src/moothall/people/role.py", _ABOUT) + "\n" + table(columns, rows)


def _reach(right: Right) -> str:
    """What is left of a right when its role is for certain sections."""
    if right in SITE_WIDE:
        return "no"
    return "there" if right in IN_SECTIONS else "yes"
