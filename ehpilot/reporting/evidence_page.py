"""The short page that ends every document: edition, cut-off, number of gaps and unverified parameters, the annex.

Does not belong here: the annex itself (``annex``).
"""

from __future__ import annotations

from ehpilot.reporting.annex import Annex
from ehpilot.reporting.markdown import plain_table
from ehpilot.reporting.numbers import chinese_date


def evidence_page(annex: Annex, annex_name: str) -> str:
    """Markdown of the page. Without ``annex_name`` (a document of a series has no annex of its own) it lists the gaps
    that the document states."""
    facts, (parameters, standards) = annex.facts, annex.unverified()
    stated = annex.printed.gaps
    rows = [
        ("版次", f"第{facts.edition_no}版（{'公开版' if annex.public else '报送版'}）"),
        ("数据截止日", chinese_date(facts.as_of)),
        ("本文件涉及的数据缺口", f"{len(annex.gaps()) if annex_name else len(stated)}项"),
        ("未经核对的参数", f"{len(parameters)}项"),
        ("未经核对的引用文件", f"{len(standards)}项"),
    ]
    if annex_name:
        rows.append(("证据附录", f"{annex_name}，与本文件同处存放，有网页、文字处理、版式和表格四种文件"))
    elif stated:
        rows.append(("缺少的内容", "；".join(gap.removeprefix("本期无数据：") for gap in stated)))
    return plain_table(["项目", "内容"], rows)
