"""Codes of enterprises, permits and substances as people type them and Excel mangles them.

Belongs here: cleaning (full-width letters, dash variants, blanks), the verdict on check digits, CAS numbers that Excel
turned into dates. Does not belong here: the check digits themselves (``kernels.identity``), matching of enterprises.
"""

from __future__ import annotations

import re
from datetime import date

from ehpilot.kernels.identity import (
    is_cas_number,
    is_citizen_number,
    is_credit_code,
    is_organisation_code,
    is_permit_number,
)
from ehpilot.landing.personal import masked
from ehpilot.landing.values.cell_value import MISSING, NOTHING, CellValue, Rules, compact, plain_text, shown, visible
from ehpilot.landing.values.dates import EXCEL_EPOCH, SERIALS

_DASHES = re.compile("[‐‑‒–—―−﹘﹣-－ー─]")
_CONFUSED = str.maketrans("OIZSV", "01257")
_ISO_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:T?00:00(?::00)?)?")
_MDY_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def clean_code(text: str) -> str:
    """Upper case ASCII without blanks, quotes and brackets around; any dash is ``-``."""
    return _DASHES.sub("-", compact(text)).upper().strip("'\"`’‘“”()[]{}【】〔〕")


def printable_code(text: str) -> str:
    """The text of a code as it may be printed: masked where it begins with a citizen's number, as some permits do."""
    return masked(len(text)) if is_citizen_number(clean_code(text)[:18]) else text


def _preface(text: str, rules: Rules) -> tuple[str, CellValue | None]:
    raw = plain_text(text, rules.html)
    if not visible(raw):
        return "", NOTHING
    if rules.is_missing(raw):
        return "", MISSING
    return clean_code(raw), None


def parse_credit_code(text: str, rules: Rules) -> CellValue:
    """Reads a 统一社会信用代码; a right nine-digit 组织机构代码 is kept with flag CODE-OLD. Error: CODE-CHECK."""
    code, early = _preface(text, rules)
    if early is not None:
        return early
    if is_credit_code(code):
        return CellValue(value=code)
    old = code.replace("-", "")
    if len(old) == 9 and is_organisation_code(old):
        return CellValue(value=old, flag="CODE-OLD")
    if rules.accept and re.search(rules.accept, code):
        return CellValue(value=code)
    return CellValue(error="CODE-CHECK", message=_why_no_credit_code(printable_code(text), code))


def _why_no_credit_code(text: str, code: str) -> str:
    if re.fullmatch(r"\d\.\d+E\+?\d+", code):
        return f"统一社会信用代码{shown(text)}已被Excel改成科学计数，请以文本格式重新填写"
    if len(code) == 9:
        return f"组织机构代码{shown(text)}校验位不正确"
    if re.fullmatch(r"\d{15}0{3}", code):
        return f"统一社会信用代码{shown(text)}的末位数字已被Excel丢失（数字只保留15位），请以文本格式重新填写"
    if len(code) != 18:
        return f"统一社会信用代码{shown(text)}应为18位，实际{len(code)}位"
    likely = code.translate(_CONFUSED)
    if likely != code and is_credit_code(likely):
        return f"统一社会信用代码{shown(text)}校验位不正确，可能应为{likely}（字母O、I等误写）"
    return f"统一社会信用代码{shown(text)}校验位不正确"


def parse_permit_no(text: str, rules: Rules) -> CellValue:
    """Reads a 许可证编号: credit code + 3 digits + a letter. Error: CODE-CHECK."""
    code, early = _preface(text, rules)
    if early is not None:
        return early
    if is_permit_number(code) or (rules.accept and re.search(rules.accept, code)):
        return CellValue(value=code)
    text = printable_code(text)
    if re.fullmatch(r"[0-9A-Z]{18}\d{3}[A-Z]", code):
        return CellValue(error="CODE-CHECK", message=f"许可证编号{shown(text)}中的统一社会信用代码校验位不正确")
    return CellValue(error="CODE-CHECK", message=f"许可证编号{shown(text)}应为18位信用代码加3位数字和1个字母")


def cas_from_text(text: str) -> str | None:
    """The CAS number in a cleaned text: printed form, digits without hyphens, zero-padded; None if the check fails."""
    padded = re.fullmatch(r"0*(\d{2,7})-(\d{2})-(\d)", text)
    if padded:
        cas = f"{padded[1].lstrip('0')}-{padded[2]}-{padded[3]}"
        return cas if is_cas_number(cas) else None
    digits = text.lstrip("0")
    if digits.isdigit() and 5 <= len(digits) <= 10:
        cas = f"{digits[:-3]}-{digits[-3:-1]}-{digits[-1]}"
        return cas if is_cas_number(cas) else None
    return None


def cas_readings_of_date(year: int, month: int, day: int) -> set[str]:
    """The CAS numbers with right check digit that Excel may have read as this date (yyyy-mm-d, yy-mm-d, mm-dd-y)."""
    candidates = set()
    if day < 10:
        candidates |= {f"{year}-{month:02d}-{day}", f"{year % 100}-{month:02d}-{day}"}
    if 2000 <= year <= 2009:
        candidates.add(f"{month}-{day:02d}-{year % 10}")
    return {c for c in candidates if is_cas_number(c)}


def _date_parts(text: str) -> tuple[int, int, int] | None:
    if match := _ISO_DATE.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _MDY_DATE.fullmatch(text):
        return int(match[3]), int(match[1]), int(match[2])
    return None


def repair_cas(code: str) -> str | None:
    """A CAS number that became a date, when exactly one way to read it passes the check digit; else None."""
    parts = _date_parts(code)
    if parts is None:
        return None
    readings = cas_readings_of_date(*parts)
    return readings.pop() if len(readings) == 1 else None


def repair_cas_serial(code: str) -> str | None:
    """The same for a date that lost its format and shows as Excel's day number (``27398`` for 75-01-4)."""
    if not code.isdigit() or len(code) != 5 or not SERIALS[0] <= int(code) < SERIALS[1]:
        return None
    day: date = date.fromordinal(EXCEL_EPOCH.toordinal() + int(code))
    readings = cas_readings_of_date(day.year, day.month, day.day)
    return readings.pop() if len(readings) == 1 else None


def parse_cas_no(text: str, rules: Rules) -> CellValue:
    """Reads a CAS number; one that Excel made a date is repaired when one reading passes (flag CAS-REPAIRED). Error:
    CAS-CHECK.
    """
    code, early = _preface(text, rules)
    if early is not None:
        return early
    code = re.sub(r"^CAS(?:号|NO\.?|RN)?[::]?", "", code)
    code = re.sub(r"(?<=\d)一(?=\d)", "-", code)  # the numeral one, typed for a dash
    if rules.accept and re.search(rules.accept, code):
        return CellValue(value=code)
    cas = cas_from_text(code)
    if cas:
        return CellValue(value=cas)
    repaired = repair_cas(code) or repair_cas_serial(code)
    if repaired:
        return CellValue(value=repaired, flag="CAS-REPAIRED")
    if _date_parts(code):
        return CellValue(error="CAS-CHECK", message=f"CAS号{shown(text)}被Excel改成了日期，无法唯一还原")
    if re.fullmatch(r"\d{2,7}-\d{2}-\d", code):
        return CellValue(error="CAS-CHECK", message=f"CAS号{shown(text)}校验位不正确")
    return CellValue(error="CAS-CHECK", message=f"{shown(text)}不是CAS号（应如71-43-2）")
