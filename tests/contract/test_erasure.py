"""Forgetting a person and giving them what is kept, on SQLite and on PostgreSQL."""

import csv
import io

import msgspec
import pytest
from sqlalchemy import insert, select

from moothall.discussion.model import Comment, State
from moothall.kernel.errors import Forbidden, NotFound, SamePerson
from moothall.kernel.ids import to_text
from moothall.kernel.letter import Letter
from moothall.moderation.decide import Act, Decision
from moothall.moderation.erase import Erased, Erasure, Wanted, check_asked, quoting
from moothall.moderation.person_archive import archive
from moothall.people.model import Account, AccountId, Role
from moothall.store import erasures, ledger, mail, moderation_writes
from moothall.store.person_reads import person_record
from moothall.store.tables import account, comment, identity, metadata
from tests.newsroom.cast import Cast

pytestmark = pytest.mark.anyio
ANN = Account(AccountId(5), "Ann Hale", Role.ADMINISTRATOR, 1)
BEN = Account(AccountId(6), "Ben Hale", Role.ADMINISTRATOR, 1)
WORDS = "The ferryman Quillfeather owes the toll house eleven crowns."
ADDRESS = "zelda@quillfeather.example"


class House:
    """Zelda, whose name and words are in no other test, and somebody who quotes her."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.db = cast, cast.db
        self.zelda = cast.person("Zelda Quillfeather")
        self.bo = cast.person("Bo Reed")
        self.bridge = cast.story()

    async def talk(self) -> tuple[Comment, Comment, Comment]:
        """Said, quoted in an answer, and another that was taken down."""
        self.cast.clock.move(60_000)
        said = await self.cast.says(self.zelda, self.bridge, WORDS)
        self.cast.clock.move(60_000)
        quoted = await self.cast.says(self.bo, self.bridge, f"> {WORDS}\n\nSays who?", to=said.id)
        self.cast.clock.move(600_000)
        gone = await self.cast.says(self.zelda, self.bridge, "Quillfeather, I say, and say it again.")
        made = Decision(self.cast.new_id(), gone.id, BEN.id, Act.REMOVE, "civil", "Zelda, no.", self.cast.clock())
        self.db.write_now(lambda tx: moderation_writes.decide(tx, made))
        row = {
            "issuer": "email",
            "subject": "zelda@quillfeather.example",
            "account_id": self.zelda,
            "made_at_ms": 1,
        }
        letter = Letter(self.cast.new_id(), "zelda@quillfeather.example", "Dear Zelda", "Quillfeather!")
        self.db.write_now(lambda tx: tx.conn.execute(insert(identity), row))
        self.db.write_now(lambda tx: mail.queue(tx, letter, 1))
        change = account.update().where(account.c.id == self.zelda).values(email=ADDRESS)
        self.db.write_now(lambda tx: tx.conn.execute(change))
        return said, quoted, gone

    def ask(self, wanted: Wanted = Wanted.BOTH) -> None:
        made = Erasure(self.cast.new_id(), self.zelda, wanted, ANN.id, self.cast.clock())
        self.db.write_now(lambda tx: erasures.ask(tx, made))

    def confirm(self, by: Account = BEN) -> Erased:
        number, now = self.cast.new_id(), self.cast.clock()
        return self.db.write_now(lambda tx: erasures.confirm(tx, self.zelda, by, new_id=number, at_ms=now))

    def found(self, words: str, *, besides: int = 0) -> list[str]:
        """Every column of every table in which a text still stands, in whatever row but one."""
        hits = []
        for table in metadata.sorted_tables:
            rows = self.db.read_now(lambda c, t=table: c.execute(select(t)).mappings().all())
            for row in rows:
                if besides and row.get("id") == besides:
                    continue
                hits += [f"{table.name}.{name}" for name, value in row.items() if words in str(value)]
        return hits

    def state(self, said: Comment) -> tuple[str, int]:
        query = select(comment.c.state, comment.c.shown).where(comment.c.id == said.id)
        return tuple(self.db.read_now(lambda c: c.execute(query).one()))  # type: ignore[return-value]


@pytest.fixture
def house(cast: Cast) -> House:
    return House(cast)


async def test_two_people_decide(house: House) -> None:
    """Nobody confirms what nobody asked, nor what they asked themselves; a moderator has no say in it."""
    await house.talk()
    with pytest.raises(NotFound):
        house.confirm()
    house.ask()
    with pytest.raises(SamePerson):
        house.confirm(ANN)
    with pytest.raises(Forbidden):
        house.confirm(Account(AccountId(9), "Mo", Role.MODERATOR, 1))
    assert house.found("Quillfeather")
    house.confirm()
    with pytest.raises(NotFound):
        house.confirm()
    for who, by in (
        (BEN, ANN),
        (Account(house.zelda, "Zelda", Role.READER, 1), Account(house.bo, "B", Role.EDITOR, 1)),
    ):
        with pytest.raises(Forbidden):
            check_asked(who, by)


async def test_nothing_of_the_person_is_left(house: House) -> None:
    """In no column but the quotation, which is named; the thread keeps its place, the chain is whole."""
    said, quoted, gone = await house.talk()
    house.ask()
    done = house.confirm()
    assert done == Erased(2, (quoted.id,))
    assert house.found("Quillfeather", besides=quoted.id) == []
    assert house.found("elda") == []
    assert house.found("quillfeather.example") == []
    assert house.state(said) == ("withdrawn", 1)
    assert house.state(gone) == ("removed", 0)
    assert house.state(quoted) == ("live", 1)
    assert house.db.read_now(ledger.verify) is None


async def test_only_the_name_may_go(house: House) -> None:
    """The words stay, by nobody."""
    said, _, _ = await house.talk()
    house.ask(Wanted.AUTHOR)
    house.confirm()
    assert house.found("elda") == []
    found = await house.cast.comments.get(said.id)
    assert (found.state, found.body, found.author.display_name) == (State.LIVE, WORDS, erasures.NAMELESS)


async def test_only_the_words_may_go(house: House) -> None:
    """The person stays and may sign in."""
    said, quoted, _ = await house.talk()
    house.ask(Wanted.TEXT)
    house.confirm()
    assert house.found(WORDS, besides=quoted.id) == []
    assert house.state(said)[0] == "withdrawn"
    names = house.db.read_now(lambda c: c.scalar(select(account.c.display_name).where(account.c.id == house.zelda)))
    assert names == "Zelda Quillfeather"


async def test_a_person_is_given_everything(house: House) -> None:
    """As ActivityStreams, as tables that no spreadsheet runs, and as a page without a script of theirs."""
    said, _, gone = await house.talk()
    house.cast.clock.move(600_000)
    await house.cast.says(house.zelda, house.bridge, "=HYPERLINK(1) <script>x</script>")
    now = house.cast.clock()
    record = house.db.read_now(lambda c: person_record(c, house.zelda, now_ms=now))
    files = archive(record, "https://courier.example")
    told = msgspec.json.decode(files["activities.json"])
    assert told["orderedItems"][0]["object"]["source"]["content"] == WORDS
    assert told["orderedItems"][0]["object"]["id"] == f"https://courier.example/c/{to_text(said.id)}"
    rows = list(csv.reader(io.StringIO(files["comments.csv"].decode())))
    assert [row[3] for row in rows] == ["state", "live", "removed", "live"]
    assert rows[3][6].startswith("'=HYPERLINK")
    decisions = list(csv.reader(io.StringIO(files["decisions.csv"].decode())))
    assert [decisions[1][1], decisions[1][3], decisions[1][4]] == ["removed", "Zelda, no.", to_text(gone.id)]
    page = files["index.html"].decode()
    assert ADDRESS in page
    assert "<script>" not in page
    assert "Bo Reed" not in page
    with pytest.raises(NotFound):
        house.db.read_now(lambda c: person_record(c, AccountId(404), now_ms=now))


def test_quotations_are_found_by_whole_lines(house: House) -> None:
    """Also in parts and in other case; not short ones, and not the same words without a mark."""
    said = [f"First line of some length here.\n{WORDS}"]
    others = [
        (1, f"> {WORDS.upper()}"), (2, f">>   {WORDS}\nNo."), (3, "> Quillfeather owes the toll house"),
        (4, WORDS), (5, "> owes the toll"), (6, "> Something else that nobody said here."),
    ]  # fmt: skip
    assert quoting(said, others) == (1, 2, 3)  # type: ignore[arg-type]
