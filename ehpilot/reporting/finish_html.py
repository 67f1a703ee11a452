"""What is done to an HTML file after either engine: header cells that screen readers understand.

Does not belong here: looks and behaviour (``quarto_reports/_brand``).
"""

from __future__ import annotations

import re
from pathlib import Path

_HEADER_CELL = re.compile(r"<th(?=[\s>])(?![^>]*\bscope=)")
_GENERATOR = re.compile(r'\s*<meta name="generator"[^>]*>')


def finish(path: Path) -> None:
    """Change an .html file in place: ``scope`` on header cells (all of them head columns)."""
    text = path.read_text(encoding="utf-8")
    text = _GENERATOR.sub("", _HEADER_CELL.sub('<th scope="col"', text))
    path.write_text(text, encoding="utf-8")
