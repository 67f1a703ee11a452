"""Names and addresses of sites as registers write them, cut into the parts that can be compared.

Belongs here: one form for full-width and traditional signs, legal forms, words of regions, numbers of works and phases,
house numbers; Chinese and Latin script. Every word comes from the caller (seed ``name_word``).
Does not belong here: comparing two names (``matching``), keys of the warehouse (dbt macro ``normalised_name``).

Legal background: a Chinese company name is region + stem + trade + legal form and is not given twice by one
registration authority (企业名称登记管理规定, State Council order 734 of 2020).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

_HAN = re.compile(r"[\u3400-\u9fff]")
_NOT_HAN_WORD = re.compile(r"[^0-9A-Z\u3400-\u9fff]")
_BREAK = re.compile(r"[-,;:/()]+")
_NOT_LATIN_WORD = re.compile(r"[^0-9A-Z~]+")
_SINGLE_LETTERS = re.compile(r"\b(?:[A-Z] ){1,}[A-Z]\b")
_NUMERAL = "一二三四五六七八九十0123456789"
_HAN_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
_ROMAN = {"II": "2", "III": "3", "IV": "4", "VI": "6", "VII": "7", "VIII": "8"}


@dataclass(frozen=True)
class NameWords:
    """Words that carry no identity, or a special one. Keys of ``seed`` rows: ``legal_form`` 有限公司, INC; ``generic``
    PLANT; ``region`` 宁波市; ``branch`` 分公司, 集团; ``note`` that begins a remark in brackets 停产; ``renamed`` that
    begins another name in brackets 原, 现名; ``unit`` words after a number or direction 厂, 期; ``direction`` 东;
    ``variant`` sign or word → its usual form 廠 → 厂, CHEM → CHEMICAL; ``address_variant`` STREET → ST.
    """

    legal_form: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    region: frozenset[str] = frozenset()
    branch: frozenset[str] = frozenset()
    note: frozenset[str] = frozenset()
    renamed: frozenset[str] = frozenset()
    unit: frozenset[str] = frozenset()
    direction: frozenset[str] = frozenset()
    variant: Mapping[str, str] = field(default_factory=dict)
    address_variant: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, str, str | None]], regions: Iterable[str] = ()) -> NameWords:
        """From ``(kind, word, usual form)`` rows; ``regions`` are added (names of the area and its parks).

        Raises ValueError for a kind that is not one of the fields.
        """
        sets: dict[str, set[str]] = {}
        maps: dict[str, dict[str, str]] = {"variant": {}, "address_variant": {}}
        for kind, word, usual in rows:
            if kind not in cls.__dataclass_fields__:
                raise ValueError(f"unknown kind of name word: {kind}")
            if kind in maps:
                maps[kind][one_form(word)] = one_form(usual or "")
            else:
                sets.setdefault(kind, set()).add(one_form(word))
        sets["region"] = sets.get("region", set()) | {one_form(word) for word in regions if len(word) > 1}
        parts: dict[str, Any] = {kind: frozenset(words) for kind, words in sets.items()}
        return cls(variant=maps["variant"], address_variant=maps["address_variant"], **parts)

    @cached_property
    def signs(self) -> dict[int, str]:
        """Translation of single signs (traditional characters)."""
        return {ord(word): usual for word, usual in self.variant.items() if len(word) == 1 and _HAN.match(word)}

    @cached_property
    def region_head(self) -> re.Pattern[str]:
        """Words of regions at the beginning of a Chinese name."""
        return re.compile("^(?:" + _alternatives(self.region) + ")+")

    @cached_property
    def legal_forms(self) -> re.Pattern[str]:
        """Chinese legal forms wherever they stand."""
        return re.compile(_alternatives(w for w in self.legal_form | self.branch if _HAN.match(w)))

    @cached_property
    def notes(self) -> re.Pattern[str]:
        """Remarks in brackets at the end of a Chinese name."""
        return re.compile(rf"\((?:{_alternatives(self.note)})[^()]*\)$")

    @cached_property
    def other_name(self) -> re.Pattern[str]:
        """Another name of the enterprise in brackets at the end of a Chinese name: （原某某塑料厂）,
        （现某某有限公司）. It has the end of a name; 原料 begins no name.
        """
        ends = {w for w in self.legal_form | self.unit if _HAN.match(w) and (w in self.legal_form or w.endswith("厂"))}
        return re.compile(rf"\((?:{_alternatives(self.renamed)})[:]?((?!料)[^()]{{2,}}(?:{_alternatives(ends)}))\)$")

    @cached_property
    def numbered_unit(self) -> re.Pattern[str]:
        """A Chinese numeral before a word of a unit: 一厂, 二期."""
        return re.compile(f"[一二三四五六七八九](?={_alternatives(w for w in self.unit if _HAN.match(w))})")

    @cached_property
    def marked_unit(self) -> re.Pattern[str]:
        """A direction before a word of a unit: 东厂, 北区."""
        directions = [w for w in self.direction if _HAN.match(w)]
        units = [w for w in self.unit if _HAN.match(w)]
        return re.compile(f"({_alternatives(directions)})(?:{_alternatives(units)})")


@dataclass(frozen=True)
class ParsedName:
    """A name in parts: ``full`` all words in one form; ``core`` without legal form, region and generic words (words
    of a Latin name sorted); ``marks`` numbers, directions and branch words that tell sites of one owner apart;
    ``is_legal`` a Chinese name with its legal form; ``grams`` pieces by which similar names are found.
    """

    full: str
    core: str
    marks: str
    is_legal: bool
    grams: tuple[str, ...]


def one_form(text: str) -> str:
    """Upper case, half-width (NFKC), no blanks around."""
    return unicodedata.normalize("NFKC", text).upper().strip()


def parse_name(text: str, words: NameWords) -> ParsedName:
    """Parts of a name; an empty name has empty parts."""
    plain = one_form(text)
    return _parse_han(plain, words) if _HAN.search(plain) else _parse_latin(plain, words)


def split_names(texts: Iterable[str]) -> list[str]:
    """Single names of cells that hold several (、，；,;); a single sign (无, -) is no name."""
    return [name for text in texts for name in re.split("[、，,；;]", text) if len(name.strip()) > 1]


def bracketed_names(texts: Iterable[str], words: NameWords) -> list[str]:
    """Former or present names that stand in brackets behind a name."""
    found = (words.other_name.search(one_form(text)) for text in texts)
    return [match[1] for match in found if match]


def _parse_han(plain: str, words: NameWords) -> ParsedName:
    plain = words.notes.sub("", words.other_name.sub("", plain)) or plain
    full = _NOT_HAN_WORD.sub("", plain.translate(words.signs))
    full = words.numbered_unit.sub(lambda match: match[0].translate(_HAN_DIGITS), full)
    bare = words.region_head.sub("", full) or full
    core = words.legal_forms.sub("", bare)
    for region in sorted((r for r in words.region if r in plain and f"({r})" in plain.translate(words.signs)), key=len):
        core = core.replace(region, "")
    core = core or bare
    marks = [sign.translate(_HAN_DIGITS) for sign in core if sign in _NUMERAL]
    marks += words.marked_unit.findall(core)
    marks += sorted(word for word in words.branch if word in full)
    is_legal = words.legal_forms.search(full) is not None
    grams = tuple({core[i : i + 2] for i in range(len(core) - 1)} or {core})
    return ParsedName(full, core, " ".join(marks), is_legal, grams)


def latin_words(plain: str, variants: Mapping[str, str]) -> list[str]:
    """Words of a Latin text in their usual form: ``U.S.`` is one word, ``&`` is AND."""
    broken = _BREAK.sub(" ~ ", plain.replace("'", "").replace("&", " AND "))
    spaced = _NOT_LATIN_WORD.sub(" ", broken).strip()
    joined = _SINGLE_LETTERS.sub(lambda match: match[0].replace(" ", ""), spaced).replace("~", " ")
    return " ".join(variants.get(word, word) for word in joined.split()).split()


def _parse_latin(plain: str, words: NameWords) -> ParsedName:
    full = latin_words(plain, words.variant)
    kept = [word for word in full if word not in words.legal_form and word not in words.generic] or full
    marks = sorted({_ROMAN.get(word, word.lstrip("0") or "0") for word in kept if word.isdigit() or word in _ROMAN})
    marks += sorted({word for word in kept if word in words.direction})
    core = " ".join(sorted(kept))
    grams = tuple({word for word in kept if len(word) > 2} or {core})
    return ParsedName(" ".join(full), core, " ".join(marks), False, grams)


def parse_address(text: str, words: NameWords) -> tuple[str, str]:
    """An address in one form and its house number ('' where it has none)."""
    plain = one_form(text)
    if _HAN.search(plain):
        body = _NOT_HAN_WORD.sub("", plain.translate(words.signs))
        number = re.search(r"([0-9]+)号", body)
        return words.region_head.sub("", body), number[1] if number else ""
    parts = latin_words(plain, words.address_variant)
    return " ".join(parts), parts[0] if parts and parts[0].isdigit() else ""


def _alternatives(words: Iterable[str]) -> str:
    """The words as one regular expression, longest first; one that matches nothing when there are none."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w))) or r"(?!)"
