"""Ids rise, sort as text and survive a jumping clock."""

from moothall.kernel.ids import (
    CODE_LENGTH,
    MAX_ID,
    IdMaker,
    automatic_id,
    from_text,
    id_at,
    is_short_code,
    made_at_ms,
    short_code,
    to_text,
)
from tests.newsroom.clock import FakeClock


def test_an_id_holds_its_time() -> None:
    """The time of making can be read from an id, to the millisecond."""
    assert made_at_ms(id_at(1_795_000_000_123, 77)) == 1_795_000_000_123
    assert made_at_ms(id_at(-5)) == 0


def test_ids_rise_when_the_clock_jumps_back() -> None:
    """A clock set back by an hour does not turn the order around."""
    clock = FakeClock()
    make = IdMaker(clock)
    before = [make() for _ in range(100)]
    clock.move(-3_600_000)
    after = [make() for _ in range(100)]
    assert before + after == sorted(set(before + after))


def test_ids_start_above_the_floor() -> None:
    """After a restart with a wrong clock, new ids still come after the newest stored one."""
    clock = FakeClock()
    floor = id_at(clock() + 1_000_000)
    assert IdMaker(clock, floor)() > floor


def test_text_form_goes_there_and_back_and_sorts() -> None:
    """Text ids decode to their number and sort as the numbers do."""
    numbers = [0, 1, 31, 32, id_at(1_795_000_000_000, 5), MAX_ID]
    texts = [to_text(n) for n in numbers]
    assert [from_text(t) for t in texts] == numbers
    assert texts == sorted(texts)


def test_what_is_not_an_id() -> None:
    """Wrong length, wrong letters, upper case and too large numbers are refused; a good one passes."""
    good = to_text(MAX_ID)
    assert from_text(good) == MAX_ID
    for bad in ("", good[:-1], good + "0", good.upper(), "i" * 13, "z" * 13, "0000000000' "):
        assert from_text(bad) is None


def test_short_codes_spell_nothing() -> None:
    """Codes have one length and no vowels."""
    codes = {short_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(is_short_code(code) for code in codes)
    assert not any(set(code) & set("aeiou01l") for code in codes)
    assert not is_short_code("a" * CODE_LENGTH)
    assert not is_short_code("b" * (CODE_LENGTH + 1))


def test_what_a_machine_does_never_takes_an_id_of_ours() -> None:
    """Ids of automatic decisions are apart from those made in the same millisecond, and from one another."""
    ours = IdMaker(lambda: 1_795_000_000_000)
    made = {ours() for _ in range(1_000)}
    automatic = {automatic_id(1_795_000_000_000, one) for one in made}
    assert not made & automatic
    assert len(automatic) > 995
    assert max(automatic) < min(made)
