"""What every store of people keeps, on SQLite and on PostgreSQL."""

import asyncio

import pytest

from moothall.kernel.errors import (
    IdentityLast,
    IdentityTaken,
    NameTaken,
    NotFound,
    SigninFailed,
    TooMany,
)
from moothall.kernel.ids import IdMaker
from moothall.kernel.letter import Letter
from moothall.kernel.limits import HOUR_MS, MINUTE_MS, SESSIONS_PER_ACCOUNT
from moothall.moderation.sanction import Ban
from moothall.people.appoint import Appointment
from moothall.people.model import (
    Account,
    AccountId,
    Flow,
    FlowData,
    FlowKind,
    Identity,
    NewSession,
    Role,
    SessionKind,
)
from moothall.people.port import Arrival
from moothall.store import mail
from moothall.store.database import Database
from moothall.store.moderation import SqlModeration
from moothall.store.people import SqlPeople
from moothall.store.site_secret import site_secret
from tests.newsroom.clock import FakeClock

pytestmark = pytest.mark.anyio
TOWN = Identity("https://town.example", "ada", "Ada", "ada@example.org")


@pytest.fixture
def people(db: Database) -> SqlPeople:
    return SqlPeople(db)


@pytest.fixture
def new_id(clock: FakeClock) -> IdMaker:
    return IdMaker(clock)


def session(token: bytes, now_ms: int, *, kind: SessionKind = SessionKind.BROWSER) -> NewSession:
    return NewSession(token, f"csrf-{token.hex()}", kind, "Firefox · Linux", now_ms, now_ms + HOUR_MS)


def flow(secret: bytes, kind: FlowKind, now_ms: int, **data: object) -> Flow:
    return Flow(secret, kind, FlowData(**data), now_ms, now_ms + MINUTE_MS)


async def person(people: SqlPeople, new_id: IdMaker, name: str, role: Role = Role.READER) -> AccountId:
    made = AccountId(new_id())
    await people.add_account(Account(made, name, role, 1), name_key=name.lower())
    return made


async def test_an_identity_makes_one_account(people: SqlPeople, new_id: IdMaker, clock: FakeClock) -> None:
    """The first arrival makes it, without a name or a right; later ones find it, whatever they claim."""
    ids = [AccountId(new_id()) for _ in range(2)]
    first = await people.arrive(Arrival(TOWN, ids[0], session(b"1", clock())))
    renamed = Identity(TOWN.issuer, TOWN.subject, "Admin", "vera@courier.example")
    again = await people.arrive(Arrival(renamed, ids[1], session(b"2", clock())))
    assert (first.id, again.id) == (ids[0], ids[0])
    assert (first.display_name, first.named, first.role, first.email) == ("", False, Role.READER, None)
    assert await people.identities(ids[0]) == (renamed,)
    with pytest.raises(NotFound):
        await people.account(ids[1])


async def test_issuer_and_subject_make_the_key(people: SqlPeople, new_id: IdMaker, clock: FakeClock) -> None:
    """The same subject elsewhere, another case, and the same address are other people."""
    others = [
        Identity("https://gown.example", "ada", None, "ada@example.org"),
        Identity("https://town.example/", "ada"),
        Identity("https://town.example", "Ada"),
        Identity("https://town.example", "ada "),
    ]
    found = {
        (await people.arrive(Arrival(one, AccountId(new_id()), session(bytes([n]), clock())))).id
        for n, one in enumerate([TOWN, *others])
    }
    assert len(found) == 5


async def test_many_first_arrivals_at_once_make_one_account(
    people: SqlPeople, new_id: IdMaker, clock: FakeClock
) -> None:
    """A double click, or two windows."""
    arrivals = [Arrival(TOWN, AccountId(new_id()), session(bytes([n]), clock())) for n in range(20)]
    accounts = await asyncio.gather(*map(people.arrive, arrivals))
    assert len({one.id for one in accounts}) == 1
    assert len(await people.sessions(accounts[0].id)) == 20


async def test_an_arrival_ends_the_session_before_it(people: SqlPeople, new_id: IdMaker, clock: FakeClock) -> None:
    """In the same transaction."""
    await people.arrive(Arrival(TOWN, AccountId(new_id()), session(b"old", clock())))
    await people.arrive(Arrival(TOWN, AccountId(new_id()), session(b"new", clock()), replaces=b"old"))
    assert await people.known(b"old") is None
    assert (await people.known(b"new")).session.account.id


async def test_names_are_taken_once(people: SqlPeople, new_id: IdMaker) -> None:
    """By their look-alike form; one's own may be spelt anew; imported people may share."""
    ada, bea = await person(people, new_id, "Ada"), await person(people, new_id, "Bea")
    with pytest.raises(NameTaken):
        await people.rename(bea, name="ADA", key="ada")
    with pytest.raises(NameTaken):
        await people.add_account(Account(AccountId(new_id()), "Ada", Role.READER, 1), name_key="ada")
    await people.rename(ada, name="ÁDA", key="ada")
    assert (await people.account(ada)).display_name == "ÁDA"
    for _ in range(2):
        await people.add_account(Account(AccountId(new_id()), "Ada", Role.READER, 1), name_key=None)
    with pytest.raises(NotFound):
        await people.rename(AccountId(7), name="Cy", key="cy")


async def test_one_of_many_gets_a_name(people: SqlPeople, new_id: IdMaker) -> None:
    """Who asks for the same name at the same moment."""
    ids = [await person(people, new_id, f"Reader {n}") for n in range(10)]
    asked = [people.rename(one, name="Ada", key="ada") for one in ids]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sorted(type(one).__name__ for one in answers) == ["NameTaken"] * 9 + ["NoneType"]


async def test_a_session_is_read_with_its_account_and_blocks(
    db: Database, people: SqlPeople, new_id: IdMaker
) -> None:
    """Role, ban and blocks as they are now."""
    bans = SqlModeration(db)
    ada, bea = await person(people, new_id, "Ada"), await person(people, new_id, "Bea")
    await people.open_session(ada, session(b"a", 5, kind=SessionKind.EMBED))
    await people.block(ada, bea, 6)
    await people.block(ada, bea, 7)
    await people.appoint(Appointment(new_id(), ada, None, Role.EDITOR, 8))
    await bans.ban(Ban(new_id(), ada, bea, 99, "Insults", 8))
    known = await people.known(b"a")
    who = known.session.account
    assert (known.blocked, who.role, who.banned_until_ms, who.ban_reason) == ({bea}, Role.EDITOR, 99, "Insults")
    assert (known.session.kind, known.session.device) == (SessionKind.EMBED, "Firefox · Linux")
    assert [one.id for one in await people.blocks(ada)] == [bea]
    await people.unblock(ada, bea)
    await people.unblock(ada, bea)
    await bans.ban(Ban(new_id(), ada, bea, None, "", 9))
    known = await people.known(b"a")
    assert (known.blocked, known.session.account.banned_until_ms) == (frozenset(), None)
    with pytest.raises(NotFound):
        await people.block(ada, AccountId(7), 1)


async def test_sessions_end_one_by_one_and_together(people: SqlPeople, new_id: IdMaker) -> None:
    """Only the owner's; and there are never more than anybody has."""
    ada, bea = await person(people, new_id, "Ada"), await person(people, new_id, "Bea")
    for n in range(SESSIONS_PER_ACCOUNT + 3):
        await people.open_session(ada, session(b"a%03d" % n, 100 + n))
    await people.open_session(bea, session(b"b", 1))
    held = await people.sessions(ada)
    assert len(held) == SESSIONS_PER_ACCOUNT
    assert (held[0].token_hash, held[-1].token_hash) == (b"a052", b"a003")
    await people.end_session(ada, b"b")
    assert await people.known(b"b")
    await people.end_session(ada, b"a052")
    await people.end_sessions(ada, keep=b"a004")
    assert [one.token_hash for one in await people.sessions(ada)] == [b"a004"]
    await people.end_sessions(ada)
    assert await people.sessions(ada) == ()
    with pytest.raises(NotFound):
        await people.open_session(AccountId(7), session(b"x", 1))


async def test_identities_are_added_and_removed_but_never_the_last(people: SqlPeople, new_id: IdMaker) -> None:
    """Nor taken from another; an address that no longer signs in is forgotten."""
    ada, bea = await person(people, new_id, "Ada"), await person(people, new_id, "Bea")
    address = Identity("mailto:", "ada@example.org")
    await people.add_identity(ada, TOWN, email=None, at_ms=1)
    with pytest.raises(IdentityLast):
        await people.remove_identity(ada, TOWN)
    with pytest.raises(IdentityTaken):
        await people.add_identity(bea, TOWN, email=None, at_ms=2)
    await people.add_identity(ada, address, email="ada@example.org", at_ms=2)
    await people.add_identity(ada, address, email="ada@example.org", at_ms=3)
    assert (await people.account(ada)).email == "ada@example.org"
    assert (await people.identities(ada))[1] == address
    with pytest.raises(NotFound):
        await people.remove_identity(bea, address)
    await people.remove_identity(ada, address)
    assert (await people.account(ada)).email is None
    assert await people.find(address) is None


async def test_a_flow_is_begun_again_only_by_its_own_browser(people: SqlPeople) -> None:
    """The name of a hand-off stands in an address that others may read; once it is over, it is free."""
    mine = flow(b"h", FlowKind.HANDOFF, 10, browser="mine", host="news.example")
    await people.add_flow(mine)
    for other in (
        flow(b"h", FlowKind.HANDOFF, 11, browser="another", host="evil.example"),
        flow(b"h", FlowKind.KEPT, 11, browser="mine"),
    ):
        with pytest.raises(SigninFailed):
            await people.add_flow(other)
    assert await people.flow(b"h", FlowKind.HANDOFF) == mine
    again = flow(b"h", FlowKind.HANDOFF, 12, browser="mine", host="other.example")
    await people.add_flow(again)
    assert await people.flow(b"h", FlowKind.HANDOFF) == again
    later = flow(b"h", FlowKind.HANDOFF, again.ends_at_ms, browser="another")
    await people.add_flow(later)
    assert await people.flow(b"h", FlowKind.HANDOFF) == later


async def test_a_flow_is_taken_once(people: SqlPeople) -> None:
    """Of many who come at once one gets it, and only by its kind."""
    asked = flow(b"s", FlowKind.PROVIDER, 10, browser="b", nonce="n", identity=TOWN, joins=7)
    await people.add_flow(asked)
    assert await people.take_flow(b"s", FlowKind.MAIL) is None
    assert await people.flow(b"s", FlowKind.PROVIDER) == asked
    taken = await asyncio.gather(*(people.take_flow(b"s", FlowKind.PROVIDER) for _ in range(10)))
    assert [one for one in taken if one] == [asked]


async def test_codes_are_counted(people: SqlPeople) -> None:
    """Wrong ones use up the tries, also all at once; then the right one is refused."""
    await people.add_flow(flow(b"m", FlowKind.MAIL, 10, code="right"))
    assert await people.take_if_code(b"m", "wrong", tries=5) == 4
    misses = await asyncio.gather(*(people.take_if_code(b"m", f"wrong {n}", tries=5) for n in range(20)))
    assert sorted(misses, reverse=True) == [3, 2, 1] + [0] * 17
    assert await people.take_if_code(b"m", "right", tries=5) == 0
    await people.add_flow(flow(b"n", FlowKind.MAIL, 10, code="right"))
    taken = await asyncio.gather(*(people.take_if_code(b"n", "right", tries=5) for _ in range(5)))
    assert sum(isinstance(one, Flow) for one in taken) == 1
    assert await people.take_if_code(b"x", "right", tries=5) == 0


async def test_mails_to_an_address_are_few(people: SqlPeople, new_id: IdMaker, clock: FakeClock) -> None:
    """Flow and mail are written together or not at all; the refusal says how long to wait."""

    async def ask(secret: bytes, to: str = "ada@example.org") -> None:
        letter = Letter(new_id(), to, "Subject", "Text")
        await people.add_mail_flow(flow(secret, FlowKind.MAIL, clock()), letter, per_hour=3)

    for n in range(3):
        await ask(bytes([n]))
        clock.move(MINUTE_MS)
    with pytest.raises(TooMany) as refused:
        await ask(b"refused")
    assert refused.value.params["seconds"] == 57 * 60
    assert await people.flow(b"refused", FlowKind.MAIL) is None
    await ask(b"other", "bea@example.org")
    clock.move(57 * MINUTE_MS)
    await ask(b"later")


async def test_a_hand_off_is_answered(people: SqlPeople, new_id: IdMaker) -> None:
    """By an account; one that is not there cannot be."""
    ada = await person(people, new_id, "Ada")
    await people.add_flow(flow(b"h", FlowKind.HANDOFF, 10, host="news.example"))
    await people.answer_flow(b"h", FlowKind.HANDOFF, ada)
    assert (await people.flow(b"h", FlowKind.HANDOFF)).account_id == ada
    with pytest.raises(NotFound):
        await people.answer_flow(b"x", FlowKind.HANDOFF, ada)


async def test_what_is_over_is_swept(people: SqlPeople, new_id: IdMaker, db: Database, clock: FakeClock) -> None:
    """Sessions at their end, flows an hour later, mails after some days; nothing else."""
    ada = await person(people, new_id, "Ada")
    await people.open_session(ada, session(b"a", 0))
    await people.add_flow(flow(b"f", FlowKind.LINK, 0))
    assert await people.sweep(HOUR_MS - 1) == 0
    assert await people.sweep(HOUR_MS) == 1
    assert await people.sweep(HOUR_MS + MINUTE_MS) == 1
    old = Letter(new_id(), "ada@example.org", "Subject", "Text")
    await db.write(lambda tx: mail.queue(tx, old, clock()))
    assert await db.write(lambda tx: mail.sweep(tx, old.id)) == 0
    assert await db.write(lambda tx: mail.sweep(tx, old.id + 1)) == 1


def test_a_secret_of_the_site_is_made_once(db: Database) -> None:
    """And is the same ever after, another for each purpose."""
    first = site_secret(db, "address")
    assert (len(first), site_secret(db, "address")) == (43, first)
    assert site_secret(db, "other") != first
