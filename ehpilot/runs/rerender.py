"""Documents of a sealed edition rendered once more: what ``ehpilot report`` does.

Does not belong here: printing and exit codes (``ehpilot.cli``), rendering (``ehpilot.reporting``), releases
(``ehpilot.publish.release``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ehpilot.errors import UsageError
from ehpilot.reading.documents import DocumentResult
from ehpilot.register import Register
from ehpilot.reporting.cache import RenderCache
from ehpilot.reporting.press import Press
from ehpilot.reporting.project import PROJECT
from ehpilot.reporting.series import render_series


def formats_wanted(document: str, all_documents: bool, format: str, public: bool = False) -> dict[str, tuple[str, ...]]:
    """Formats by document id. Raises UsageError that names what there is."""
    known = {
        item.deliverable_id: tuple(item.meta["formats"])
        for item in Register.load().documents.values()
        if (PROJECT / item.qmd).is_file()
    }
    if document and all_documents:
        raise UsageError("name a document or say --all, not both / 文件编号与 --all 二选一")
    if public:  # a dossier is about one enterprise only: nothing of it is public
        if document.upper() in _series():
            raise UsageError(f"{document.upper()} has no public version / 档案没有公开版")
        known = {name: formats for name, formats in known.items() if name not in _series()}
    wanted = list(known) if all_documents else [document.upper()]
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        raise UsageError(
            f"no document {', '.join(unknown) or '(none named)'}; documents of this version: {', '.join(known)}"
        )
    formats = {name: (format,) if format else known[name] for name in wanted if not format or format in known[name]}
    if not formats:
        raise UsageError(f"--format {format}: {', '.join(wanted)} has {', '.join(known[wanted[0]])}")
    return formats


def rendered(
    wanted: dict[str, tuple[str, ...]], edition: Path, to: Path, public: bool, out: Path, say: Callable[[str], None]
) -> list[DocumentResult]:
    """Documents of a sealed edition in their formats; ``say`` gets a line for each file as it is done."""
    results: list[DocumentResult] = []
    with Press(picture_cache=out / "work" / "pictures") as press:
        cache = RenderCache(out / "work" / "press", edition, press)
        series = _series()
        for name, formats in wanted.items():
            if name in series:
                folder = to / "dossiers"
                made, is_kept = render_series(press, name, edition, folder, formats, edition / "dossiers"), False
            else:
                made, is_kept = cache.render(name, to, formats, public)
            for result in made:
                state = result.state if not result.reason else f"{result.state}: {result.reason}"
                file = result.path.relative_to(to.resolve()) if result.path else ""
                say(f"{name} {result.format} {state}{' =' if is_kept else ''} {file}".rstrip())
            results += made
    return results


def _series() -> set[str]:
    """Ids of documents that are rendered once a row."""
    return {item.deliverable_id for item in Register.load().documents.values() if item.meta.get("per")}
