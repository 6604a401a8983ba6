"""Records of the Transparency Database, and the tables of the yearly report."""

import random

import msgspec
import pytest

from moothall.discussion.model import CommentId
from moothall.kernel.limits import DAY_MS, HOUR_MS
from moothall.moderation.appeal import AppealOutcome
from moothall.moderation.eu_statement import EuStatement, faults, is_restriction, record_of
from moothall.moderation.notice import Notice
from moothall.moderation.second_review import ALL_CHECKS, PEOPLE, Quality, Share
from moothall.moderation.standards import RULES
from moothall.moderation.statement import Reasons, Restriction, Source, Statement, breach_of
from moothall.moderation.transparency import HEADERS, Cases, Period, Ruled, Tally, report
from moothall.people.model import AccountId
from moothall.story.model import StoryId

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
    ]
    period = Period("2026-01-01", "2026-12-31")
    tables = report(tally, Cases([sent], ruled), service="The Courier", period=period)
    assert list(tables) == list(HEADERS)
    for name, rows in tables.items():
        assert {len(row) for row in rows} == {3 + len(HEADERS[name])}
    own = {row[3]: row for row in tables["6_own_initiative_TC"]}
    head = own["Category"]
    got = dict(zip(head, own["Cyber violence"], strict=True))
    assert (got["Measures"], got["Measures after solely automated detection"]) == ("3", "1")
    assert (got["Visibility: removed"], got["Account: termination"]) == ("2", "1")
    notices = {row[3]: row for row in tables["4_notices"]}
    assert notices["Violence"][4:10] == ["1", "1", "1", "1", "3.00", "3.00"]
    assert sum(int(row[11]) for row in tables["4_notices"][1:]) == 1
    appeals = {(row[4], row[5]): row[6] for row in tables["7_appeals_and_recidivism"]}
    assert (appeals["Complaints", "Visibility"], appeals["Reversed", "Visibility"]) == ("2", "1")
    assert appeals["Median hours", "Decisions not to act on a notice"] == "5.00"
    assert tables["8_automated_means"][1][5:7] == ["1", "3"]


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
    rates = {(row[3], row[4]): row[5:] for row in tables["8_automated_means"][1:]}
    assert rates == {
        ("All checks", "all"): ["1", "0", "0.5000", "1.0000", ""],
        ("All checks", "own"): ["1", "0", "0.5000", "1.0000", ""],
        ("All checks", "notices"): ["0", "0", "", "", ""],
        ("Check: words", "all"): ["1", "0", "1.0000", "", "0.5000"],
    }
    said = {row[3]: row[4] for row in tables["11_qualitative"]}["Error indicators"]
    assert "accuracy 0.500 (95 % interval 0.200 to 0.800, 10 reviews)" in said
    assert {row[4] for row in report(tally, Cases(), service="x", period=period)["11_qualitative"][1:]} == {""}
