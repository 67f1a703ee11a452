"""Where the Quarto project stands, and which document has a .qmd file there.

Does not belong here: what a .qmd may hold (``engine.source``), rendering.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from ehpilot.errors import UsageError
from ehpilot.project import read_yaml

MADE = {"__pycache__", "_output", ".quarto", ".gitignore"}
ANNEX = "evidence_annex.qmd"  # made beside every document, and no document of an edition itself
PROJECT = Path(__file__).resolve().parents[2] / "quarto_reports"


def documents(project: Path = PROJECT) -> dict[str, Path]:
    """.qmd files by document id (front matter ``document-id``), includes left out."""
    found: dict[str, Path] = {}
    for path in sorted(project.glob("*.qmd")):
        if path.name.startswith("_") or path.name == ANNEX:
            continue
        document_id = front_matter(path).get("document-id")
        if not document_id:
            raise UsageError(f"{path.name}: the front matter names no document-id")
        if document_id in found:
            raise UsageError(f"{path.name} and {found[document_id].name} are both {document_id}")
        found[str(document_id)] = path
    return found


_CAPTION = re.compile(r"^#\| label: ((?:tbl|fig)-[\w-]+)\n#\| (?:tbl|fig)-cap: (.+)$", re.MULTILINE)


def captions(document_id: str, project: Path = PROJECT) -> list[tuple[str, str]]:
    """Label and caption of a document's tables and figures in the order of its text, included files left out."""
    return [
        (label, caption.strip())
        for label, caption in _CAPTION.findall(documents(project)[document_id].read_text("utf-8"))
    ]


_FENCE = re.compile(r"^:{3,}\s*(\{[^}]*\})?\s*$")
_TABLE = re.compile(r'^doc\.table\("([\w.]+)"', re.MULTILINE)


@cache
def lying_tables(document_id: str, project: Path = PROJECT) -> frozenset[str]:
    """Names of the tables that stand on landscape pages alone (in ``.wide`` or ``.sheet``) in a document's text, as it
    names them; none of a document that has no text."""
    path = documents(project).get(document_id)
    upright, lying, opened = set[str](), set[str](), list[bool]()
    for line in path.read_text("utf-8").splitlines() if path else ():
        if fence := _FENCE.match(line):
            if fence[1]:
                opened.append(".wide" in fence[1] or ".sheet" in fence[1])
            elif opened:
                opened.pop()
        elif table := _TABLE.match(line):
            (lying if any(opened) else upright).add(table[1])
    return frozenset(lying - upright)


def front_matter(path: Path) -> dict[str, Any]:
    """The YAML block at the head of a .qmd file. Raises UsageError when there is none."""
    return dict(read_yaml("\n".join(_parts(path)[0])) or {})


def with_front_matter(path: Path, meta: dict[str, Any]) -> str:
    """The text of a .qmd file with another YAML block at its head."""
    head = json.dumps(meta, ensure_ascii=False, indent=2)  # JSON is YAML
    return "\n".join(["---", head, "---", *_parts(path)[1], ""])


def _parts(path: Path) -> tuple[list[str], list[str]]:
    """Lines of the YAML block, and those below it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        raise UsageError(f"{path.name}:1: no YAML front matter")
    end = [line.strip() for line in lines[1:]].index("---") + 1
    return lines[1:end], lines[end + 1 :]


def source_hash(project: Path = PROJECT, document_id: str = "") -> str:
    """SHA-256 over everything that decides how documents look besides an edition: the project's files and the code.

    With ``document_id`` the texts of other documents are left out.
    """
    digest = hashlib.sha256()
    found = documents(project)
    others = {path for name, path in found.items() if document_id in found and name != document_id}
    code = Path(__file__).resolve().parent
    for root in (project, code):
        for path in sorted(path for path in root.rglob("*") if _counts(path, root, others)):
            digest.update(f"{path.relative_to(root)}|".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _counts(path: Path, root: Path, others: set[Path]) -> bool:
    return path.is_file() and path not in others and not _is_made(path.relative_to(root))


def _is_made(path: Path) -> bool:
    """True for what Python, or Quarto rendering by hand, leaves in a folder."""
    return bool(MADE & set(path.parts)) or any(part.endswith(("_files", ".quarto_ipynb")) for part in path.parts)
