"""Small printable pages of an edition from a template: offline, without script, every text escaped.

Belongs here: rendering and writing. Does not belong here: what a page says (the product's module, its template), the
front page (``index_page``), documents (``reporting``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

_environment = Environment(
    loader=PackageLoader("ehpilot.publish"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip


def write_page(path: Path, template: str, **facts: Any) -> Path:
    """Write the page; its folder is made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_environment.get_template(template).render(**facts) + "\n", encoding="utf-8")
    return path
