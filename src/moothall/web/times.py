"""Times as the newsroom prints them: its own zone, the reader's language.

Babel takes 10 to 40 microseconds a date and a page holds sixty, so days and minutes are kept in
small tables and put together by whole numbers here.
"""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time

from moothall.kernel.limits import MINUTE_MS, SECOND_MS
from moothall.web.i18n import locale_of

_DAYS_KEPT = 4_096
_MINUTES_KEPT = 6 * 1_440
_DAY_S = 86_400
# Every offset in use today, and every change of one, falls on a quarter of an hour.
_QUARTER_S = 900
_HALF_HOUR_MS = 30 * MINUTE_MS
_CLOCK = tuple(f"{minute // 60:02}:{minute % 60:02}:" for minute in range(1_440))
_SECONDS = tuple(f"{second:02}Z" for second in range(60))


class Times:
    """Prints unix milliseconds for one language and one zone."""

    def __init__(self, lang: str, zone: str) -> None:
        self.lang = lang
        self.zone = zone
        # CLDR's pattern around day {1} and time {0}: all six languages put the day first.
        joint = str(locale_of(lang).datetime_formats["medium"])
        self._between = joint.removeprefix("{1}").removesuffix("{0}")

    def short(self, at_ms: int, now_ms: int) -> str:
        """`22 Nov, 17:05`, with the year when it is not this one."""
        day, second = self._local(at_ms)
        printed = short_day(self.lang, day, year_at(self.zone, now_ms // _HALF_HOUR_MS))
        return printed + self._between + minute_text(self.lang, second // 60)

    def long(self, at_ms: int) -> str:
        """`22 November 2026, 17:05 GMT`."""
        return self._whole(at_ms, "long")

    def clock(self, at_ms: int) -> str:
        """`Sunday, 22 November 2026, 17:05 GMT`."""
        return self._whole(at_ms, "full")

    def dateline(self, at_ms: int) -> str:
        """`22 Nov`: a dateline names no year."""
        return day_text(self.lang, self._local(at_ms)[0], "MMMd")

    def stamp(self, at_ms: int) -> str:
        """RFC 3339 with the newsroom's offset: by it a browser knows whether its reader's clock shows the same."""
        day, second = self._local(at_ms)
        ahead = offset_text(self.zone, at_ms // SECOND_MS // _QUARTER_S)
        return f"{iso_day(day)}{_CLOCK[second // 60]}{second % 60:02}{ahead}"

    @staticmethod
    def iso(at_ms: int) -> str:
        """RFC 3339, UTC, for `datetime` attributes: as `kernel.clock` prints it, but by table."""
        day, second = divmod(at_ms // SECOND_MS, _DAY_S)
        return iso_day(day) + _CLOCK[second // 60] + _SECONDS[second % 60]

    def _whole(self, at_ms: int, style: str) -> str:
        day, second = self._local(at_ms)
        minute = minute_text(self.lang, second // 60)
        return f"{day_text(self.lang, day, style)}{self._between}{minute} {zone_name(self.zone, at_ms)}"

    def _local(self, at_ms: int) -> tuple[int, int]:
        """Days since 1970 and seconds of the day, by the newsroom's clock."""
        at_s = at_ms // SECOND_MS
        return divmod(at_s + offset_s(self.zone, at_s // _QUARTER_S), _DAY_S)


@lru_cache(maxsize=64)
def times(lang: str, zone: str) -> Times:
    """The printer for a language and an IANA zone."""
    return Times(lang, zone)


@lru_cache(maxsize=_DAYS_KEPT)
def offset_s(zone: str, quarter: int) -> int:
    """Seconds that a zone is ahead of UTC in a quarter of an hour, counted from 1970."""
    offset = datetime.fromtimestamp(quarter * _QUARTER_S, ZoneInfo(zone)).utcoffset()
    return int(offset.total_seconds()) if offset else 0


@lru_cache(maxsize=_DAYS_KEPT)
def offset_text(zone: str, quarter: int) -> str:
    """`+05:45`: how far a zone is ahead of UTC in a quarter of an hour, counted from 1970."""
    minutes = offset_s(zone, quarter) // 60
    hour, minute = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hour:02}:{minute:02}"


@lru_cache(maxsize=64)
def year_at(zone: str, half_hour: int) -> int:
    """The year by a zone's clock at the start of a half-hour, counted from 1970."""
    return datetime.fromtimestamp(half_hour * _HALF_HOUR_MS // SECOND_MS, ZoneInfo(zone)).year


@lru_cache(maxsize=_DAYS_KEPT)
def iso_day(day: int) -> str:
    """`2026-11-22T`."""
    return f"{_date(day).isoformat()}T"


@lru_cache(maxsize=_DAYS_KEPT)
def short_day(lang: str, day: int, this_year: int) -> str:
    """A day without its year when that is this one."""
    return day_text(lang, day, "MMMd" if _date(day).year == this_year else "yMMMd")


@lru_cache(maxsize=_DAYS_KEPT)
def day_text(lang: str, day: int, style: str) -> str:
    """A day, counted from 1970: `style` is `full`, `long`, or a CLDR skeleton."""
    locale = locale_of(lang)
    if style == "full":
        return format_date(_date(day), "full", locale=locale)
    if style == "long":
        return format_date(_date(day), "long", locale=locale)
    return format_skeleton(style, datetime.combine(_date(day), time()), locale=locale)


@lru_cache(maxsize=_MINUTES_KEPT)
def minute_text(lang: str, minute: int) -> str:
    """The minute of a day, 0 to 1439, as clocks of the language say it."""
    return format_time(time(minute // 60, minute % 60), "short", locale=locale_of(lang))


def zone_name(zone: str, at_ms: int) -> str:
    """`GMT`, or `UTC-03` where a zone has no letters of its own."""
    name = datetime.fromtimestamp(at_ms // SECOND_MS, ZoneInfo(zone)).tzname() or "UTC"
    return name if name[0].isalpha() else f"UTC{name}"


def _date(day: int) -> date:
    return datetime.fromtimestamp(day * _DAY_S, UTC).date()
