"""The yearly report: eleven tables of counts.  Percentages lie in 0 to 1, medians are hours, blank does not apply.

Source: Implementing Regulation (EU) 2024/2835, Annex I.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

import msgspec

from moothall.kernel.limits import HOUR_MS
from moothall.moderation.appeal import AppealOutcome
from moothall.moderation.eu_statement import ACCOUNT, BREACHES, PROVISION, VISIBILITY, is_restriction
from moothall.moderation.notice import Notice
from moothall.moderation.second_review import ALL_CHECKS, PEOPLE, Quality
from moothall.moderation.standards_model import Ground
from moothall.moderation.statement import Restriction, Source, Statement

Rows = list[list[str]]

_LEAD = ("Applicability", "Service", "Reporting period")
_MEASURES = (
    "Visibility: removed", "Visibility: disabled", "Visibility: demoted", "Visibility: age restricted",
    "Visibility: interaction restricted", "Visibility: labelled", "Visibility: other",
    "Monetary: suspension", "Monetary: termination", "Monetary: other",
    "Provision: suspension", "Provision: termination", "Account: suspension", "Account: termination",
)  # fmt: skip
_OWN = ("Category", "Measures", "Measures after solely automated detection", *_MEASURES)
HEADERS: dict[str, tuple[str, ...]] = {
    "1_summary": ("Indicator", "Value"),
    "2_categories_names": ("Label", "Name"),
    "3_member_states_orders": ("Category", "Member state", "Orders to act", "Items", "Median hours to acknowledge",
                               "Median hours to act", "Orders to provide information", "Items (information)",
                               "Median hours to acknowledge (information)", "Median hours to act (information)"),
    "4_notices": ("Category", "Notices", "Notices of trusted flaggers", "Items", "Items of trusted flaggers",
                  "Median hours", "Median hours of trusted flaggers", "Actions by law",
                  "Actions by law, trusted flaggers", "Actions by terms", "Actions by terms, trusted flaggers"),
    "5_own_initiative_illegal": _OWN,
    "6_own_initiative_TC": _OWN,
    "7_appeals_and_recidivism": ("Section", "Indicator", "Scope", "Value"),
    "8_automated_means": ("Means", "Scope", "Measures solely automated", "Measures not solely automated",
                          "Accuracy", "Precision", "Recall"),
    "9_human_resources": ("Indicator", "Language", "Value"),
    "10_AMAR": ("Member state", "Average monthly active recipients"),
    "11_qualitative": ("Indicator", "Text"),
}  # fmt: skip
"""The columns of each file, after those that all share."""

_MEASURED: dict[Restriction, str] = {
    Restriction.HELD: "Visibility: disabled",
    Restriction.REJECTED: "Visibility: removed",
    Restriction.REMOVED: "Visibility: removed",
    Restriction.DISCUSSION_CLOSED: "Visibility: interaction restricted",
    Restriction.DISCUSSION_HELD: "Visibility: interaction restricted",
    Restriction.SLOWED: "Provision: suspension",
    Restriction.PRE_MODERATED: "Provision: suspension",
    Restriction.SUSPENDED: "Account: suspension",
    Restriction.BANNED: "Account: termination",
}


class Ruled(msgspec.Struct, frozen=True):
    """An appeal of the period; `restriction` None for one against a notice's outcome."""

    restriction: Restriction | None
    outcome: AppealOutcome | None
    at_ms: int
    decided_at_ms: int | None


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
        self.own: Counter[tuple[Ground, str, str]] = Counter()
        self.acted: Counter[tuple[str, Ground, bool]] = Counter()
        self.automated: Counter[tuple[str, bool]] = Counter()
        self.by_check: Counter[tuple[str, bool]] = Counter()

    def add(self, made: Statement) -> None:
        """Count one statement; warnings are no measures."""
        if not is_restriction(made):
            return
        source = made.reasons.source
        for phase in made.reasons.phases:
            self.by_check[phase, made.reasons.decided_by_machine] += 1
        noticed = source in {Source.NOTICE, Source.TRUSTED}
        self.automated["notices" if noticed else "own", made.reasons.decided_by_machine] += 1
        if noticed:
            self.acted[made.breach, made.ground, source is Source.TRUSTED] += 1
            return
        self.own[made.ground, made.breach, "Measures"] += 1
        self.own[made.ground, made.breach, _MEASURED[made.restriction]] += 1
        if made.reasons.decided_by_machine:
            self.own[made.ground, made.breach, "Measures after solely automated detection"] += 1


def report(
    tally: Tally, cases: Cases, qualities: Sequence[Quality] = (), *, service: str, period: Period
) -> Mapping[str, Rows]:
    """Each file's rows beneath its header, by its name without ending.

    Args:
        qualities: what second reviews say of each automated means; without them those fields stay blank.
    """
    notices, ruled = cases.notices, cases.ruled
    bodies: dict[str, Rows] = {
        "1_summary": [["Name of the service", service], ["First day", period.first], ["Last day", period.last]],
        "2_categories_names": [[_label(one), f"STATEMENT_CATEGORY_{one}"] for one in BREACHES],
        "3_member_states_orders": [],
        "4_notices": [_notices(one, notices, tally) for one in BREACHES],
        "5_own_initiative_illegal": [_own(Ground.LAW, one, tally) for one in BREACHES],
        "6_own_initiative_TC": [_own(Ground.TERMS, one, tally) for one in BREACHES],
        "7_appeals_and_recidivism": _appeals(ruled),
        "8_automated_means": _automated_means(tally, qualities),
        "9_human_resources": [],
        "10_AMAR": [],
        "11_qualitative": [
            ["Summary", ""],
            ["Automated means", ""],
            ["Error indicators", error_indicators(qualities)],
            ["Safeguards", ""],
        ],
    }
    lead = {name: "" if not rows else "Yes" for name, rows in bodies.items()}
    return {
        name: [[*_LEAD, *HEADERS[name]], *([lead[name], service, period.text, *row] for row in rows)]
        for name, rows in bodies.items()
    }


def _notices(breach: str, notices: Sequence[Notice], tally: Tally) -> list[str]:
    of_breach = [one for one in notices if one.breach == breach]
    trusted = [one for one in of_breach if one.trusted]
    law, law_trusted = tally.acted[breach, Ground.LAW, False], tally.acted[breach, Ground.LAW, True]
    terms, terms_trusted = tally.acted[breach, Ground.TERMS, False], tally.acted[breach, Ground.TERMS, True]
    counts = [
        len(of_breach),
        len(trusted),
        len({one.comment_id for one in of_breach}),
        len({one.comment_id for one in trusted}),
    ]
    actions = [law + law_trusted, law_trusted, terms + terms_trusted, terms_trusted]
    hours = [_hours(_spans(of_breach)), _hours(_spans(trusted))]
    return [_label(breach), *map(str, counts), *hours, *map(str, actions)]


def _own(ground: Ground, breach: str, tally: Tally) -> list[str]:
    return [_label(breach), *(str(tally.own[ground, breach, column]) for column in _OWN[1:])]


def _appeals(ruled: Sequence[Ruled]) -> Rows:
    scopes: dict[str, list[Ruled]] = {
        "Visibility": [one for one in ruled if one.restriction in VISIBILITY],
        "Provision": [one for one in ruled if one.restriction in PROVISION],
        "Account": [one for one in ruled if one.restriction in ACCOUNT],
        "Decisions not to act on a notice": [one for one in ruled if one.restriction is None],
    }
    rows: Rows = []
    for scope, found in scopes.items():
        outcomes = Counter(one.outcome for one in found)
        spans = [one.decided_at_ms - one.at_ms for one in found if one.decided_at_ms is not None]
        values = {
            "Complaints": str(len(found)),
            "Upheld": str(outcomes[AppealOutcome.UPHELD]),
            "Partially reversed": str(outcomes[AppealOutcome.PARTLY]),
            "Reversed": str(outcomes[AppealOutcome.REVERSED]),
            "Not decided": str(outcomes[None]),
            "Median hours": _hours(spans),
        }
        rows += [["Complaints", indicator, scope, value] for indicator, value in values.items()]
    return rows


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


def _automated_means(tally: Tally, qualities: Sequence[Quality]) -> Rows:
    """All checks by scope, then each check by itself.  What nobody reviewed a second time stays blank."""
    known = {one.means: one for one in qualities if one.means != PEOPLE}
    every = known.pop(ALL_CHECKS, None)
    rows = [_automated(scope, tally, every if scope != "notices" else None) for scope in ("all", "own", "notices")]
    names = sorted({name for name, _ in tally.by_check} | set(known))
    for name in names:
        counts = [str(tally.by_check[name, solely]) for solely in (True, False)]
        rows.append([f"Check: {name}", "all", *counts, *_rates(known.get(name))])
    return rows


def _automated(scope: str, tally: Tally, found: Quality | None) -> list[str]:
    """What a notice led to was not found by a check, so that there is no rate of it."""
    chosen = {"all": ("own", "notices")}.get(scope, (scope,))
    counts = [str(sum(tally.automated[one, solely] for one in chosen)) for solely in (True, False)]
    return ["All checks", scope, *counts, *_rates(found)]


def _rates(found: Quality | None) -> list[str]:
    shares = (found.accuracy, found.precision, found.recall) if found else (None, None, None)
    return [f"{one.value:.4f}" if one else "" for one in shares]


def _spans(notices: Iterable[Notice]) -> list[int]:
    return [one.decided_at_ms - one.at_ms for one in notices if one.decided_at_ms is not None]


def _hours(spans_ms: Sequence[int]) -> str:
    return f"{median(spans_ms) / HOUR_MS:.2f}" if spans_ms else ""


def _label(breach: str) -> str:
    return breach.replace("_", " ").capitalize()
