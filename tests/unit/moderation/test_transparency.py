"""Records of the Transparency Database, and the tables of the yearly report."""

import csv
import random
from pathlib import Path

import msgspec
import pytest

from moothall.discussion.model import CommentId
from moothall.kernel.limits import DAY_MS, HOUR_MS
from moothall.moderation import eu_template as eu
from moothall.moderation.appeal import AppealOutcome
from moothall.moderation.eu_statement import EuStatement, faults, is_restriction, record_of
from moothall.moderation.eu_template import HEADERS
from moothall.moderation.notice import Notice
from moothall.moderation.second_review import ALL_CHECKS, PEOPLE, Quality, Share
from moothall.moderation.standards import RULES
from moothall.moderation.standards_model import Ground
from moothall.moderation.statement import Reasons, Restriction, Source, Statement, breach_of
from moothall.moderation.transparency import Cases, Period, Ruled, Tally, report
from moothall.people.model import AccountId
from moothall.story.model import StoryId

HERE = Path(__file__).parent
NOW = 1_795_000_000_000
URL = "https://courier.example/standards"


def made(number: int, **fields: object) -> Statement:
    """A removal under the first rule, unless told otherwise."""
    known: dict[str, object] = {
        "id": number, "account_id": AccountId(7), "comment_id": CommentId(8), "story_id": StoryId(9),
        "restriction": Restriction.REMOVED, "lang": "de", "said_at_ms": NOW - DAY_MS, "until_ms": None,
        "at_ms": NOW,
    }  # fmt: skip
    reasons = fields.pop("reasons", Reasons(rule="civil", note="To Ada Pell: no."))
    assert isinstance(reasons, Reasons)
    ground, breach, keyword = breach_of(reasons.rule)
    return Statement(
        **{**known, "reasons": reasons, "ground": ground, "breach": breach, "keyword": keyword, **fields}
    )


def any_statement(dice: random.Random) -> Statement:
    """Any combination of what can be decided."""
    by_machine = dice.random() < 0.3
    reasons = Reasons(
        rule=dice.choice([None, *(rule.key for rule in RULES)]),
        note="Ada Pell, ada@pell.example",
        source=dice.choice(list(Source)),
        found_by_machine=by_machine or dice.random() < 0.3,
        decided_by_machine=by_machine,
        phases=tuple(dice.sample(["flood", "links", "words"], dice.randrange(3))),
    )
    at_ms = NOW - dice.randrange(300) * DAY_MS
    return made(
        dice.getrandbits(62),
        reasons=reasons,
        restriction=dice.choice(list(Restriction)),
        lang=dice.choice(["", "de", "en", "pt-br"]),
        said_at_ms=dice.choice([None, at_ms - HOUR_MS]),
        until_ms=dice.choice([None, at_ms + DAY_MS, at_ms + 36_500 * DAY_MS]),
        at_ms=at_ms,
    )


def test_whatever_is_decided_fits_the_schema() -> None:
    """A hundred thousand random decisions, and nothing personal in any record."""
    dice = random.Random(7)
    found = [one for one in (any_statement(dice) for _ in range(100_000)) if is_restriction(one)]
    records = [record_of(one, standards_url=URL) for one in found]
    assert [faults(one) for one in records] == [()] * len(records)
    assert len({one.puid for one in records}) == len(records)
    assert b"Ada" not in msgspec.json.encode(records)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"puid": "a b"}, "puid"),
        ({"decision_visibility": ()}, "decision"),
        ({"decision_ground": "OTHER"}, "decision_ground"),
        ({"incompatible_explanation": "x" * 2_001}, "ground"),
        ({"kinds": ("CONTENT_TYPE_SOUND",)}, "content_type"),
        ({"breach": "STATEMENT_CATEGORY_HATS"}, "category"),
        ({"keywords": ("HATS",)}, "category_specification"),
        ({"lang": "de"}, "content_language"),
        ({"said_on": "1999-12-31"}, "content_date"),
        ({"application_date": "2019-12-31"}, "application_date"),
        ({"decision_facts": ""}, "decision_facts"),
        ({"source_type": "SOURCE_HAT"}, "source_type"),
        ({"automated_detection": "yes"}, "automated_detection"),
        ({"end_date_account_restriction": "2039-01-01"}, "end_date"),
    ],
)
def test_what_does_not_fit_is_found(change: dict[str, object], fault: str) -> None:
    """Each field by itself; the record before the change is right."""
    record = record_of(made(1), standards_url=URL)
    assert faults(record) == ()
    assert fault in faults(msgspec.structs.replace(record, **change))


def test_a_record_has_the_names_of_the_database() -> None:
    """As its schema spells them."""
    record = msgspec.to_builtins(record_of(made(1), standards_url=URL))
    assert record["category"] == "STATEMENT_CATEGORY_CYBER_VIOLENCE"
    assert list(record["content_type"]) == ["CONTENT_TYPE_TEXT"]
    assert (record["content_language"], record["content_date"]) == ("DE", "2026-11-17")
    assert {"incompatible_content_ground", "decision_facts", "automated_decision"} <= set(record)
    assert EuStatement.__struct_encode_fields__[0] == "puid"


def test_the_tables_count_what_was_decided() -> None:
    """Own measures by ground and means, notices by breach, appeals by what they were against."""
    tally = Tally()
    tally.add(made(1))
    tally.add(made(2, reasons=Reasons(rule="civil", found_by_machine=True, decided_by_machine=True)))
    tally.add(made(3, reasons=Reasons(rule="law", source=Source.TRUSTED)))
    tally.add(made(4, restriction=Restriction.BANNED))
    tally.add(made(5, restriction=Restriction.WARNED))
    sent = Notice(
        id=1, comment_id=CommentId(8), account_id=None, sender="x", breach="VIOLENCE", explanation="x", lang="en",
        at_ms=NOW, decided_at_ms=NOW + 3 * HOUR_MS, trusted=True,
    )  # fmt: skip
    ruled = [
        Ruled(Restriction.REMOVED, AppealOutcome.REVERSED, NOW, NOW + HOUR_MS),
        Ruled(Restriction.REMOVED, None, NOW, None),
        Ruled(None, AppealOutcome.UPHELD, NOW, NOW + 5 * HOUR_MS),
        Ruled(None, AppealOutcome.REVERSED, NOW, NOW + 7 * HOUR_MS, trusted=True),
    ]
    period = Period("2026-01-01", "2026-12-31")
    tables = report(tally, Cases([sent], ruled), service="The Courier", period=period)
    assert list(tables) == list(HEADERS)
    for name, rows in tables.items():
        assert {len(row) for row in rows} == {len(HEADERS[name])}
    own = by_cell(tables["6_own_initiative_TC"])
    for cell in ("TOTAL", "STATEMENT_CATEGORY_CYBER_VIOLENCE", "KEYWORD_CYBER_HARASSMENT"):
        got = own[cell]
        assert (got[eu.MEASURES], got[eu.AUTOMATED], got[eu.REMOVED], got[eu.ACCOUNT_TERMINATED]) == (
            "3",
            "1",
            "2",
            "1",
        )
    assert own["KEYWORD_CYBER_STALKING"][eu.MEASURES] == own["STATEMENT_CATEGORY_VIOLENCE"][eu.MEASURES] == "0"
    assert by_cell(tables["5_own_initiative_illegal"])["TOTAL"][eu.MEASURES] == "0"
    notices = by_cell(tables["4_notices"])
    for cell in ("TOTAL", "STATEMENT_CATEGORY_VIOLENCE"):
        assert [notices[cell][name] for name in eu.NOTICE_COLUMNS[:6]] == ["1", "1", "1", "1", "3.00", "3.00"]
    assert [notices["TOTAL"][name] for name in eu.NOTICE_COLUMNS[6:]] == ["1", "1", "0", "0"]
    appeals = {(row[4], row[5]): row[6] for row in tables["7_appeals_and_recidivism"]}
    assert (appeals[eu.SUBMITTED, eu.WHOLE], appeals[eu.SUBMITTED, eu.OMITTED]) == ("4", "1")
    assert appeals[eu.IMPOSED, eu.WHOLE] == "1"
    assert (appeals[eu.AGAINST_VISIBILITY, eu.WHOLE], appeals[eu.AGAINST_VISIBILITY, eu.REVERSED]) == ("2", "1")
    assert (appeals[eu.AGAINST_NOTICE, eu.MEDIAN], appeals[eu.AGAINST_TRUSTED, eu.WHOLE]) == ("6.00", "1")
    means = {(row[4], row[5]): row[6] for row in tables["8_automated_means"]}
    assert (means[eu.SOLELY, eu.WHOLE], means[eu.NOT_SOLELY, eu.WHOLE]) == ("1", "3")
    assert means[eu.NOTICES_NOT_SOLELY, eu.BY_TRUSTED] == "1"
    assert tables["1_summary"][1] == ["All", "The Courier", "Name of the service provider", "The Courier"]


def by_cell(rows: list[list[str]]) -> dict[str, dict[str, str]]:
    """Rows by what they count, their fields by their columns; the first row of a name counts."""
    found: dict[str, dict[str, str]] = {}
    for row in rows[1:]:
        found.setdefault(row[3], dict(zip(rows[0], row, strict=True)))
    return found


def test_the_headers_are_the_official_ones() -> None:
    """Letter by letter those of the Commission's English CSV files, and their categories in their order."""
    official = list(csv.reader((HERE / "eu_headers.csv").read_text(encoding="utf-8").splitlines()))
    assert [list(header) for header in HEADERS.values()] == official
    tables = report(Tally(), Cases(), service="x", period=Period("2026-01-01", "2026-12-31"))
    cells = {name: [row[3] for row in tables[name][1:]] for name in ("4_notices", "6_own_initiative_TC")}
    assert (len(cells["4_notices"]), len(cells["6_own_initiative_TC"])) == (91, 98)
    assert cells["4_notices"][:5] == [
        "TOTAL", "STATEMENT_CATEGORY_ANIMAL_WELFARE", "KEYWORD_ANIMAL_HARM", "KEYWORD_UNLAWFUL_SALE_ANIMALS",
        "KEYWORD_OTHER",
    ]  # fmt: skip
    assert cells["4_notices"][-2:] == ["KEYWORD_OTHER", "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE"]
    counts = {name: len(rows) - 1 for name, rows in tables.items()}
    assert (counts["1_summary"], counts["7_appeals_and_recidivism"], counts["8_automated_means"]) == (5, 47, 20)
    assert counts["11_qualitative"] == 6
    assert [row[0] for row in tables["7_appeals_and_recidivism"][1:4]] == [eu.ALL, eu.PLATFORMS, eu.PLATFORMS]


@pytest.mark.parametrize(
    ("ground", "table"), [(Ground.LAW, "5_own_initiative_illegal"), (Ground.TERMS, "6_own_initiative_TC")]
)
def test_nothing_is_left_out(ground: Ground, table: str) -> None:
    """Each category is what its keywords are together, and all of them are the total, whatever a rule names."""
    dice, tally = random.Random(3), Tally()
    breaches = [*eu.CATEGORIES, *eu.OF_TERMS, "HATS"]
    for number in range(400):
        breach = dice.choice(breaches)
        keyword = dice.choice([*eu.CATEGORIES.get(breach, ()), "", "UNHEARD_OF"])
        tally.add(made(number, ground=ground, breach=breach, keyword=keyword))
    rows = report(tally, Cases(), service="x", period=Period("2026-01-01", "2026-12-31"))[table]
    at = rows[0].index(eu.MEASURES)
    total, *others = [(row[3], int(row[at])) for row in rows[1:]]
    assert total == ("TOTAL", 400)
    assert sum(count for name, count in others if name.startswith("STATEMENT")) == 400
    sums: dict[str, list[int]] = {}
    for name, count in others:
        if name.startswith("STATEMENT"):
            sums[name] = [count, 0]
        else:
            sums[next(reversed(sums))][1] += count
    known = {
        f"STATEMENT_CATEGORY_{one}"
        for one in (eu.CATEGORIES | eu.OF_TERMS if ground is Ground.TERMS else eu.CATEGORIES)
    }
    assert all(whole == parts for name, (whole, parts) in sums.items() if name in known)


def test_second_reviews_fill_what_was_blank() -> None:
    """Rates of all checks and of each; none of what notices led to, and none without reviews."""
    tally, period = Tally(), Period("2026-01-01", "2026-12-31")
    tally.add(made(1, reasons=Reasons(rule="civil", decided_by_machine=True, phases=("words",))))
    half, whole = Share(0.5, 0.2, 0.8, 10), Share(1.0, 0.7, 1.0, 10)
    right = (
        Quality(ALL_CHECKS, half, whole, None),
        Quality("words", whole, None, half),
        Quality(PEOPLE, half, half, half),
    )
    tables = report(tally, Cases(), right, service="The Courier", period=period)
    rates = {(row[4], row[5]): row[6] for row in tables["8_automated_means"][1:]}
    for scope in (eu.WHOLE, eu.OWN_INITIATIVE):
        assert [rates[name, scope] for name in eu.RATES] == ["0.5000", "1.0000", ""]
    assert {rates[name, scope] for name in eu.RATES for scope in (eu.BY_NOTICE, eu.BY_TRUSTED)} == {""}
    beside = {row[4]: row[7] for row in tables["8_automated_means"][1:] if row[5] == eu.WHOLE}
    assert list(beside.values()) == [
        "By check: words 1",
        "By check: words 0",
        "By check: words 1.0000",
        "",
        "By check: words 0.5000",
    ]
    said = {row[3]: row[4] for row in tables["11_qualitative"]}[eu.ERRORS]
    assert "accuracy 0.500 (95 % interval 0.200 to 0.800, 10 reviews)" in said
    assert {row[4] for row in report(tally, Cases(), service="x", period=period)["11_qualitative"][1:]} == {""}
