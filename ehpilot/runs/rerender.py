"""Documents of a sealed edition rendered once more: what ``ehpilot report`` does.

Does not belong here: printing and exit codes (``ehpilot.cli``), which documents begin first (``documents``), rendering
(``ehpilot.reporting``), releases (``ehpilot.publish.release``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ehpilot.errors import UsageError
from ehpilot.reading import edition as reading
from ehpilot.reading.documents import DocumentResult
from ehpilot.register import Deliverable, Register
from ehpilot.reporting.cache import RenderCache
from ehpilot.reporting.pool import Order, PressPool, wait_for
from ehpilot.runs.documents import begin_series, series_last, series_of, written

_ABOUT_ONE = ("enterprise", "personal")  # sensitivities of documents of which nothing is public
ATLAS = "D06"  # whose release has the interactive map beside it
Made = tuple[list[DocumentResult], bool]  # files of a document, and whether all were there already


def formats_wanted(document: str, all_documents: bool, format: str, public: bool = False) -> dict[str, tuple[str, ...]]:
    """Formats by document id. Raises UsageError that names what there is."""
    documents = written(Register.load())
    known = {name: tuple(item.meta["formats"]) for name, item in documents.items()}
    if document and all_documents:
        raise UsageError("name a document or say --all, not both / 文件编号与 --all 二选一")
    if public:
        closed = {name for name, item in documents.items() if item.meta["sensitivity"] in _ABOUT_ONE}
        if document.upper() in closed:
            raise UsageError(f"{document.upper()} has no public version / 该文件没有公开版")
        known = {name: formats for name, formats in known.items() if name not in closed}
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
    documents = written(Register.load())
    chosen = [documents[name] for name in wanted]
    is_one_file = len(chosen) == 1 and series_of(chosen[0]) is None  # for which no other process need be started
    cache = RenderCache(out / "work" / "press", edition)
    results: list[DocumentResult] = []
    with PressPool(picture_cache=out / "work" / "pictures", workers=1 if is_one_file else None) as pool:
        begun = {
            item.deliverable_id: _begin(pool, cache, item, to, wanted[item.deliverable_id], public)
            for item in series_last(chosen)
        }
        for name in wanted:
            made, is_kept = begun[name]()
            for result in made:
                state = result.state if not result.reason else f"{result.state}: {result.reason}"
                file = result.path.relative_to(to.resolve()) if result.path else ""
                say(f"{name} {result.format} {state}{' =' if is_kept else ''} {file}".rstrip())
            results += made
    return results


def map_beside(wanted: dict[str, tuple[str, ...]], edition: Path, to: Path, public: bool) -> list[Path]:
    """Write ``to``/map where the atlas is among the documents; its files, none else. Earlier editions are on its
    slider."""
    if ATLAS not in wanted:
        return []
    from ehpilot.publish.offline_map import write_offline_map

    number = reading.info(edition).edition_no
    earlier = [other.path for other in reading.list_editions(edition.parent.parent) if other.edition_no < number]
    return write_offline_map(edition, to, earlier, is_public=public)


def _begin(
    pool: PressPool, cache: RenderCache, document: Deliverable, to: Path, formats: tuple[str, ...], public: bool
) -> Callable[[], Made]:
    name, series = document.deliverable_id, series_of(document)
    if series is not None:
        waiting = begin_series(pool, series, cache.edition, to, formats)
        return lambda: (waiting(), False)
    place = cache.place(name, formats, public)
    kept = place.read(to)
    if kept is not None:
        return lambda: (kept, True)
    rendering = pool.submit(Order(name, cache.edition, place.emptied(), formats, public))
    return lambda: (place.keep(wait_for(rendering), to), False)
