"""Official letters from the passages of a seed: variables filled in, what is not known left for the pen.

A passage names variables in braces. What stands in full-width brackets falls away as a whole where one of its variables
is unknown (实测值…，限值… of a problem that has none); anywhere else a blank stands in its place and its name is told,
so that nobody signs a letter that says less than it seems to.

Belongs here: pure functions over texts. Does not belong here: what the variables are (SQL), pages (``publish``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

import pyarrow as pa

from ehpilot.kernels.columns import ordered, texts

BLANK = "＿＿＿＿"
TITLE = "标题"
_BRACKETS = re.compile(r"（[^（）]*\{[^（）]*）")
_VARIABLE = re.compile(r"\{([a-z_0-9]+)\}")
NOTICES = pa.schema(
    [
        ("notice_id", pa.string()),
        ("title", pa.string()),
        ("body", pa.string()),
        ("phrase_ids", pa.list_(pa.string())),
        ("unfilled", pa.list_(pa.string())),
    ]
)


def filled(passage: str, values: Mapping[str, str]) -> tuple[str, list[str]]:
    r"""The passage with its variables, ``\n`` as new lines, and the names that nobody knew, in order."""
    unknown: list[str] = []

    def bracket(found: re.Match[str]) -> str:
        return found[0] if all(name in values for name in _VARIABLE.findall(found[0])) else ""

    def variable(found: re.Match[str]) -> str:
        if found[1] not in values:
            unknown.append(found[1])
        return values.get(found[1], BLANK)

    text = _VARIABLE.sub(variable, _BRACKETS.sub(bracket, passage))
    return text.replace("\\n", "\n"), list(dict.fromkeys(unknown))


def write_notices(notices: pa.Table, variables: pa.Table, phrases: pa.Table) -> pa.Table:
    """Title and body of each notice, by ``notice_id``; schema :data:`NOTICES`.

    ``notices``: ``notice_id``, ``document``, ``places`` (of the document's passages, joined by ``;``, in the order
    printed), ``default_title`` (where the document has no passage 标题). ``variables``: ``notice_id``, ``variable``,
    ``value`` (null unknown). ``phrases``: seed official_phrase. ValueError where a place has no passage.
    """
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for notice, variable, value in zip(
        texts(variables, "notice_id"), texts(variables, "variable"), variables["value"].to_pylist(), strict=True
    ):
        if value is not None:
            values[notice][variable] = value
    passages: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in ordered(phrases, "document", "seq").select(["document", "place", "phrase_id", "text"]).to_pylist():
        passages[row["document"], row["place"]].append((row["phrase_id"], row["text"]))
    rows = []
    for row in ordered(notices, "notice_id").to_pylist():
        title = row["default_title"]
        body: list[str] = []
        ids: list[str] = []
        unfilled: list[str] = []
        for place in row["places"].split(";"):
            if (row["document"], place) not in passages:
                raise ValueError(f"document {row['document']} has no passage {place}")
            for phrase_id, passage in passages[row["document"], place]:
                text, unknown = filled(passage, values[row["notice_id"]])
                title, body = (text, body) if place == TITLE else (title, [*body, text])
                ids.append(phrase_id)
                unfilled += unknown
        rows.append([row["notice_id"], title, "\n".join(body), ids, list(dict.fromkeys(unfilled))])
    return pa.table([list(column) for column in zip(*rows, strict=True)] or [[]] * len(NOTICES), schema=NOTICES)
