"""One offline HTML page of all gate and dbt test results: what was judged, what failed, which rows.

Belongs here: the order and grouping of what the page shows. The look stands in ``quality_page.html.j2``. No script,
no remote address, no font to fetch; every value is escaped.
Does not belong here: judging, storing, the documents' annex (``quarto_reports``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from ehpilot.gates.gate import SCHEMA_GATES, GateResult
from ehpilot.gates.outcome import Outcome
from ehpilot.gates.suite import computed_words
from ehpilot.reading.gate_words import gate_label

_KIND_LABEL = {"expectation": "质量规则", "dbt test": "模型检验", "dbt unit test": "模型单元测试"}
_SUBSTANCE, _DIGITS = "pollutant_id", 12
_PLACES = {"path": "文件", "_file_no": "文件号", "_sheet": "工作表", "_row": "行"}  # of a failing row


def quality_page(
    results: Iterable[GateResult | Outcome],
    path: Path,
    heading: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
    substances: Mapping[str, str] | None = None,
) -> Path:
    """Write the page to ``path`` (its folder must exist) and return the path.

    ``results`` are gate results and single outcomes (dbt tests) in any mixture. ``heading`` may hold what the top of
    the page says: ``zone``, ``edition_no``, ``as_of``, ``run_id``, ``is_fictional`` (prints 演示数据（虚构）).
    ``words`` are the Chinese names of tables (``schema.table``) and columns (``schema.table.column``), ``substances``
    those of pollutant ids.
    """
    named = words or {}
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
        broken=[_view(o, named, substances or {}) for o in sorted(outcomes, key=_gravity) if not o.passed],
        gates=_by_gate(outcomes, named),
        skipped=[named.get(table, table) for table in sorted(skipped)],
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


def _by_gate(outcomes: list[Outcome], words: Mapping[str, str]) -> list[dict[str, Any]]:
    ordered = sorted(outcomes, key=lambda o: (_in_order(o.gate), o.table, o.rule))
    groups = []
    for gate, members in groupby(ordered, key=lambda o: o.gate):
        rows = [_view(o, words, {}) for o in members]
        groups.append({"name": gate, "label": gate_label(gate), "rows": rows})
    return groups


def _in_order(gate: str) -> tuple[bool, str, bool]:
    """Gates as a build passes them; of a stage the tests of its models come before its rules."""
    key = gate.removeprefix("dbt:")
    return key not in SCHEMA_GATES, key, key == gate


def _view(outcome: Outcome, words: Mapping[str, str], substances: Mapping[str, str]) -> dict[str, Any]:
    """What one line of the page shows."""
    columns = list(outcome.samples[0]) if outcome.samples else []
    computed = computed_words()
    heads = [
        _PLACES.get(name) or words.get(f"{outcome.table}.{name}") or words.get(name) or computed.get(name, name)
        for name in columns
    ]
    return {
        "anchor": f"{outcome.gate}-{outcome.check_name}",
        "gate": gate_label(outcome.gate),
        "kind": _KIND_LABEL.get(outcome.kind, outcome.kind),
        "check": outcome.check_name,
        "table": words.get(outcome.table, outcome.table),
        "state": "通过" if outcome.passed else ("不通过（阻断）" if outcome.severity == "error" else "不通过（提示）"),
        "css": "pass" if outcome.passed else outcome.severity,
        "message_cn": outcome.message_cn,
        "rows": outcome.rows,
        "failing": outcome.failing_rows,
        "unknown": outcome.unknown_rows,
        "observed": outcome.observed,
        "note": outcome.note,
        "columns": heads,
        "samples": [[_shown(c, row[c], substances) for c in columns] for row in outcome.samples],
    }


def _shown(column: str, value: Any, substances: Mapping[str, str]) -> str:
    """A value of a failing row as people write it: substances by name, days without midnight, numbers without what
    binary arithmetic leaves behind them (0.09996000000000001)."""
    if value is None or isinstance(value, bool):
        return "" if value is None else "是" if value else "否"
    if column == _SUBSTANCE:
        return substances.get(str(value), str(value))
    if isinstance(value, float) and math.isfinite(value):
        return f"{Decimal(f'{value:.{_DIGITS}g}').normalize():f}"
    return str(value).removesuffix(" 00:00:00")
