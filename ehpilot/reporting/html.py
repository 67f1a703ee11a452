"""A document as one plain HTML file: offline, self-contained, readable by a screen reader, and good on paper.

For the first documents; later ones are Quarto files that read the same tables. Every text is escaped. Does not belong
here: figures, rounding, which tables a document has.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import jinja2

from ehpilot.errors import UsageError
from ehpilot.reading import edition as reading
from ehpilot.reading.documents import DocumentResult
from ehpilot.reporting import edition as evidence
from ehpilot.reporting.numbers import cell_text, chinese_date
from ehpilot.reporting.tables import report_tables

_ORDINALS = "一二三四五六七八九十"

_environment = jinja2.Environment(
    loader=jinja2.PackageLoader("ehpilot.reporting", "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip
_environment.filters["cell"] = cell_text
_environment.filters["ordinal"] = lambda number: ordinal(number)


def ordinal(number: int) -> str:
    """Chinese ordinal of a heading: 1 → 一, 11 → 十一, 20 → 二十."""
    tens, units = divmod(number, 10)
    head = ("" if tens == 1 else _ORDINALS[tens - 1]) + "十" if tens else ""
    return head + (_ORDINALS[units - 1] if units else "")


def render_plain(document_id: str, edition_path: Path | str | None, to: Path) -> DocumentResult:
    """Write ``<to>/D01_<title>.html`` from an edition (sealed, or still being built).

    A document that can't be made is returned with state ``failed`` and its reason, not raised: it is a gap of the
    edition. Raises UsageError when there is no edition, or ``to`` can't be written.
    """
    folder = evidence.find_edition(edition_path)
    try:
        to = Path(to)
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{to}: cannot be written ({error.strerror}) / 无法写入") from error
    title = document_id
    try:
        with reading.open_marts(folder) as connection:
            document = evidence.read_document(connection, document_id)
            title = document.title
            content = _content(connection, folder, document)
        page = _environment.get_template("document.html.j2").render(**content)
    except (duckdb.Error, UsageError, jinja2.TemplateError) as error:
        reason = str(error).strip().splitlines()[0]
        return DocumentResult(document_id, title, "html", None, "failed", reason)
    path = to / f"{evidence.file_stem(document)}.html"
    path.write_text(page, encoding="utf-8")
    tables = content["tables"]
    gaps = tuple(table.gap for table in tables if table.gap.startswith("本期无数据"))
    if not tables:
        gaps = (content["no_tables"],)
    return DocumentResult(
        document_id, title, "html", path.resolve(), "draft", gaps=gaps, tables=tuple(table.table for table in tables)
    )


def _content(connection: duckdb.DuckDBPyConnection, folder: Path, document: evidence.Document) -> dict[str, Any]:
    facts = reading.info(folder)
    labels = reading.code_labels(connection)
    return {
        "label": lambda code_set, code: labels.get((code_set, code), code or "—"),
        "document": document,
        "facts": facts,
        "zone": evidence.zone_name(facts),
        "mark": evidence.FICTION_MARK if facts.is_fictional else "",
        "date": chinese_date(facts.as_of),
        "tables": report_tables(connection, document.document_id, document.tables),
        "no_tables": f"本期无数据：本版没有 report.{document.document_id.lower()}_* 表",
        "evidence": evidence.read_evidence(connection),
    }
