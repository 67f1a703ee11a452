"""The page of a random draw: dossier and sources side by side, with room for what is found on the spot.

Does not belong here: who is drawn (``reading.spot_check``).
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from ehpilot.publish.pages import write_page
from ehpilot.reading import edition as reading


def write(folder: Path, edition: Path, rows: list[dict[str, Any]], seed: int) -> Path:
    """Write the page of a draw into ``folder``; gives its path."""
    facts = reading.info(edition)
    with reading.open_marts(edition) as connection:
        labels = reading.code_labels(connection)
    sites = [
        (number, group[0]["name"], group[0]["enterprise_id"], group)
        for number, found in groupby(rows, key=lambda row: row["draw_no"])
        if (group := list(found))
    ]
    return write_page(
        folder / f"抽查_第{facts.edition_no}版_种子{seed}.html", "spot_check.html.j2",
        title=f"现场抽查表　第{facts.edition_no}版", is_fictional=facts.is_fictional, as_of=facts.as_of, seed=seed,
        sites=sites, state=lambda code: labels.get(("dossier_state", code), code),
    )  # fmt: skip
