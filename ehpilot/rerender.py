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


def formats_wanted(document: str, all_documents: bool, format: str) -> dict[str, tuple[str, ...]]:
    """Formats by document id. Raises UsageError that names what there is."""
    known = {
        item.deliverable_id: tuple(item.meta["formats"])
        for item in Register.load().documents.values()
        if (PROJECT / item.qmd).is_file() and not item.meta.get("per")
    }
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
        for name, formats in wanted.items():
            made, is_kept = cache.render(name, to, formats, public)
            for result in made:
                state = result.state if not result.reason else f"{result.state}: {result.reason}"
                say(f"{name} {result.format} {state}{' =' if is_kept else ''} {result.path or ''}".rstrip())
            results += made
    return results
