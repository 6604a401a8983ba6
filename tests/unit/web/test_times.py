"""Times are the newsroom's, written as the reader's language does."""

import pytest

from moothall.kernel.clock import to_rfc3339
from moothall.web.times import times, zone_name

SUNDAY_MS = 1_795_367_100_000  # 2026-11-22 17:05 UTC
SUMMER_MS = 1_783_000_000_000  # 2026-07-02 13:46:40 UTC


@pytest.mark.parametrize(
    ("lang", "short", "clock"),
    [
        ("en", "22 Nov, 17:05", "Sunday, 22 November 2026, 17:05 GMT"),
        ("de", "22. Nov., 17:05", "Sonntag, 22. November 2026, 17:05 GMT"),
        ("fr", "22 nov., 17:05", "dimanche 22 novembre 2026, 17:05 GMT"),
        ("es", "22 nov, 17:05", "domingo, 22 de noviembre de 2026, 17:05 GMT"),
        ("ru", "22 нояб., 17:05", "воскресенье, 22 ноября 2026\u202fг., 17:05 GMT"),
        ("ar", "22 نوفمبر، 5:05 م", "الأحد، 22 نوفمبر 2026، 5:05 م GMT"),
    ],
)
def test_six_languages(lang: str, short: str, clock: str) -> None:
    """A comment's time and the site's clock."""
    printed = times(lang, "Europe/London")
    assert printed.short(SUNDAY_MS, SUNDAY_MS) == short
    assert printed.clock(SUNDAY_MS).replace("\xa0", "\u202f") == clock


def test_another_year_is_named() -> None:
    """Of this year one needs no reminding."""
    printed = times("en", "Europe/London")
    assert printed.short(SUNDAY_MS, SUNDAY_MS + 40 * 86_400_000) == "22 Nov 2026, 17:05"


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Europe/London", "2 July 2026, 14:46 BST"),
        ("Europe/Vienna", "2 July 2026, 15:46 CEST"),
        ("Asia/Kathmandu", "2 July 2026, 19:31 UTC+0545"),
        ("Pacific/Auckland", "3 July 2026, 01:46 NZST"),
    ],
)
def test_the_newsrooms_zone_counts(zone: str, text: str) -> None:
    """Summer time, quarter hours and the next day included."""
    assert times("en", zone).long(SUMMER_MS) == text


def test_a_change_of_the_clock_is_followed() -> None:
    """The minute before and the minute after summer time ends in London."""
    printed = times("en", "Europe/London")
    ends_ms = 1_792_890_000_000  # 2026-10-25 01:00 UTC
    assert printed.long(ends_ms - 60_000) == "25 October 2026, 01:59 BST"
    assert printed.long(ends_ms) == "25 October 2026, 01:00 GMT"


def test_machines_get_utc() -> None:
    """Whatever the newsroom's clock says."""
    assert times("ar", "Asia/Kathmandu").iso(SUNDAY_MS) == "2026-11-22T17:05:00Z"
    assert zone_name("America/Sao_Paulo", SUNDAY_MS) == "UTC-03"


@pytest.mark.parametrize(
    ("zone", "stamp"),
    [
        ("Asia/Kathmandu", "2026-11-22T22:50:00+05:45"),
        ("America/Sao_Paulo", "2026-11-22T14:05:00-03:00"),
        ("UTC", "2026-11-22T17:05:00+00:00"),
    ],
)
def test_browsers_get_the_newsrooms_offset(zone: str, stamp: str) -> None:
    """So that they know whether their own clock shows the same."""
    assert times("en", zone).stamp(SUNDAY_MS) == stamp


@pytest.mark.parametrize("at_ms", [0, 999, SUNDAY_MS, SUNDAY_MS + 59_999, 4_102_444_799_000])
def test_the_table_agrees_with_the_clock(at_ms: int) -> None:
    """From 1970 to the last second of 2099."""
    assert times("en", "UTC").iso(at_ms) == to_rfc3339(at_ms)


def test_datelines_name_no_year() -> None:
    """As agencies print them."""
    assert times("en", "Europe/London").dateline(SUNDAY_MS) == "22 Nov"
