"""Gaps of an edition as people read them: many that say the same of another subject are one line that counts them.

Does not belong here: which gaps there are (``meta.gap``), words of their kinds (``edition.code_labels``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable

NO_EFFECT = "无影响"  # of a gap that lacks nothing: a table has no rows for a good reason
NAMED = 3  # of the subjects of one line so many are named


def alike(gaps: Iterable[tuple[str, tuple[Hashable, ...]]]) -> list[tuple[list[str], tuple[Hashable, ...]]]:
    """Subjects of which the same is said, and what is said, in the order in which each statement comes first."""
    subjects: dict[tuple[Hashable, ...], list[str]] = defaultdict(list)
    for subject, said in gaps:
        subjects[said].append(subject)
    return [(found, said) for said, found in subjects.items()]


def together(
    gaps: Iterable[tuple[str, tuple[Hashable, ...]]], *, is_weighed: bool = False
) -> list[tuple[str, tuple[Hashable, ...]]]:
    """Lines (subject, what is said of it); of more than ``NAMED`` subjects the first are named and all counted. Where
    they are weighed, what is said of most subjects comes first."""
    lines = alike(gaps)
    if is_weighed:
        lines.sort(key=lambda line: -len(line[0]))
    return [
        (subject, said)
        for found, said in lines
        for subject in (found if len(found) <= NAMED else [f"共{len(found)}项：{'、'.join(found[:NAMED])}等"])
    ]
