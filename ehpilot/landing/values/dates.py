"""Dates, times and report periods as forms, portals and Excel write them.

Belongs here: dates, timestamps with ``24:00``, Excel serial numbers, report periods, two dates in one cell.
A time with an offset (``Z``, ``+00:00``) is moved to the standard time of the area; without one it is that already.
Does not belong here: calendars of working days.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from ehpilot.landing.values.cell_value import MISSING, NOTHING, CellValue, Rules, plain_text, shown, visible

EXCEL_EPOCH = datetime(1899, 12, 30)  # serial 1 = 1900-01-01 with Excel's 29 February 1900 behind it
SERIALS = (10_000, 80_000)  # 1927 to 2119; smaller numbers are no dates of a form
YEARS = (1900, 2100)

_YMD = r"(\d{4})(?:\s*[-/.年]\s*|\s+)(\d{1,2})(?:\s*[-/.月]\s*|\s+)(\d{1,2})\s*[日号]?"
_COMPACT = r"(\d{4})(\d{2})(\d{2})"
_DATE = re.compile(_YMD)
_COMPACT_DATE = re.compile(_COMPACT)
_NO_DAY = re.compile(r"(\d{4})(?:年|[-/.]|(?=$))(?:(\d{1,2})(?:月份?|(?=$)))?(初|底|末)?")  # 2009年6月, 2009-06, 2009
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_SHORT_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})(?!\d)")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[-/月]\s*(\d{1,2})\s*日?")
_CLOCK = re.compile(
    r"(上午|下午)?\s*(\d{1,2})(?:\s*(?::|时|点)\s*(?:(\d{1,2})\s*(?::|分)?\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?)?"
    r"\s*(am|pm)?", re.I,
)  # fmt: skip
_OFFSET = re.compile(r"(?<=\d)\s*(?:(z|utc|gmt)|(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?)$", re.I)  # behind a time of day
_COMPACT_CLOCK = re.compile(r"(\d{2})(\d{2})?(\d{2})?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_WEEKDAY = re.compile(r"[(]?(?:星期|周)[一二三四五六日天][)]?")
_RANGE_DATE = re.compile(rf"{_YMD}|(?<!\d){_COMPACT}(?!\d)")
_TWO_DAYS = re.compile(rf"(?:{_YMD}|{_COMPACT})[-~至到—–]+(?:{_YMD}|{_COMPACT})止?".replace("(\\d", "(?:\\d"))
_TWO_MONTHS = re.compile(r"(\d{4})[年/.-](\d{1,2})月?[-~至到—–](\d{4})[年/.-](\d{1,2})月?")
_OPEN_END = re.compile(r"长期|永久|至今|无固定期限|无限期|不约定")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS_OF_QUARTER = {(1, 3): 1, (4, 6): 2, (7, 9): 3, (10, 12): 4}


def _clean(text: str) -> str:
    cleaned = unicodedata.normalize("NFKC", visible(text)).strip("'’ ")
    return re.sub(r"\s+", " ", _WEEKDAY.sub("", cleaned)).strip()


def _refuse(text: str, reason: str = "不是日期") -> CellValue:
    return CellValue(error="DATE", message=f"{shown(text)}{reason}")


def _calendar(year: int, month: int, day: int) -> date | str:
    """The date, or what is wrong with it in a clerk's words."""
    if not YEARS[0] <= year <= YEARS[1]:
        return f"的年份不在{YEARS[0]}—{YEARS[1]}之间"
    try:
        return date(year, month, day)
    except ValueError:
        return f"不是日期：{year}年没有{month}月{day}日"


def _leading_date(body: str, rules: Rules) -> tuple[date | str, str] | None:
    """Date (or its fault) at the beginning of a text, and what stands behind it; None if no date begins there."""
    match = _DATE.match(body) or _COMPACT_DATE.match(body)
    if match:
        return _calendar(*(int(g) for g in match.groups())), body[match.end() :]
    if rules.date_order != "ymd" and (match := _YEAR_LAST.match(body) or _SHORT_YEAR_LAST.match(body)):
        first, second, year = (int(g) for g in match.groups())
        if year < 100:
            year += 2000 if year < 69 else 1900  # POSIX strptime %y
        month, day = (first, second) if rules.date_order == "mdy" else (second, first)
        return _calendar(year, month, day), body[match.end() :]
    if rules.base_year is not None and (match := _MONTH_DAY.match(body)):
        return _calendar(rules.base_year, int(match[1]), int(match[2])), body[match.end() :]
    return None


def _clock(text: str) -> timedelta | None:
    """Time of day as a distance from midnight; ``24:00`` is the midnight that ends the day."""
    match = _CLOCK.fullmatch(text)
    if not match:
        return None
    hour, minute, second = (int(match[i] or 0) for i in (2, 3, 4))
    half = (match[1] or match[5] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half in ("下午", "pm") and hour < 12:
        hour += 12
    if half in ("上午", "am") and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _serial(body: str) -> datetime | None:
    """Excel's day number, rounded to the second (a serial of an hour is never exact)."""
    if not _SERIAL.fullmatch(body) or not SERIALS[0] <= float(body) < SERIALS[1]:
        return None
    days = float(body)
    return EXCEL_EPOCH + timedelta(days=int(days), seconds=round((days - int(days)) * 86400))


def _moment(text: str, rules: Rules) -> datetime | str:
    """The moment a text names, or what is wrong with it."""
    body = _clean(text)
    serial = _serial(body)
    if serial is not None:
        return serial
    found = _leading_date(body, rules)
    if found is None:
        return "不是日期" + ("（年份在后，表单未说明月日顺序）" if _YEAR_LAST.match(body) else "")
    day, rest = found
    if isinstance(day, str):
        return day
    midnight = datetime(day.year, day.month, day.day)
    rest = re.sub(r"^[T\s,]+", "", rest, flags=re.I)
    if not rest:
        return midnight
    offset = _OFFSET.search(rest)
    if offset and offset[2] == "-" and not re.search(r"\dT\d|:\d\d:\d\d", body[: -len(offset[0])]):
        offset = None  # 10:00-11:00 is a span of time
    rest = rest[: offset.start()] if offset else rest
    compact = _COMPACT_CLOCK.fullmatch(rest) if _COMPACT_DATE.match(body) else None
    clock = _clock(":".join(g for g in compact.groups() if g) if compact else rest)
    if clock is None:
        return "的时刻无法识别"
    return midnight + clock + (_shift(offset, midnight, rules) if offset else timedelta())


def _shift(offset: re.Match[str], day: datetime, rules: Rules) -> timedelta:
    """From a time with this offset to the standard time of the area."""
    sign, hours, minutes = offset[2], int(offset[3] or 0), int(offset[4] or 0)
    stated = timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1)
    return standard_offset(rules.time_zone or "Asia/Shanghai", day.year) - stated


@lru_cache
def standard_offset(zone: str, year: int) -> timedelta:
    """Offset of a zone's standard time: that of winter, the smaller of January's and July's."""
    offsets = [datetime(year, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() or timedelta() for month in (1, 7)]
    return min(offsets)


def parse_date(text: str, rules: Rules) -> CellValue:
    """Reads one cell of kind date; a time of day is cut off (``24:00`` stays in its day). A month or a year is a day
    only where the column says which (``day_unsaid``: first, last), flagged ASSUMED. Error: DATE.
    """
    raw = plain_text(text, rules.html)
    if not visible(raw):
        return NOTHING
    if rules.is_missing(raw):
        return MISSING
    if _OPEN_END.fullmatch(_clean(raw)):
        return NOTHING
    moment = _moment(raw, rules)
    if isinstance(moment, str):
        return _day_unsaid(raw, rules) or _refuse(text, moment)
    if re.search(r"24\s*[:时点]\s*(?:00|$)", _clean(raw)) and moment == datetime.combine(
        moment.date(), datetime.min.time()
    ):
        moment -= timedelta(days=1)
    return CellValue(value=moment.date())


def _day_unsaid(text: str, rules: Rules) -> CellValue | None:
    """The first or last day, as the column says, of the month or year that a text without a day names."""
    body = _clean(text).replace(" ", "")
    match = _NO_DAY.fullmatch(body)
    if match is None or rules.day_unsaid is None or re.fullmatch(r"\d{4}\.1", body):  # 2025.10 may have lost its nought
        return None
    is_last = match[3] in ("底", "末") or (match[3] is None and rules.day_unsaid == "last")
    year, month = int(match[1]), int(match[2] or (12 if is_last else 1))
    day = _calendar(year, month, 1)
    if isinstance(day, str):
        return None
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return CellValue(value=last if is_last else day, flag="ASSUMED")


def parse_timestamp(text: str, rules: Rules) -> CellValue:
    """Reads one cell of kind timestamp; a date alone is 00:00. With ``hour_ending`` the hour before is meant. Error:
    DATE.
    """
    raw = plain_text(text, rules.html)
    if not visible(raw):
        return NOTHING
    if rules.is_missing(raw):
        return MISSING
    moment = _moment(raw, rules)
    if isinstance(moment, str):
        return _refuse(text, moment if moment.startswith("的") or "没有" in moment else "不是时间")
    return CellValue(value=moment - timedelta(hours=1) if rules.hour_ending else moment)


def parse_period(text: str, rules: Rules) -> CellValue:
    """Reads a report period as ``2026``, ``2026Q1`` or ``2026-03``. Error: DATE."""
    if not visible(text):
        return NOTHING
    if rules.is_missing(text):
        return MISSING
    body = _clean(text).replace(" ", "").lower()
    if match := re.fullmatch(r"(\d{4})(?:年度?|\.0)?(?:年报|全年)?", body):
        return _period(text, int(match[1]))
    if match := re.fullmatch(r"(\d{4})[年\-/]?(?:q([1-4])|第?([1-4一二三四]|i{1,3}|iv)季度?)(?:季报)?", body):
        return _period(text, int(match[1]), quarter=_QUARTERS[match[2] or match[3]])
    if match := re.fullmatch(r"(\d{4})年?(\d{1,2})月?[-~至—–](\d{1,2})月", body):
        return _months(text, *(int(g) for g in match.groups()))
    if (span := _from_to(body)) is not None:
        return _months(text, *span)
    if re.fullmatch(r"\d{4}\.1", body):  # 2025.10 in a cell of numbers loses its nought
        return _refuse(text, "不能确定是1月还是10月，请写作2025-01或2025-10")
    if match := re.fullmatch(r"(\d{4})(?:[-/.年](\d{1,2})月?份?|(\d{2}))", body):
        return _period(text, int(match[1]), month=int(match[2] or match[3]))
    found = _leading_date(body, rules)
    serial = _serial(body)
    day = serial.date() if serial else found[0] if found and re.fullmatch(r"t?(00:00(:00)?)?", found[1]) else None
    if found and _OFFSET.search(found[1]) and isinstance(moment := _moment(text, rules), datetime):
        day = moment.date() if moment.time() == datetime.min.time() else None
    if isinstance(day, date) and day.day == 1:  # Excel makes 2025-03-01 of 2025-03
        return _period(text, day.year, month=day.month)
    return _refuse(text, "不是报告期（应如2025年、2025年1季度、2025-03）")


def _period(text: str, year: int, quarter: int | None = None, month: int | None = None) -> CellValue:
    if not YEARS[0] <= year <= YEARS[1] or (month is not None and not 1 <= month <= 12):
        return _refuse(text, "不是报告期")
    if quarter is not None:
        return CellValue(value=f"{year}Q{quarter}")
    return CellValue(value=f"{year}-{month:02d}" if month is not None else f"{year}")


def _from_to(body: str) -> tuple[int, int, int] | None:
    """Year, first and last month of ``2025-01-01至2025-03-31`` or ``2025年1月至2025年3月``; months in halves and years
    that differ are none (0, 0, 0); None where it names no two ends."""
    if match := _TWO_MONTHS.fullmatch(body):
        year, first, other, last = (int(g) for g in match.groups())
        return (year, first, last) if year == other else (0, 0, 0)
    if not _TWO_DAYS.fullmatch(body):
        return None
    ends = [_calendar(*(int(g) for g in match.groups() if g)) for match in _RANGE_DATE.finditer(body)]
    start, end = ends[0], ends[-1]
    if isinstance(start, str) or isinstance(end, str) or start.year != end.year:
        return (0, 0, 0)
    is_whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    return (start.year, start.month, end.month) if is_whole else (0, 0, 0)


def _months(text: str, year: int, first: int, last: int) -> CellValue:
    if year and (first, last) == (1, 12):
        return _period(text, year)
    if year and first == last:
        return _period(text, year, month=first)
    if (first, last) in _MONTHS_OF_QUARTER:
        return _period(text, year, quarter=_MONTHS_OF_QUARTER[first, last])
    return _refuse(text, "不是报告期：只有整年、整季度或单月")


def parse_date_range(text: str, rules: Rules) -> CellValue:
    """Reads start or end (by kind) of ``2023-05-01至2028-04-30``; an open end (长期) is null. With ``one_date`` the two
    stand in columns of their own, and the only date of a cell is the column's. Error: DATE.
    """
    if not visible(text):
        return NOTHING
    if rules.is_missing(text):
        return MISSING
    body = _clean(text)
    if _OPEN_END.fullmatch(body):
        return NOTHING
    days: list[date] = []
    for match in _RANGE_DATE.finditer(body):
        day = _calendar(*(int(g) for g in match.groups() if g is not None))
        if isinstance(day, str):
            return _refuse(text, day)
        days.append(day)
    if len(days) == 1 and rules.one_date and not _OPEN_END.search(body):
        return CellValue(value=days[0])
    if len(days) == 1 and (_OPEN_END.search(body) or rules.kind == "date_range_start"):
        return CellValue(value=days[0] if rules.kind == "date_range_start" else None)
    if len(days) != 2:
        return _refuse(text, "不是起止日期（应如2023-05-01至2028-04-30）")
    if days[1] < days[0]:
        return _refuse(text, "的结束日期早于开始日期")
    return CellValue(value=days[0 if rules.kind == "date_range_start" else 1])


def fast_date_sql(column: str, rules: Rules) -> str:
    """DuckDB expression for ISO dates and timestamps, else NULL."""
    years = f"{column} >= '{YEARS[0]}' and {column} < '{int(YEARS[1]) + 1}'"
    if rules.kind == "date":
        return (
            f"case when regexp_full_match({column}, '\\d{{4}}-\\d{{2}}-\\d{{2}}') and {years} "
            f"then try_cast({column} as date) end"
        )
    moved = " - interval 1 hour" if rules.hour_ending else ""
    pattern = r"\d{4}-\d{2}-\d{2}[ T](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
    moment = f"try_cast({column} as timestamp)"
    # Full hours, as most series have them, are told without a regular expression, which costs as much as the cast: of
    # texts of this length the cast takes none but dates with an hour and a minute, and 24:00 as we do.
    full_hour = (
        f"prefix({column}, '20') and strlen({column}) = 16 and suffix({column}, ':00') "
        f"and {moment} < timestamp '{int(YEARS[1]) + 1}-01-01'"
    )
    return (
        f"case when {full_hour} then {moment}{moved} "
        f"when regexp_full_match({column}, '{pattern}') and {years} then {moment}{moved} end"
    )
