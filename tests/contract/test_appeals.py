"""Appeals and notices, on SQLite and on PostgreSQL."""

from typing import Any

import pytest

from moothall.discussion.model import Comment, State
from moothall.kernel.errors import (
    AppealClosed,
    AppealFinal,
    Conflict,
    EmailInvalid,
    InvalidField,
    NotFound,
    NoticesRefused,
    SamePerson,
    TextTooLong,
)
from moothall.kernel.limits import APPEAL_MS, DAY_MS, NOTICES_REFUSED_MS
from moothall.moderation.appeal import Appeal, AppealOutcome, Ruling, check_appeal, check_ruling
from moothall.moderation.decide import Act, Decision
from moothall.moderation.notice import (
    Notice,
    NoticeOutcome,
    NoticeRuling,
    check_notice,
    check_notice_ruling,
)
from moothall.moderation.sanction import Sanction, SanctionKind
from moothall.moderation.statement import Restriction, Source
from moothall.people.model import AccountId
from moothall.store import appeals, comment_reads, ledger, moderation_writes, notices, sanctions, statements
from moothall.store.notices import Flagger
from tests.newsroom.cast import Cast

pytestmark = pytest.mark.anyio
MO, IDA = AccountId(5), AccountId(6)


class House:
    """One story, one reader, two moderators."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.db = cast.db
        self.ada = cast.person("Ada Pell")
        self.bridge = cast.story()
        self._n = 0

    async def says(self, body: str = "Eleven months is optimistic.") -> Comment:
        self.cast.clock.move(60_000)
        return await self.cast.says(self.ada, self.bridge, body)

    async def removed(self) -> tuple[Comment, int]:
        """A comment that one moderator took down, and the statement of that."""
        said = await self.says()
        made = Decision(self.cast.new_id(), said.id, MO, Act.REMOVE, "civil", "Note.", self.cast.clock())
        self.db.write_now(lambda tx: moderation_writes.decide(tx, made))
        return said, made.id

    def appeal(self, statement_id: int) -> Appeal:
        made = Appeal(
            id=self.cast.new_id(),
            statement_id=statement_id,
            account_id=self.ada,
            reason="No.",
            at_ms=self.cast.clock(),
        )
        return self.db.write_now(lambda tx: appeals.file(tx, made))

    def rule(self, on: Appeal, outcome: AppealOutcome, by: AccountId = IDA, **fields: Any) -> Appeal:
        made = Ruling(
            id=self.cast.new_id(), appeal_id=on.id, actor_id=by, outcome=outcome, note="Looked at.",
            at_ms=self.cast.clock(), **fields,
        )  # fmt: skip
        return self.db.write_now(lambda tx: appeals.rule(tx, made))

    def state(self, said: Comment) -> State:
        return self.db.read_now(lambda c: comment_reads.get(c, said.id)).state

    def statement(self, number: int):
        return self.db.read_now(lambda c: statements.get(c, number))

    def standing(self, said: Comment):
        return self.db.read_now(lambda c: statements.standing(c, said.id))

    def notice(self, about: Comment, **fields: Any) -> Notice:
        self._n += 1
        known = {"account_id": None, "sender": "address:1", "breach": "VIOLENCE", "explanation": "A threat.",
                 "name": "Bo Reed", "email": "bo@reed.example", "lang": "en"}  # fmt: skip
        made = Notice(id=self.cast.new_id(), comment_id=about.id, at_ms=self.cast.clock(), **{**known, **fields})
        return self.db.write_now(lambda tx: notices.file(tx, made, f"code-{self._n}"))

    def decide(self, on: Notice, outcome: NoticeOutcome, rule: str | None = None) -> Notice:
        made = NoticeRuling(
            id=self.cast.new_id(), notice_id=on.id, actor_id=MO, outcome=outcome, rule=rule, note="Seen.",
            at_ms=self.cast.clock(),
        )  # fmt: skip
        return self.db.write_now(lambda tx: notices.rule(tx, check_notice_ruling(made)))


@pytest.fixture
def house(cast: Cast) -> House:
    return House(cast)


async def test_an_appeal_that_is_right_restores_the_comment(house: House) -> None:
    """By somebody else than the first; the statement ends and the chain is whole."""
    said, made = await house.removed()
    filed = house.appeal(made)
    assert house.db.read_now(lambda c: appeals.waiting(c, after=0, limit=9)) == (filed,)
    with pytest.raises(SamePerson):
        house.rule(filed, AppealOutcome.REVERSED, by=MO)
    assert house.state(said) is State.REMOVED
    assert house.rule(filed, AppealOutcome.REVERSED).outcome is AppealOutcome.REVERSED
    assert house.state(said) is State.LIVE
    assert house.standing(said) is None
    assert house.db.read_now(lambda c: appeals.waiting(c, after=0, limit=9)) == ()
    assert house.db.read_now(ledger.verify) is None


async def test_one_appeal_and_no_appeal_of_it(house: House) -> None:
    """A second click is the same appeal; after the ruling, none is taken."""
    said, made = await house.removed()
    filed = house.appeal(made)
    assert house.appeal(made) == filed
    house.rule(filed, AppealOutcome.UPHELD)
    assert house.state(said) is State.REMOVED
    with pytest.raises(AppealFinal):
        house.appeal(made)
    with pytest.raises(AppealFinal):
        house.rule(filed, AppealOutcome.REVERSED)


async def test_in_part_the_reason_changes(house: House) -> None:
    """The comment stays down by another rule, with a statement that is final; without a rule nothing happens."""
    said, made = await house.removed()
    filed = house.appeal(made)
    with pytest.raises(Conflict):
        house.rule(filed, AppealOutcome.PARTLY)
    house.rule(filed, AppealOutcome.PARTLY, rule="topic")
    owed = house.standing(said)
    assert owed is not None
    assert (owed.reasons.rule, owed.restriction, house.state(said)) == ("topic", Restriction.REMOVED, State.REMOVED)
    with pytest.raises(AppealFinal):
        house.appeal(owed.id)


async def test_what_was_decided_anew_meanwhile_stands(house: House) -> None:
    """An appeal against a decision that another one replaced restores nothing."""
    said, made = await house.removed()
    filed = house.appeal(made)
    for act, rule in ((Act.APPROVE, None), (Act.REMOVE, "spam")):
        again = Decision(house.cast.new_id(), said.id, MO, act, rule, "", house.cast.clock())
        house.db.write_now(lambda tx, one=again: moderation_writes.decide(tx, one))
    house.rule(filed, AppealOutcome.REVERSED)
    assert house.state(said) is State.REMOVED
    assert house.standing(said).reasons.rule == "spam"


@pytest.mark.parametrize("outcome", list(AppealOutcome))
async def test_a_sanction_is_appealed(house: House, outcome: AppealOutcome) -> None:
    """It stays, ends earlier, or is lifted."""
    now = house.cast.clock()
    made = Sanction(
        id=house.cast.new_id(), account_id=house.ada, actor_id=MO, kind=SanctionKind.SUSPEND,
        until_ms=now + 9 * DAY_MS, rule="civil", reason="Insults.", past=False, at_ms=now,
    )  # fmt: skip
    house.db.write_now(lambda tx: sanctions.keep(tx, made))
    filed = house.appeal(made.id)
    until = now + DAY_MS if outcome is AppealOutcome.PARTLY else None
    house.rule(filed, outcome, until_ms=until)
    found = house.db.read_now(lambda c: sanctions.in_force(c, house.ada, now))
    ends = {AppealOutcome.UPHELD: [now + 9 * DAY_MS], AppealOutcome.PARTLY: [now + DAY_MS]}
    assert [one.until_ms for one in found] == ends.get(outcome, [])
    assert house.db.read_now(ledger.verify) is None


async def test_who_may_appeal_and_when(house: House) -> None:
    """Only whom it concerns, for six months, in two thousand characters or none."""
    _, made = await house.removed()
    against = house.statement(made)
    now = house.cast.clock()
    assert check_appeal(against, house.ada, " Why? ", now + APPEAL_MS) == "Why?"
    assert check_appeal(against, house.ada, "", now) == ""
    for by, at_ms, reason, wrong in (
        (MO, now, "", NotFound),
        (house.ada, now + APPEAL_MS + 1, "", AppealClosed),
        (house.ada, now, "x" * 2_001, TextTooLong),
    ):
        with pytest.raises(wrong):
            check_appeal(against, by, reason, at_ms)
    ruling = Ruling(id=1, appeal_id=1, actor_id=IDA, outcome=AppealOutcome.UPHELD, note="Seen.", rule="6", at_ms=1)
    assert check_ruling(ruling).rule == "topic"
    for fields in ({"note": " "}, {"rule": "99"}):
        with pytest.raises(InvalidField):
            check_ruling(Ruling(**{**_fields(ruling), **fields}))


async def test_a_notice_takes_a_comment_down(house: House) -> None:
    """Its author is told of the notice; the notice cannot be decided twice."""
    said = await house.says()
    filed = house.notice(said)
    assert house.decide(filed, NoticeOutcome.ACTED, "law").outcome is NoticeOutcome.ACTED
    owed = house.standing(said)
    assert owed is not None
    assert (owed.reasons.source, owed.ground.value, house.state(said)) == (Source.NOTICE, "law", State.REMOVED)
    with pytest.raises(Conflict):
        house.decide(filed, NoticeOutcome.KEPT)
    again = house.notice(said)
    house.decide(again, NoticeOutcome.ACTED, "law")
    assert house.standing(said) == owed
    assert house.db.read_now(ledger.verify) is None


async def test_trusted_flaggers_come_first(house: House) -> None:
    """Until their award ends; pages go on where they ended."""
    said = await house.says()
    now = house.cast.clock()
    flagger = house.cast.person("Hate Watch")
    award = Flagger(flagger, "Hate Watch e.V.", now + DAY_MS)
    house.db.write_now(lambda tx: notices.trust(tx, award, new_id=77, at_ms=now))
    assert house.db.read_now(notices.flaggers) == (("Hate Watch", award),)
    first = house.notice(said)
    trusted = house.notice(said, account_id=flagger, sender="account:77")
    last = house.notice(said)
    page = house.db.read_now(lambda c: notices.waiting(c, after=None, limit=2))
    assert [one.id for one in page] == [trusted.id, first.id]
    rest = house.db.read_now(lambda c: notices.waiting(c, after=(page[-1].trusted, page[-1].id), limit=2))
    assert [one.id for one in rest] == [last.id]
    house.cast.clock.move(DAY_MS)
    assert not house.notice(said, account_id=flagger, sender="account:77").trusted


async def test_misuse_is_warned_then_refused_for_a_time(house: House) -> None:
    """The third unfounded notice warns, the fifth closes the door; others still get in."""
    said = await house.says()
    for n in range(1, 6):
        house.decide(house.notice(said), NoticeOutcome.UNFOUNDED)
        known = house.db.read_now(lambda c: notices.sender(c, "address:1"))
        assert (known.warned_at_ms is not None, known.refused_until_ms is not None) == (n >= 3, n >= 5)
    with pytest.raises(NoticesRefused):
        house.notice(said)
    house.notice(said, sender="address:2")
    house.cast.clock.move(NOTICES_REFUSED_MS)
    house.notice(said)


async def test_who_sent_a_notice_may_appeal_too(house: House) -> None:
    """Reversed by somebody else, the comment is taken down after all."""
    said = await house.says()
    filed = house.decide(house.notice(said), NoticeOutcome.KEPT)
    made = Appeal(id=house.cast.new_id(), notice_id=filed.id, account_id=None, reason="Read again.", at_ms=1)
    kept = house.db.write_now(lambda tx: appeals.file(tx, made))
    with pytest.raises(SamePerson):
        house.rule(kept, AppealOutcome.REVERSED, by=MO)
    house.rule(kept, AppealOutcome.REVERSED, rule="threat")
    assert house.state(said) is State.REMOVED
    assert house.standing(said).reasons.rule == "threat"


async def test_a_notice_has_to_be_whole(house: House) -> None:
    """What it is about, why, who says so and in good faith; nobody is named for offences against children."""
    said = await house.says()
    made = house.notice(said)
    assert check_notice(made, good_faith=True) == made
    for fields, wrong in (
        ({"breach": "WEATHER"}, InvalidField),
        ({"explanation": " "}, InvalidField),
        ({"name": ""}, InvalidField),
        ({"email": "bo"}, EmailInvalid),
        ({"explanation": "x" * 2_001}, TextTooLong),
    ):
        with pytest.raises(wrong):
            check_notice(Notice(**{**_fields(made), **fields}), good_faith=True)
    with pytest.raises(InvalidField):
        check_notice(made, good_faith=False)
    child = Notice(**{**_fields(made), "breach": "PROTECTION_OF_MINORS", "name": "", "email": ""})
    assert check_notice(child, good_faith=True).name == ""
    with pytest.raises(InvalidField):
        house.decide(made, NoticeOutcome.ACTED)


def _fields(made: Notice | Ruling) -> dict[str, Any]:
    return {name: getattr(made, name) for name in made.__struct_fields__}
