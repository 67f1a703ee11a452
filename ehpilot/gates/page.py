"""One offline HTML page of all gate and dbt test results: what was judged, what failed, which rows.

Belongs here: the order and grouping of what the page shows. The look stands in ``quality_page.html.j2``. No script,
no remote address, no font to fetch; every value is escaped.
Does not belong here: judging, storing, the documents' annex (``quarto_reports``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from ehpilot.gates.gate import SCHEMA_GATES, GateResult
from ehpilot.gates.outcome import Outcome
from ehpilot.gates.page_words import UNNAMED, PageWords, number
from ehpilot.reading.gate_words import gate_label

_KIND_LABEL = {"expectation": "质量规则", "dbt test": "模型检验", "dbt unit test": "模型单元测试"}


def quality_page(
    results: Iterable[GateResult | Outcome],
    path: Path,
    heading: Mapping[str, Any] | None = None,
    words: PageWords | None = None,
) -> Path:
    """Write the page to ``path`` (its folder must exist) and return the path.

    ``results`` are gate results and single outcomes (dbt tests) in any mixture. ``heading`` may hold what the top of
    the page says: ``zone``, ``edition_no``, ``as_of``, ``run_id``, ``is_fictional`` (prints 演示数据（虚构）).
    ``words`` are the names of tables, columns, codes and ids.
    """
    named = words or PageWords()
    outcomes: list[Outcome] = []
    skipped: list[str] = []
    for result in results:
        if isinstance(result, GateResult):
            outcomes.extend(result.outcomes)
            skipped.extend(result.skipped)
        else:
            outcomes.append(result)
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True)
    template = environment.get_template("quality_page.html.j2")
    text = template.render(
        heading=dict(heading or {}),
        counts=_counts(outcomes),
        broken=[_view(o, named) for o in sorted(outcomes, key=_gravity) if not o.passed],
        gates=_by_gate(outcomes, named),
        skipped=[named.table(table) for table in sorted(skipped)],
    )
    path.write_text(text, encoding="utf-8")
    return path


def _counts(outcomes: list[Outcome]) -> dict[str, int]:
    return {
        "all": len(outcomes),
        "passed": sum(o.passed for o in outcomes),
        "errors": sum(o.blocks for o in outcomes),
        "warnings": sum(not o.passed and o.severity != "error" for o in outcomes),
        "empty": sum(o.rows == 0 for o in outcomes),
    }


def _gravity(outcome: Outcome) -> tuple[bool, str, str]:
    return (outcome.severity != "error", outcome.gate, outcome.check_name)


def _by_gate(outcomes: list[Outcome], words: PageWords) -> list[dict[str, Any]]:
    ordered = sorted(outcomes, key=lambda o: (_in_order(o.gate), o.table, o.rule))
    groups = []
    for gate, members in groupby(ordered, key=lambda o: o.gate):
        rows = [_view(o, words) for o in members]
        groups.append({"name": gate, "label": gate_label(gate), "rows": rows})
    return groups


def _in_order(gate: str) -> tuple[bool, str, bool]:
    """Gates as a build passes them; of a stage the tests of its models come before its rules."""
    key = gate.removeprefix("dbt:")
    return key not in SCHEMA_GATES, key, key == gate


def _view(outcome: Outcome, words: PageWords) -> dict[str, Any]:
    """What one line of the page shows."""
    columns = list(outcome.samples[0]) if outcome.samples else []
    return {
        "anchor": f"{outcome.gate}-{outcome.check_name}",
        "gate": gate_label(outcome.gate),
        "kind": _KIND_LABEL.get(outcome.kind, outcome.kind),
        "check": outcome.check_name,
        "table": words.table(outcome.table),
        "state": "通过" if outcome.passed else ("不通过（阻断）" if outcome.severity == "error" else "不通过（提示）"),
        "css": "pass" if outcome.passed else outcome.severity,
        "message_cn": outcome.message_cn,
        "rows": outcome.rows,
        "failing": outcome.failing_rows,
        "unknown": outcome.unknown_rows,
        "observed": _observed(outcome.observed),
        "note": outcome.note.partition(" / ")[0],
        "columns": [words.head(outcome.table, column) for column in columns],
        "samples": [[_cell(words, outcome.table, c, row[c]) for c in columns] for row in outcome.samples],
    }


def _cell(words: PageWords, table: str, column: str, value: Any) -> tuple[str, str]:
    """A value in words, and the id that a clerk finds the row by, where it is no word (told when pointed at)."""
    text = words.value(table, column, value)
    return text, str(value) if text == UNNAMED else ""


def _observed(text: str) -> str:
    """What was found of a whole table; a share is a text, a sum or mean a number."""
    try:
        return number(float(text)) if text else ""
    except ValueError:
        return text
