"""Typst's pages, laid out again until no landscape part, and nothing that leads to one, ends on a nearly empty page.

The forms that a part may have (rows closer together or wider apart, a section moved, smaller pictures) stand in
``_brand/report.typ``: the document says where each part ends (``press-end``) and reads its forms from a file
(``press-forms``). What comes out is measured; what another distance of the rows would give follows from two that were
laid out, for lengths are linear in it. Only a document with a short page has a second round, and each lays out what
changed.

Does not belong here: the forms themselves, Word (``fit_docx``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import typst

LEAST_FILLED = 0.42  # of a page: what fills less than two fifths, an office calls nearly empty
LONG = 2  # pages: longer parts may save one
ROUNDS = 8
WHATS = ("led", "rows")  # what leads to a part comes first: a section that it hands over changes the part
_SAFE = (LEAST_FILLED + 0.06, 0.97)  # of a page, for a length that is only expected: a row may not fit


class Form(NamedTuple):
    """Forms of one ``kind`` differ in the ``distance`` of lines and rows alone."""

    kind: str
    distance: float


@dataclass
class Part:
    """How long a part is in each form that was laid out: in pages, the last one as far as it is filled."""

    forms: list[Form]
    pages: dict[int, float] = field(default_factory=dict)
    may_be_one: bool = False  # a page that it has for itself, however short

    def filled(self, pages: float) -> float:
        """How far a length fills its last page."""
        return 1.0 if self.may_be_one and pages <= 1 else pages % 1 or 1.0

    @property
    def best(self) -> int:
        """The form of fewest pages among those that fill the last one enough; else the one that fills it most."""
        filled = {form: self.filled(pages) for form, pages in self.pages.items()}
        enough = [form for form in filled if filled[form] >= LEAST_FILLED]
        if enough:
            return min(enough, key=lambda form: math.ceil(self.pages[form]))
        return max(filled, key=lambda form: filled[form])

    @property
    def next(self) -> int | None:
        """The form to try next: one that is expected to do, else the first; none where one does or all were tried. Of a
        long part also one that may save a page."""
        left = [form for form in range(len(self.forms)) if form not in self.pages]
        if not left or len(self.pages) >= ROUNDS:
            return None
        if self.filled(self.pages[self.best]) < LEAST_FILLED:
            return next(filter(self._is_expected_to_do, left), left[0])
        if not self.may_be_one or max(self.pages.values()) <= LONG:
            return None
        return left[0] if len(self.pages) == 1 else next(filter(self._is_expected_to_save, left), None)

    def _expected(self, form: int) -> float | None:
        """Length in pages as it follows from two forms of the kind."""
        kind, distance = self.forms[form]
        known = [(self.forms[tried].distance, pages) for tried, pages in self.pages.items()
                 if self.forms[tried].kind == kind]  # fmt: skip
        if len(known) < 2:
            return None
        (near, length), (far, other) = known[0], known[-1]
        return length + (other - length) * (distance - near) / (far - near)

    def _is_expected_to_do(self, form: int) -> bool:
        expected = self._expected(form)
        return expected is not None and _SAFE[0] <= self.filled(expected) <= _SAFE[1]

    def _is_expected_to_save(self, form: int) -> bool:
        return (self._expected(form) or math.inf) < math.ceil(self.pages[self.best]) - 1


def compile_pdf(source: Path) -> bytes:
    """The PDF of a Typst file, which stands beside its pictures. Raises typst.TypstError."""
    chosen: dict[str, int] = {}
    laid_out = _laid_out(source, chosen)
    for what in WHATS:
        parts: dict[str, Part] = {}
        while tried := _short_ones(_ends(laid_out), what, parts):
            chosen |= tried
            laid_out = _laid_out(source, chosen)
        best = {name: part.best for name, part in parts.items() if name in chosen}
        if best.items() - chosen.items():
            chosen |= best
            laid_out = _laid_out(source, chosen)
    pdf = laid_out.compile(format="pdf")
    assert isinstance(pdf, bytes), "one document"
    return pdf


def _laid_out(source: Path, chosen: Mapping[str, int]) -> typst.Compiler:
    """The document in these forms, to be asked where its parts end; only the last becomes a PDF.

    The forms are a file because another input of the compiler would have Typst lay out everything again: ten times the
    time of what a form changes.
    """
    forms = source.with_suffix(".forms.json")
    forms.write_text(json.dumps(chosen), encoding="utf-8")
    inputs = {"press-forms": forms.name}
    return typst.Compiler(str(source), root=str(source.parent), font_paths=_fonts(), sys_inputs=inputs)


@cache
def _fonts() -> typst.Fonts:
    """The fonts of this machine, searched for once: it takes longer than laying a page out."""
    return typst.Fonts()


def _ends(laid_out: typst.Compiler) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(laid_out.query("<press-end>", field="value"))
    return found


def _short_ones(ends: list[dict[str, Any]], what: str, parts: dict[str, Part]) -> dict[str, int]:
    """Note in ``parts`` how they came out, and say which form each short one shall have next."""
    for end in ends:
        if end["what"] == what:
            name = f"{end['part']} {what}"
            part = parts.setdefault(name, Part([Form(*form) for form in end["forms"]], may_be_one=what == "rows"))
            pages = end["pages"] - 1 + end["filled"]  # of a form with two ends that of the emptier page
            part.pages[end["form"]] = min(part.pages.get(end["form"], pages), pages, key=part.filled)
    return {name: form for name, part in parts.items() if (form := part.next) is not None}
