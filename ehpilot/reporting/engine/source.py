"""A .qmd file as the embedded engine reads it: front matter, text with includes and variables, cells with options.

Only the subset that both engines render equally is read; anything else raises UsageError with file and line, so that
documents cannot drift away from Quarto. Does not belong here: running cells (``kernel``), rendering (``pandoc``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ehpilot.errors import UsageError
from ehpilot.project import read_yaml

FRONT_MATTER = {"title", "subtitle", "title-meta", "pagetitle", "document-id", "jupyter", "format"}
CELL_OPTIONS = {"label", "tbl-cap", "fig-cap", "fig-alt", "include", "echo", "eval", "output", "tags"}
DIV_CLASSES = {"wide", "sheet", "content-visible", "callout-note", "callout-warning", "callout-important",
               "callout-tip", "callout-caution"}  # fmt: skip
PROJECT_KEYS = {"project", "lang", "toc", "number-sections", "execute", "crossref", "filters",
                "format"}  # fmt: skip
FORMAT_KEYS = {
    "html": {"theme", "embed-resources", "css", "include-after-body", "html-math-method", "minimal"},
    "docx": {"reference-doc"},
    "typst": {"papersize", "margin", "mainfont", "fontsize", "include-in-header", "keep-typ"},
}
_FLOAT = ("tbl-", "fig-")
_FENCE = re.compile(r"^(`{3,})\s*(\{[^}]*\}|\w*)\s*$")
_SHORTCODE = re.compile(r"\{\{<\s*(\S+)\s*(.*?)\s*>\}\}")
_DIV = re.compile(r"^:{3,}\s*(\{.*\}|\w\S*)\s*$")
_RAW = re.compile(r"`\{=|^\s*</?[A-Za-z!]|\{=\w+\}")
_GLUED = re.compile(r"\w@(tbl|fig|eq|sec)-")
_SEVERAL = re.compile(r"\[@(tbl|fig|eq|sec)-[\w-]*[^\w\]-]")
_TOUCHING = re.compile(r"``\{python\}|`\{python\}(?![ \t])")
_INLINE = re.compile(r"`\{(\w+)\}\s([^`]+)`")
NO_TITLE = "[//]: # (no title)"  # a comment of Markdown, which prints nothing
PAGE_BREAK = "\n::: {.press-pagebreak}\n:::\n"


@dataclass(frozen=True)
class Line:
    """A line of text and where it stands."""

    text: str
    file: str
    number: int


@dataclass(frozen=True)
class Cell:
    """A Python cell with its ``#|`` options."""

    code: str
    options: dict[str, Any]
    file: str
    line: int

    @property
    def label(self) -> str:
        """Its label, empty without."""
        return str(self.options.get("label", ""))


@dataclass
class Source:
    """A parsed document: ``parts`` are texts (str) and cells in order; ``files`` are all files it was read from."""

    path: Path
    meta: dict[str, Any]
    parts: list[str | Cell] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    @property
    def cells(self) -> list[Cell]:
        """The cells in order."""
        return [part for part in self.parts if isinstance(part, Cell)]


def refuse(file: str, line: int, what: str) -> UsageError:
    """The error for something outside the subset."""
    return UsageError(f"{file}:{line}: {what} is outside the subset that both engines render (docs/documents.md)")


def read(path: Path) -> Source:
    """Parse a .qmd file. Raises UsageError with file and line for what is outside the subset."""
    variables_file = path.parent / "_variables.yml"
    variables = read_yaml(variables_file.read_text(encoding="utf-8")) if variables_file.exists() else {}
    meta, first = _front_matter(path)
    source = Source(path, meta, files=[path])
    lines = list(_expanded(path, first, source, (path,)))
    _split(lines, source, variables or {})
    _refuse_heading_taken_for_title(lines)
    return source


def _refuse_heading_taken_for_title(lines: list[Line]) -> None:
    """Quarto takes the heading for the title with which the first text after a cell begins, or the first text at all:
    it would stand above the cover and be gone from its chapter and the contents."""
    is_cell, is_first, after_cell = False, True, False
    for line in lines:
        if fence := _FENCE.match(line.text):
            is_cell, after_cell = not is_cell and fence[2] == "{python}", True
            continue
        if is_cell or not line.text.strip():
            continue
        if line.text.startswith("#") and (is_first or after_cell):
            raise UsageError(
                f"{line.file}:{line.number}: Quarto takes this heading for the title, as no text stands between the "
                f"cells and it; write the line {NO_TITLE} before it"
            )
        if after_cell:
            return
        is_first = False


def read_project(project: Path) -> dict[str, Any]:
    """``_quarto.yml``, refusing keys outside the subset."""
    path = project / "_quarto.yml"
    settings = read_yaml(path.read_text(encoding="utf-8"))
    for key in settings:
        if key not in PROJECT_KEYS:
            raise refuse(path.name, 1, f"key {key}")
    for name, options in settings.get("format", {}).items():
        _check_format(path.name, name, options)
    return dict(settings)


def _check_format(file: str, name: str, options: Any) -> None:
    if name not in FORMAT_KEYS:
        raise refuse(file, 1, f"format {name}")
    for key in options if isinstance(options, dict) else {}:
        if key not in FORMAT_KEYS[name]:
            raise refuse(file, 1, f"key {key} of format {name}")


def _front_matter(path: Path) -> tuple[dict[str, Any], int]:
    lines = path.read_text(encoding="utf-8").splitlines()
    marks = [number for number, line in enumerate(lines) if line.strip() == "---"]
    if len(marks) < 2 or marks[0] != 0:
        raise UsageError(f"{path.name}:1: no YAML front matter")
    meta = read_yaml("\n".join(lines[1 : marks[1]])) or {}
    for key in meta:
        if key not in FRONT_MATTER:
            raise refuse(path.name, 1, f"front matter key {key}")
    for name, options in (meta.get("format") or {}).items():
        _check_format(path.name, name, options)
    return dict(meta), marks[1] + 1


def _expanded(path: Path, skip: int, source: Source, stack: tuple[Path, ...]) -> Iterator[Line]:
    """Lines with includes put in their place."""
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if number <= skip:
            continue
        found = _SHORTCODE.fullmatch(text.strip())
        if not found or found[1] != "include":
            yield Line(text, path.name, number)
            continue
        target = (stack[0].parent / found[2]).resolve()
        if not target.is_file():
            raise UsageError(f"{path.name}:{number}: included file {found[2]} does not exist")
        if target in stack:
            raise UsageError(f"{path.name}:{number}: {found[2]} includes itself")
        if not target.name.startswith("_"):
            raise refuse(path.name, number, f"including {found[2]}, whose name does not begin with _,")
        source.files.append(target)
        yield from _expanded(target, 0, source, (*stack, target))


def _split(lines: list[Line], source: Source, variables: dict[str, Any]) -> None:
    """Texts and cells in order."""
    text: list[str] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        fence = _FENCE.match(line.text)
        if not fence:
            text.append(_checked(line, source.meta, variables))
            position += 1
            continue
        end = next((n for n in range(position + 1, len(lines)) if lines[n].text.strip() == fence[1]), None)
        if end is None:
            raise UsageError(f"{line.file}:{line.number}: fence is never closed")
        if fence[2] == "{python}":
            source.parts += ["\n".join(text), _cell(lines[position + 1 : end], line)]
            text = []
        elif fence[2].startswith("{"):
            raise refuse(line.file, line.number, f"a cell in {fence[2]}")
        else:
            text += [item.text for item in lines[position : end + 1]]
        position = end + 1
    source.parts.append("\n".join(text))


def _cell(lines: list[Line], fence: Line) -> Cell:
    options = [line.text[2:].lstrip() for line in lines if line.text.startswith("#|")]
    code = [line.text for line in lines if not line.text.startswith("#|")]
    found = read_yaml("\n".join(options)) or {}
    for key in found:
        if key not in CELL_OPTIONS:
            raise refuse(fence.file, fence.number, f"cell option {key}")
    label = str(found.get("label", ""))
    if label and not label.startswith(_FLOAT):
        raise refuse(fence.file, fence.number, f"label {label} (tables tbl-, figures fig-)")
    if label.startswith("tbl-") and "tbl-cap" not in found:
        raise UsageError(f"{fence.file}:{fence.number}: table {label} has no tbl-cap")
    if label.startswith("fig-") and not {"fig-cap", "fig-alt"} <= set(found):
        raise UsageError(f"{fence.file}:{fence.number}: figure {label} needs fig-cap and fig-alt")
    if found.get("output", True) not in (True, "asis"):
        raise refuse(fence.file, fence.number, f"output: {found['output']}")
    if found.get("echo"):
        raise refuse(fence.file, fence.number, "echo: true")
    return Cell("\n".join(code), found, fence.file, fence.number)


def _checked(line: Line, meta: dict[str, Any], variables: dict[str, Any]) -> str:
    """A line of text with its shortcodes filled in, refused where it holds anything else."""
    without_inline = _INLINE.sub("", line.text)
    if _RAW.search(without_inline):
        raise refuse(line.file, line.number, "raw HTML or another raw format")
    for language, _ in _INLINE.findall(line.text):
        if language != "python":
            raise refuse(line.file, line.number, f"inline {language}")
    if _GLUED.search(without_inline):
        raise refuse(line.file, line.number, "a bare @reference after a letter (write [@tbl-x])")
    if _SEVERAL.search(without_inline):
        raise refuse(line.file, line.number, "more than the label in [@…] (write [@tbl-x]、[@tbl-y])")
    if _TOUCHING.search(line.text):
        raise refuse(line.file, line.number, "an inline value beside a backtick, which Quarto prints as it is,")
    div = _DIV.match(line.text.strip())
    if div:
        _check_div(line, div[1])

    def fill(found: re.Match[str]) -> str:
        kind, argument = found[1], found[2]
        if kind == "pagebreak":
            return PAGE_BREAK
        values = {"var": variables, "meta": meta}.get(kind)
        if values is None:
            raise refuse(line.file, line.number, f"shortcode {kind}")
        if argument not in values:
            raise UsageError(f"{line.file}:{line.number}: {kind} {argument} is not defined")
        return str(values[argument])

    return _SHORTCODE.sub(fill, line.text)


def _check_div(line: Line, attributes: str) -> None:
    classes = re.findall(r"\.([\w-]+)", attributes)
    for name in classes:
        if name not in DIV_CLASSES:
            raise refuse(line.file, line.number, f"div .{name}")
    if not classes and "custom-style" not in attributes:
        raise refuse(line.file, line.number, f"div {attributes}")
    if any(name.startswith("callout-") for name in classes) and "title=" not in attributes:
        raise refuse(line.file, line.number, "a callout without title=")
    shown = re.search(r'when-format="(\w+)"', attributes)
    if "content-visible" in classes and (not shown or shown[1] not in FORMAT_KEYS):
        raise refuse(line.file, line.number, "content-visible for another format than html, docx, typst")
