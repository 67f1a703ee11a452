"""One enterprise as ``code assess`` takes it: JSON of bounded size, every stated value checked before a rule sees it.

What is not stated is unknown; what is stated must be of its kind. A refusal is one UsageError that begins with a reason
code (those of files, seed ``reason_code``; WORD-UNKNOWN for a word in no list) and names field and value. Fields that
no rule asks for are not used, only listed, as extra columns of files are.

Belongs here: reading and checking. Does not belong here: rules, weights and grades (``assess``).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from ehpilot.errors import UsageError
from ehpilot.kernels.risk_code import COLOURS, Rule, Value

MAX_BYTES = 4_000_000  # some thirty thousand releases; a site has some hundred
MAX_KG = 1e12  # kg a year: more of one substance than the world makes is a slip of unit
# stated number: the largest that has a meaning; none is below 0
NUMBERS = {
    "receptor_load_person_s_m3": 1e9, "people_within_1km": 1e7, "management_score": 100.0,
    "sensitive_cancer_risk": 1.0, "sensitive_hazard_index": 1e9,
}  # fmt: skip
CONFIDENCE = ("high", "medium", "low")
MEDIA = ("air", "water")
UNITS = ("kg", "kg/a")
TEXTS = ("enterprise_id",)
FLAG, WORD = "carcinogen_unmonitored", "data_confidence"
KNOWN = (*TEXTS, "releases", *NUMBERS, FLAG, WORD, "facts")
WHOLE = "the file"  # where no field is wrong but all of it
_DECIMAL = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_SHOWN = 60  # characters of a wrong value that a message repeats
_LONGEST_TEXT = 100  # characters of an id


@dataclass(frozen=True)
class Release:
    """What one enterprise releases of one substance into one medium; NaN: nobody knows how much."""

    pollutant_id: str
    medium: str
    emission_kg: float


@dataclass(frozen=True)
class Enterprise:
    """A checked input. ``numbers``: all of :data:`NUMBERS`, NaN unknown; ``ignored``: fields that were not used."""

    enterprise_id: str | None
    releases: tuple[Release, ...]
    numbers: Mapping[str, float]
    is_unmonitored: bool | None
    confidence: str | None
    facts: Mapping[str, Value]
    ignored: tuple[str, ...]


def parsed(content: bytes) -> dict[str, Any]:
    """The JSON object of a file's bytes (UTF-8, with or without a byte order mark). UsageError where it is none."""
    if len(content) > MAX_BYTES:
        refuse("FILE-TOO-LARGE", WHOLE, f"over {MAX_BYTES} bytes", "文件过大")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse("ENCODING", WHOLE, "not UTF-8", "不是 UTF-8 编码")
    try:
        value = json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        refuse("ENCODING", WHOLE, "half a character in it", "含有半个字符")
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        refuse("FILE-TYPE", WHOLE, "not a JSON object", "不是 JSON 对象")
    return value


def checked(stated: Mapping[str, Any], rules: Iterable[Rule], units: Mapping[str, str]) -> Enterprise:
    """The input with every value of its kind. ``rules``: of the code, which say what facts there are; ``units``: unit
    by fact. UsageError for the first value that is not."""
    ignored = [name for name in stated if name not in KNOWN]
    if stated.get("receptor_load_person_s_m3") is not None and stated.get("people_within_1km") is not None:
        ignored.append("people_within_1km")  # the load is the better of the two
    releases = []
    for number, entry in enumerate(_listed(stated, "releases")):
        releases.append(_release(entry, f"releases[{number}]", ignored))
    return Enterprise(
        _text(stated.get("enterprise_id"), "enterprise_id"),
        tuple(releases),
        {name: _number(stated.get(name), name, high) for name, high in NUMBERS.items()},
        _flag(stated.get(FLAG), FLAG),
        _word(stated.get(WORD), WORD, CONFIDENCE),
        _facts(stated, rules, units),
        tuple(sorted(ignored)),
    )


def refuse(code: str, field: str, english: str, chinese: str, value: object = None) -> NoReturn:
    """Raise UsageError: reason code, field, what is wrong, the value as it was written."""
    shown = "" if value is None else f": {_short(value)}"
    field = "".join(sign if sign.isprintable() else "?" for sign in field[:_SHOWN]).replace(" / ", "/")
    place = "文件" if field == WHOLE else field
    raise UsageError(f"{code} {field}: {english}{shown} / {code} {place}：{chinese}{shown}")


def _short(value: object) -> str:
    text = repr(value).replace(" / ", "/")
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _no_number(word: str) -> NoReturn:
    refuse("NUMBER", WHOLE, "JSON knows no such number", "JSON 中没有这样的数", word)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            refuse("DUP-DIFF", name, "stated twice", "重复填写")
        found[name] = value
    return found


def _listed(stated: Mapping[str, Any], name: str) -> list[Any]:
    value = stated.get(name)
    if value is not None and not isinstance(value, list):
        refuse("FILE-TYPE", name, "must be a list", "应为列表", value)
    return value or []


def _release(entry: Any, place: str, ignored: list[str]) -> Release:
    if not isinstance(entry, dict):
        refuse("FILE-TYPE", place, "must be an object", "应为对象", entry)
    for name in ("pollutant_id", "medium", "emission_kg"):
        if name not in entry:
            words = "a release needs pollutant_id, medium (air or water) and emission_kg"
            refuse("REQUIRED-EMPTY", f"{place}.{name}", words, "排放记录缺这一栏", entry)
    pollutant = _text(entry["pollutant_id"], f"{place}.pollutant_id")
    medium = _word(entry["medium"], f"{place}.medium", MEDIA)
    if not pollutant or not medium:
        refuse("REQUIRED-EMPTY", place, "pollutant_id and medium must be stated", "须填 pollutant_id 和 medium", entry)
    if entry.get("unit") not in (None, *UNITS):
        refuse("UNIT-UNKNOWN", f"{place}.unit", "write kg a year", "请以千克/年填写", entry["unit"])
    ignored += [f"{place}.{name}" for name in entry if name not in ("pollutant_id", "medium", "emission_kg", "unit")]
    return Release(pollutant, medium, _number(entry["emission_kg"], f"{place}.emission_kg", MAX_KG))


def _facts(stated: Mapping[str, Any], rules: Iterable[Rule], units: Mapping[str, str]) -> dict[str, Value]:
    listed = stated.get("facts")
    if listed is not None and not isinstance(listed, dict):
        refuse("FILE-TYPE", "facts", "must be an object", "应为对象", listed)
    operators: dict[str, set[str]] = {}
    for rule in rules:
        if rule.kind in COLOURS and rule.fact not in ("", "grade"):
            operators.setdefault(rule.fact, set()).add(rule.operator)
    found: dict[str, Value] = {}
    for name, value in (listed or {}).items():
        place = f"facts.{name}"
        if name not in operators:
            known = ", ".join(sorted(operators))
            refuse("WORD-UNKNOWN", place, f"no rule asks for it; known: {known}", f"规则不用这一事实，可用：{known}")
        if operators[name] & {"is_true", "is_false"}:
            found[name] = _flag(value, place)
        elif operators[name] == {"eq"}:
            found[name] = _word(value, place, CONFIDENCE)
        else:
            number = _number(value, place, 1.0 if units.get(name) == "share" else 1e9)
            found[name] = None if math.isnan(number) else number
    return found


def _text(value: Any, place: str) -> str | None:
    if value is not None and not isinstance(value, str):
        refuse("FILE-TYPE", place, "must be text", "应为文字", value)
    if value is not None and (len(value) > _LONGEST_TEXT or not value.isprintable()):
        words = f"must be one line of up to {_LONGEST_TEXT} characters"
        refuse("FILE-TYPE", place, words, "文字过长或者含控制符", value)
    return value


def _flag(value: Any, place: str) -> bool | None:
    if value is not None and not isinstance(value, bool):
        refuse("WORD-UNKNOWN", place, "must be true or false", "应为 true 或 false", value)
    return value


def _word(value: Any, place: str, words: tuple[str, ...]) -> str | None:
    if value is not None and value not in words:
        refuse("WORD-UNKNOWN", place, f"must be one of {', '.join(words)}", f"应为 {'、'.join(words)} 之一", value)
    return value


def _number(value: Any, place: str, high: float) -> float:
    """NaN for null. A number, or a decimal as text, which is how packages write decimals."""
    if value is None:
        return math.nan
    is_decimal = isinstance(value, str) and _DECIMAL.fullmatch(value)
    if isinstance(value, bool) or not (is_decimal or isinstance(value, int | float)):
        refuse("NUMBER", place, "is no number", "不是数字", value)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if number < 0:
        refuse("NUMBER-NEGATIVE", place, "must not be negative", "不应为负", value)
    if number > high:
        refuse("NUMBER-PHYSICAL", place, f"is over {high:g}; is the unit right?", f"超过 {high:g}，请核对单位", value)
    return number
