"""Fictional names, codes and numbers: everything by which a thing of the demo area is called.

Belongs here: names of companies, people, parks and the codes they carry, with right check digits.
Does not belong here: where things lie, what they make or emit (world.py).

No real company can carry a code made here: the administrative part of every 统一社会信用代码 is 99xxxx, and
GB/T 2260 assigns no province 99. People are called 测试人甲, 测试人乙 … and their numbers cannot be dialled.
"""

from __future__ import annotations

ZONE_NAME = "虚构市示范经济技术开发区（虚构）"
CITY_NAME = "虚构市（虚构）"
ISSUING_UNIT = "虚构市生态环境局（虚构）"
PARK_NAMES = {"park_jia": "甲港园区", "park_yi": "乙湾园区", "park_bing": "丙屿园区"}
PARK_ALIASES = {
    "park_jia": ["甲港", "甲港工业区"],
    "park_yi": ["乙湾", "台乙", "乙湾化工园"],
    "park_bing": ["丙屿", "丙屿片区"],
}
STREET_NAMES = ["示例东街道", "示例西街道", "示例南街道", "示例湾街道"]
REGION_CODES = {"park_jia": "990001", "park_yi": "990002", "park_bing": "990003", "": "990000"}

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = [3**i % 31 for i in range(17)]
_ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def company(number: int, trade: str, *, is_former: bool = False) -> str:
    """Name of fictional company ``number`` (0 …) of a trade such as ``合成树脂``; no two numbers share one.

    Former names begin with 样例 instead of 示例, so that none of them is a present name.
    """
    cycle, place = divmod(number, 60)
    series, cycle = divmod(cycle, 60)
    given = _pair(place) + (_pair((7 * cycle + 11 * place) % 60) if cycle or series else "")
    given += f"第{series}" if series else ""
    return f"{'样例' if is_former else '示例'}{given}{trade}有限公司（虚构）"


def _pair(place: int) -> str:
    """One of the sixty pairs of the calendar's cycle."""
    return STEMS[place % 10] + BRANCHES[place % 12]


def person(number: int) -> str:
    """Name of fictional person ``number``."""
    cycle, place = divmod(number, 60)
    return f"测试人{_pair(place)}" + (str(cycle) if cycle else "")


def telephone(number: int) -> str:
    """An eleven-digit number in a range that no operator has (100…)."""
    return f"100{number % 100000000:08d}"


def identity_number(number: int, birth_year: int) -> str:
    """An 18-digit identity number with right check digit (GB 11643) in the unassigned region 990000."""
    body = f"990000{birth_year:04d}{1 + number % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
    remainder = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[remainder]


def organisation_code(number: int) -> str:
    """A nine-character 组织机构代码 with its check character (GB 11714)."""
    body = f"{90000000 + number:08d}"
    total = sum(
        _ORGANISATION_ALPHABET.index(sign) * weight for sign, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    check = 11 - total % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))


def credit_check(body: str) -> str:
    """Check character of a 统一社会信用代码 (GB 32100-2015) for its first 17 characters."""
    total = sum(CREDIT_ALPHABET.index(sign) * weight for sign, weight in zip(body, _CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[(31 - total % 31) % 31]


def credit_code(number: int, park_id: str) -> str:
    """A credit code with right check digits in a region that does not exist (99xxxx)."""
    body = "91" + REGION_CODES[park_id] + organisation_code(number)
    return body + credit_check(body)


def broken_credit_code(code: str) -> str:
    """The code with one digit of its check character changed: it fails GB 32100-2015."""
    place = CREDIT_ALPHABET.index(code[-1])
    return code[:-1] + CREDIT_ALPHABET[(place + 7) % 31]


def full_width(text: str) -> str:
    """Digits and letters as full-width characters, as an input method left on writes them."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
