"""A random draw for evaluators: k enterprises of an edition, facts of their dossiers beside the cells they came from.

Who is drawn and which facts depends on the edition and the seed alone, so that an evaluator can name the seed on the
spot and anybody can repeat the draw. Does not belong here: the page that shows it (``publish.spot_check_page``), how a
cell is traced (``trace``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ehpilot.errors import UsageError
from ehpilot.reading import edition as reading
from ehpilot.reading.trace import Tracer, open_tracer

DOSSIER = "inventory.enterprise_dossier"
KEY = ("enterprise_id", "section_no", "item_no", "field")
ENDS = 20  # rows followed from each row of a trace
SHOWN = ("name", "section_no", "section", "item_no", "field", "value", "unit", "state", "source")


def draw(edition: Path, count: int, facts: int, seed: int) -> list[dict[str, Any]]:
    """Rows of the check, an enterprise after the other in the order of the draw: the columns ``KEY`` and ``SHOWN``,
    ``draw_no`` and the first source of the fact: ``path, sheet, row, source_field, source_text`` (None where a fact has
    none) and ``is_same``: the source's cell reads as the dossier's value.

    ``facts`` are drawn of each enterprise's known ones, one of every section before a second of any; 0 takes all. That
    there is no record of a thing (``无记录``) is no fact with a source and is not drawn.
    UsageError for an edition without dossiers, more enterprises than it has, a number or a seed below 0.
    """
    if facts < 0 or seed < 0:
        raise UsageError("--facts and --seed cannot be below 0 / 项数和种子不能小于0")
    with reading.open_marts(edition) as connection:
        if not reading.has_table(connection, DOSSIER):
            raise UsageError("this edition has no dossiers to draw from / 本版次没有一企一档，无从抽查")
        cursor = connection.execute(
            f"""
            select dossier.enterprise_id, site.name, dossier.section_no, dossier.section, dossier.item_no,
                dossier.field, dossier.value, dossier.unit, dossier.state, dossier.source, dossier.plain_value
            from {DOSSIER} as dossier
            inner join core.dim_enterprise as site using (enterprise_id)
            where dossier.value is not null and dossier.value <> '无记录'
            order by {", ".join(f"dossier.{name}" for name in KEY)}
            """
        )
        names = [item[0] for item in cursor.description]
        known: dict[str, list[dict[str, Any]]] = {}
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            known.setdefault(row["enterprise_id"], []).append(row)
    if not known:
        raise UsageError("no dossier of this edition holds a known fact / 本版次没有一份档案有已知事项，无从抽查")
    if not 0 < count <= len(known):
        raise UsageError(f"between 1 and {len(known)} enterprises can be drawn / 可抽 1 至 {len(known)} 家")
    random = np.random.Generator(np.random.PCG64(seed))
    drawn = [sorted(known)[number] for number in random.permutation(len(known))[:count]]
    found = []
    with open_tracer(edition, top=ENDS) as tracer:
        for number, enterprise in enumerate(drawn, 1):
            for row in _chosen(known[enterprise], facts, random):
                plain = row.pop("plain_value")
                found.append({"draw_no": number, **row, **_source(tracer, row, plain)})
    return found


def _chosen(rows: list[dict[str, Any]], facts: int, random: np.random.Generator) -> list[dict[str, Any]]:
    """``facts`` of the rows in their order: those that come first when each section is dealt out in turn."""
    order = random.permutation(len(rows))
    turn: dict[int, int] = {}
    dealt = []
    for number in order.tolist():
        section = rows[number]["section_no"]
        dealt.append((turn.setdefault(section, 0), number))
        turn[section] += 1
    taken = [number for _, number in sorted(dealt, key=lambda pair: pair[0])]
    return [rows[number] for number in sorted(taken[: facts or None])]


def _source(tracer: Tracer, row: dict[str, Any], plain: str | None) -> dict[str, Any]:
    """The end of the fact's trace that reads like it, else the first cell of a file, else the first end of all."""
    entries = tracer.trace(DOSSIER, {name: row[name] for name in KEY}, "value")
    ends = sorted((entry for entry in entries if entry["kind"]), key=lambda entry: entry["kind"] != "file")
    says = {str(row["value"]).strip(), str(plain or "").strip()}
    alike = [entry for entry in ends if entry["text"] is not None and str(entry["text"]).strip() in says]
    end = (alike or ends or [{}])[0]
    text, same = end.get("text"), bool(alike)
    return {
        "path": end.get("path"), "sheet": end.get("sheet"), "row": end.get("row"), "source_field": end.get("field"),
        "source_text": text, "is_same": same,
    }  # fmt: skip
