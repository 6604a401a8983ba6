"""The chain finds whatever was changed in it."""

import msgspec
import pytest

from moothall.moderation.ledger import (
    GENESIS,
    Bad,
    LedgerEntry,
    Receipt,
    Root,
    canonical,
    chained,
    day_of,
    first_bad,
    seal,
)


@pytest.fixture
def chain() -> list[LedgerEntry]:
    """Five entries, a minute apart."""
    made: list[LedgerEntry] = []
    for n in range(1, 6):
        before = made[-1].hash if made else GENESIS
        made.append(chained(before, seq=n, at_ms=n * 60_000, kind="hold", payload=canonical({"n": str(n)})))
    return made


def _end(chain: list[LedgerEntry]) -> Receipt:
    return Receipt(chain[-1].seq, chain[-1].hash)


def test_a_whole_chain_is_whole(chain: list[LedgerEntry]) -> None:
    """Also an empty one; roots that are in it agree."""
    roots = [Root("1970-01-01", 3, chain[2].hash)]
    assert first_bad(chain, end=_end(chain), roots=roots) is None
    assert first_bad([], end=Receipt(0, GENESIS)) is None


@pytest.mark.parametrize("field", ["at_ms", "kind", "payload", "previous", "hash"])
def test_the_changed_entry_is_named(chain: list[LedgerEntry], field: str) -> None:
    """Whatever was changed in it, it is the first that is bad."""
    other = 180_001 if field == "at_ms" else "x"
    chain[2] = msgspec.structs.replace(chain[2], **{field: other})
    found = first_bad(chain, end=_end(chain))
    assert found is not None
    assert found.seq == 3


def test_what_was_taken_out_is_missed(chain: list[LedgerEntry]) -> None:
    """From the middle and from the end."""
    assert first_bad(chain[:1] + chain[2:]) == Bad(2, "gap")
    assert first_bad(chain[:4], end=_end(chain)) == Bad(5, "end")


def test_time_does_not_go_back(chain: list[LedgerEntry]) -> None:
    """Even in an entry whose hash is right."""
    chain.append(chained(chain[-1].hash, seq=6, at_ms=1, kind="hold", payload="{}"))
    assert first_bad(chain) == Bad(6, "time")


def test_a_chain_written_anew_does_not_meet_its_roots(chain: list[LedgerEntry]) -> None:
    """Nor does one that ends before a root that was published."""
    roots = [Root("1970-01-01", 4, chain[3].hash)]
    anew: list[LedgerEntry] = []
    for old in chain:
        before = anew[-1].hash if anew else GENESIS
        payload = "{}" if old.seq == 2 else old.payload
        anew.append(chained(before, seq=old.seq, at_ms=old.at_ms, kind=old.kind, payload=payload))
    assert first_bad(anew, end=_end(anew)) is None
    assert first_bad(anew, end=_end(anew), roots=roots) == Bad(4, "root")
    assert first_bad(anew[:2], roots=roots) == Bad(3, "root")


def test_a_seal_says_nothing_without_its_salt() -> None:
    """Each salt, name and value makes another; the order of parts does not matter."""
    seals = {seal(salt, name, value) for salt in "ab" for name in "ab" for value in "ab"}
    assert len(seals) == 8
    assert canonical({"b": "1", "a": "2"}) == canonical({"a": "2", "b": "1"}) == '{"a":"2","b":"1"}'
    assert day_of(86_400_000) == "1970-01-02"
