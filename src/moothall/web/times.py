"""Times as the newsroom prints them: its own zone, the reader's language.

Babel takes 10 to 40 microseconds a date and a page holds sixty, so days are kept in a small table
and the hour is put together here.
"""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time

from moothall.kernel.clock import to_datetime, to_rfc3339
from moothall.web.i18n import locale_of

_DAYS_KEPT = 4_096
_MINUTES_KEPT = 6 * 1_440


class Times:
    """Prints unix milliseconds for one language and one zone."""

    def __init__(self, lang: str, zone: str) -> None:
        self.lang = lang
        self.zone = zone
        self._zone = ZoneInfo(zone)
        self._joint = str(locale_of(lang).datetime_formats["medium"])

    def short(self, at_ms: int, now_ms: int) -> str:
        """`22 Nov, 17:05`, with the year when it is not this one."""
        at, now = self._local(at_ms), self._local(now_ms)
        style = "MMMd" if at.year == now.year else "yMMMd"
        return self._join(day_text(self.lang, at.date(), style), at)

    def long(self, at_ms: int) -> str:
        """`22 November 2026, 17:05 GMT`."""
        at = self._local(at_ms)
        return f"{self._join(day_text(self.lang, at.date(), 'long'), at)} {zone_name(at)}"

    def clock(self, at_ms: int) -> str:
        """`Sunday, 22 November 2026, 17:05 GMT`."""
        at = self._local(at_ms)
        return f"{self._join(day_text(self.lang, at.date(), 'full'), at)} {zone_name(at)}"

    def day(self, at_ms: int) -> str:
        """`22 Nov 2026`."""
        return day_text(self.lang, self._local(at_ms).date(), "yMMMd")

    def dateline(self, at_ms: int) -> str:
        """`22 Nov`: a dateline names no year."""
        return day_text(self.lang, self._local(at_ms).date(), "MMMd")

    @staticmethod
    def iso(at_ms: int) -> str:
        """For `datetime` attributes: RFC 3339, UTC."""
        return to_rfc3339(at_ms)

    def _local(self, at_ms: int) -> datetime:
        return to_datetime(at_ms).astimezone(self._zone)

    def _join(self, day: str, at: datetime) -> str:
        return self._joint.replace("{1}", day).replace("{0}", minute_text(self.lang, at.hour * 60 + at.minute))


@lru_cache(maxsize=64)
def times(lang: str, zone: str) -> Times:
    """The printer for a language and an IANA zone."""
    return Times(lang, zone)


@lru_cache(maxsize=_DAYS_KEPT)
def day_text(lang: str, day: date, style: str) -> str:
    """A day: `style` is `full`, `long`, or a CLDR skeleton."""
    locale = locale_of(lang)
    if style in {"full", "long"}:
        return format_date(day, style, locale=locale)  # type: ignore[arg-type]  # a checked literal
    return format_skeleton(style, datetime.combine(day, time()), locale=locale)


@lru_cache(maxsize=_MINUTES_KEPT)
def minute_text(lang: str, minute: int) -> str:
    """The minute of a day, 0 to 1439, as clocks of the language say it."""
    return format_time(time(minute // 60, minute % 60), "short", locale=locale_of(lang))


def zone_name(at: datetime) -> str:
    """`GMT`, or `UTC-03` where a zone has no letters of its own."""
    name = at.tzname() or "UTC"
    return name if name[0].isalpha() else f"UTC{name}"
