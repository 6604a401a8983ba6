"""The yearly report: eleven tables in the EU's template.  Rates lie in 0 to 1, medians are hours.

Blank is what a program cannot know: orders of authorities, disputes outside, what the newsroom tells in words.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

import msgspec

from moothall.kernel.limits import HOUR_MS
from moothall.moderation import eu_template as eu
from moothall.moderation.appeal import AppealOutcome
from moothall.moderation.eu_statement import ACCOUNT, PROVISION, VISIBILITY, is_restriction
from moothall.moderation.notice import Notice
from moothall.moderation.second_review import ALL_CHECKS, PEOPLE, Quality, Share
from moothall.moderation.standards_model import Ground
from moothall.moderation.statement import Restriction, Source, Statement

Rows = list[list[str]]

_MEASURED: dict[Restriction, str] = {
    Restriction.HELD: eu.DISABLED,
    Restriction.REJECTED: eu.REMOVED,
    Restriction.REMOVED: eu.REMOVED,
    Restriction.DISCUSSION_CLOSED: eu.INTERACTION,
    Restriction.DISCUSSION_HELD: eu.INTERACTION,
    Restriction.SLOWED: eu.PROVISION_SUSPENDED,
    Restriction.PRE_MODERATED: eu.PROVISION_SUSPENDED,
    Restriction.SUSPENDED: eu.ACCOUNT_SUSPENDED,
    Restriction.BANNED: eu.ACCOUNT_TERMINATED,
}

_TURNED = frozenset({AppealOutcome.PARTLY, AppealOutcome.REVERSED})


class Ruled(msgspec.Struct, frozen=True):
    """An appeal of the period; `restriction` None for one against a notice's outcome, which may be `trusted`."""

    restriction: Restriction | None
    outcome: AppealOutcome | None
    at_ms: int
    decided_at_ms: int | None
    trusted: bool = False


class Cases(msgspec.Struct, frozen=True):
    """Notices and appeals of the period."""

    notices: Sequence[Notice] = ()
    ruled: Sequence[Ruled] = ()


class Period(msgspec.Struct, frozen=True):
    """First and last day, YYYY-MM-DD."""

    first: str
    last: str

    @property
    def text(self) -> str:
        return f"{self.first}/{self.last}"


class Tally:
    """Counts statements as they come, so that a year of them needs no memory."""

    def __init__(self) -> None:
        self.own: Counter[tuple[Ground, str, str, str]] = Counter()
        self.acted: Counter[tuple[str, str, Ground, bool]] = Counter()
        self.automated: Counter[tuple[Source, bool]] = Counter()
        self.by_check: Counter[tuple[str, bool]] = Counter()

    def add(self, made: Statement) -> None:
        """Count one statement; warnings are no measures."""
        if not is_restriction(made):
            return
        source = made.reasons.source
        for phase in made.reasons.phases:
            self.by_check[phase, made.reasons.decided_by_machine] += 1
        self.automated[source, made.reasons.decided_by_machine] += 1
        if source in {Source.NOTICE, Source.TRUSTED}:
            self.acted[made.breach, made.keyword, made.ground, source is Source.TRUSTED] += 1
            return
        columns = [eu.MEASURES, _MEASURED[made.restriction]]
        if made.reasons.decided_by_machine:
            columns.append(eu.AUTOMATED)
        for column in columns:
            self.own[made.ground, made.breach, made.keyword, column] += 1

    def solely(self, *sources: Source, machine: bool) -> str:
        """Measures that came of one of some sources, decided by a program or not."""
        return str(sum(self.automated[source, machine] for source in sources))


def report(
    tally: Tally, cases: Cases, qualities: Sequence[Quality] = (), *, service: str, period: Period
) -> Mapping[str, Rows]:
    """Each file's rows, its header first, by its name without ending.

    Args:
        qualities: what second reviews say of each automated means; without them those fields stay blank.
    """

    def led(applicability: str, rows: Iterable[Sequence[str]]) -> Rows:
        return [[applicability, service, period.text, *row] for row in rows]

    appeals = _appeals(cases.ruled, tally)
    described = {eu.ERRORS: error_indicators(qualities)}
    bodies: dict[str, Rows] = {
        "1_summary": [[eu.ALL, service, *row] for row in _identification(service, period)],
        "2_categories_names": _names(),
        "3_member_states_orders": led(eu.ALL, _orders()),
        "4_notices": led(eu.HOSTING, _notices(cases.notices, tally)),
        "5_own_initiative_illegal": led(eu.ALL, _own(Ground.LAW, eu.CATEGORIES, tally)),
        "6_own_initiative_TC": led(eu.ALL, _own(Ground.TERMS, eu.CATEGORIES | eu.OF_TERMS, tally)),
        # Whoever stores what others say tells how many complaints there were, and only platforms the rest.
        "7_appeals_and_recidivism": [*led(eu.ALL, appeals[:1]), *led(eu.PLATFORMS, appeals[1:])],
        "8_automated_means": _automated_means(led, tally, qualities),
        "9_human_resources": [],
        "10_AMAR": [],
        "11_qualitative": led(eu.ALL, ([one, described.get(one, "")] for one in eu.DESCRIBED)),
    }
    return {name: [list(eu.HEADERS[name]), *rows] for name, rows in bodies.items()}


def _identification(service: str, period: Period) -> Rows:
    known = dict(zip(eu.IDENTIFICATION, (service, "", "", period.first, period.last), strict=True))
    return [[name, value] for name, value in known.items()]


def _names() -> Rows:
    """What the words of the tables mean; the newsroom may describe them further."""
    rows: Rows = []
    for breach, keywords in {**eu.CATEGORIES, **eu.OF_TERMS}.items():
        rows.append([_label(breach), "", f"STATEMENT_CATEGORY_{breach}", ""])
        rows += [[_label(one), "", f"KEYWORD_{one}", ""] for one in (*keywords, eu.OTHER)]
    return rows


def _orders() -> Rows:
    blank = ["", eu.EVERYTHING, *[""] * (2 * len(eu.ORDER_COLUMNS))]
    cells = [*_cells(eu.CATEGORIES), (eu.NOT_SPECIFIED_ORDER, "")]
    return [[_named(*cell), *blank] for cell in cells]


def _cells(breaches: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Category and keyword of each row in order: all of them first, then each category before its keywords."""
    found = [("", "")]
    for breach, keywords in breaches.items():
        found += [(breach, ""), *((breach, one) for one in (*keywords, eu.OTHER))]
    return found


def _named(breach: str, keyword: str) -> str:
    if keyword:
        return f"KEYWORD_{keyword}"
    return f"STATEMENT_CATEGORY_{breach}" if breach else eu.EVERYTHING


def _in(cell: tuple[str, str], breach: str, keyword: str, known: Mapping[str, Sequence[str]]) -> bool:
    """Whether something of a category with a keyword counts in a row."""
    wanted, of = cell
    if not wanted:
        return True
    told = keyword if keyword in known.get(breach, ()) else eu.OTHER
    return breach == wanted and of in {"", told}


def _own(ground: Ground, known: Mapping[str, Sequence[str]], tally: Tally) -> Rows:
    counted = {key: count for key, count in tally.own.items() if key[0] is ground}
    # A rule may name a category that the table of its ground lacks: nothing is left out.
    besides = sorted({key[1] for key in counted} - known.keys())
    rows = []
    for cell in (*_cells(known), *((breach, "") for breach in besides)):
        sums: Counter[str] = Counter()
        for (_, breach, keyword, column), count in counted.items():
            if _in(cell, breach, keyword, known):
                sums[column] += count
        counts = [str(sums[column]) for column in eu.OWN_COLUMNS]
        rows.append([_named(*cell), "", *counts, *[""] * len(counts)])
    return rows


def _notices(notices: Sequence[Notice], tally: Tally) -> Rows:
    """A notice names a category and no keyword, so that its counts stand with the category."""
    known = {**eu.CATEGORIES, eu.NOT_SPECIFIED_NOTICE: ()}
    besides = sorted({key[0] for key in tally.acted} - known.keys())
    rows = []
    for cell in (*_cells(eu.CATEGORIES), (eu.NOT_SPECIFIED_NOTICE, ""), *((breach, "") for breach in besides)):
        came = [one for one in notices if not cell[1] and cell[0] in {"", one.breach}]
        sums: Counter[tuple[Ground, bool]] = Counter()
        for (breach, keyword, ground, trusted), count in tally.acted.items():
            if _in(cell, breach, keyword, known):
                sums[ground, False] += count
                sums[ground, True] += count * trusted
        actions = [str(sums[ground, trusted]) for ground in (Ground.LAW, Ground.TERMS) for trusted in (False, True)]
        told = _told(came) if not cell[1] else [""] * 6
        rows.append([_named(*cell), "", *told, *actions, *[""] * len(eu.NOTICE_COLUMNS)])
    return rows


def _told(came: Sequence[Notice]) -> list[str]:
    """Notices, items and median hours, each of all and of trusted flaggers."""
    trusted = [one for one in came if one.trusted]
    counts = [
        len(came),
        len(trusted),
        len({one.comment_id for one in came}),
        len({one.comment_id for one in trusted}),
    ]
    return [*map(str, counts), _hours(_spans(came)), _hours(_spans(trusted))]


def _appeals(ruled: Sequence[Ruled], tally: Tally) -> Rows:
    scopes: dict[str, Callable[[Ruled], bool]] = {
        eu.AGAINST_VISIBILITY: lambda one: one.restriction in VISIBILITY,
        eu.AGAINST_PROVISION: lambda one: one.restriction in PROVISION,
        eu.AGAINST_ACCOUNT: lambda one: one.restriction in ACCOUNT,
        eu.AGAINST_MONEY: lambda _: False,
        eu.AGAINST_NOTICE: lambda one: one.restriction is None,
        eu.AGAINST_TRUSTED: lambda one: one.restriction is None and one.trusted,
    }
    all_ruled = _outcomes(ruled)
    rows = [[eu.COMPLAINTS, eu.SUBMITTED, scope, value, ""] for scope, value in all_ruled.items()]
    # Whoever sent a notice in vain appealed, and was right.
    imposed = sum(one.restriction is None and one.outcome in _TURNED for one in ruled)
    rows.append([eu.COMPLAINTS, eu.IMPOSED, eu.WHOLE, str(imposed), ""])
    for indicator, belongs in scopes.items():
        found = _outcomes([one for one in ruled if belongs(one)])
        rows += [
            [eu.COMPLAINTS, indicator, scope, value, ""] for scope, value in found.items() if scope != eu.OMITTED
        ]
    rows += [[eu.SETTLEMENT, eu.DISPUTES, scope, "", ""] for scope in (*all_ruled, eu.IMPLEMENTED)]
    suspended = sum(
        count
        for (ground, _, _, column), count in tally.own.items()
        if ground is Ground.LAW and column in {eu.ACCOUNT_SUSPENDED, eu.ACCOUNT_TERMINATED}
    )
    values = (str(suspended), "", "")
    return [
        *rows,
        *([eu.OFFENDERS, one, eu.WHOLE, value, ""] for one, value in zip(eu.OFFENCES, values, strict=True)),
    ]


def _outcomes(ruled: Sequence[Ruled]) -> dict[str, str]:
    outcomes = Counter(one.outcome for one in ruled)
    spans = [one.decided_at_ms - one.at_ms for one in ruled if one.decided_at_ms is not None]
    return {
        eu.WHOLE: str(len(ruled)),
        eu.UPHELD: str(outcomes[AppealOutcome.UPHELD]),
        eu.PARTLY: str(outcomes[AppealOutcome.PARTLY]),
        eu.REVERSED: str(outcomes[AppealOutcome.REVERSED]),
        eu.MEDIAN: _hours(spans),
        eu.OMITTED: str(outcomes[None]),
    }


def error_indicators(qualities: Sequence[Quality]) -> str:
    """How the rates of error were found, and how far each may be off; empty without second reviews."""
    found = next((one for one in qualities if one.means == ALL_CHECKS), None)
    if found is None:
        return ""
    shares = {"accuracy": found.accuracy, "precision": found.precision, "recall": found.recall}
    said = "; ".join(
        f"{name} {one.value:.3f} (95 % interval {one.low:.3f} to {one.high:.3f}, {one.count} reviews)"
        for name, one in shares.items()
        if one is not None
    )
    return (
        "A stratified sample of comments, restricted by the checks and not, was reviewed by a second person who "
        f"was not told what had been decided; each review is weighted by the comments that it stands for. {said}."
    )


def _automated_means(led: Callable[[str, Rows], Rows], tally: Tally, qualities: Sequence[Quality]) -> Rows:
    """All checks together; each check by itself is told beside them.  What nobody reviewed again stays blank."""
    every = next((one for one in qualities if one.means == ALL_CHECKS), None)
    own = (Source.VOLUNTARY, Source.REPORT)
    measures = (eu.SOLELY, eu.NOT_SOLELY)
    notices = (eu.NOTICES_SOLELY, eu.NOTICES_NOT_SOLELY)

    def scope(named: str, counted: tuple[str, str], sources: Sequence[Source], found: Quality | None) -> Rows:
        counts = [tally.solely(*sources, machine=machine) for machine in (True, False)]
        values = [*zip(counted, counts, strict=True), *zip(eu.RATES, _rates(found), strict=True)]
        beside = _by_check(tally, qualities) if named == eu.WHOLE else {}
        return [[eu.MEANS, name, named, value, beside.get(name, "")] for name, value in values]

    return [
        *led(eu.ALL, scope(eu.WHOLE, measures, tuple(Source), every)),
        *led(eu.ALL, scope(eu.OWN_INITIATIVE, measures, own, every)),
        # What a notice led to was not found by a check, so that there is no rate of it.
        *led(eu.HOSTING, scope(eu.BY_NOTICE, notices, (Source.NOTICE, Source.TRUSTED), None)),
        *led(eu.PLATFORMS, scope(eu.BY_TRUSTED, notices, (Source.TRUSTED,), None)),
    ]


def _by_check(tally: Tally, qualities: Sequence[Quality]) -> dict[str, str]:
    """For each indicator: each check with its count or its rate."""
    told = {
        name: [f"{check} {tally.by_check[check, machine]}" for check in sorted({one for one, _ in tally.by_check})]
        for name, machine in ((eu.SOLELY, True), (eu.NOT_SOLELY, False))
    }
    single = [one for one in qualities if one.means not in {ALL_CHECKS, PEOPLE}]
    for at, name in enumerate(eu.RATES):
        told[name] = [f"{one.means} {_rates(one)[at]}" for one in single if _rates(one)[at]]
    return {name: f"By check: {'; '.join(some)}" for name, some in told.items() if some}


def _rates(found: Quality | None) -> list[str]:
    shares: tuple[Share | None, ...] = (found.accuracy, found.precision, found.recall) if found else (None,) * 3
    return [f"{one.value:.4f}" if one else "" for one in shares]


def _spans(notices: Iterable[Notice]) -> list[int]:
    return [one.decided_at_ms - one.at_ms for one in notices if one.decided_at_ms is not None]


def _hours(spans_ms: Sequence[int]) -> str:
    return f"{median(spans_ms) / HOUR_MS:.2f}" if spans_ms else ""


def _label(breach: str) -> str:
    return breach.replace("_", " ").capitalize()
