"""The short page that ends every document: edition, cut-off, number of gaps and unverified parameters, the annex.

Does not belong here: the annex itself (``annex``).
"""

from __future__ import annotations

from ehpilot.reporting.annex import Annex
from ehpilot.reporting.markdown import plain_table, styled_block
from ehpilot.reporting.numbers import chinese_date


def evidence_page(annex: Annex, annex_name: str) -> str:
    """Markdown of the page; without ``annex_name`` (a document of a series has no annex of its own) a note of the same
    facts."""
    facts, (parameters, standards) = annex.facts, annex.unverified()
    stated = annex.printed.gaps
    if not annex_name:
        gaps = "；".join(gap.removeprefix("本期无数据：") for gap in stated)
        words = (
            f"本文件取自第{facts.edition_no}版数据，数据截止{chinese_date(facts.as_of)}；"
            f"缺口{len(stated)}项{f'（{gaps}）' if gaps else ''}，未经核对的参数{len(parameters)}项。"
        )
        return styled_block("注", words) + "\n"
    rested = annex.gaps()[len(stated) :]  # those that the document states have a line of their own
    rows = [
        ("版次", f"第{facts.edition_no}版（{'公开版' if annex.public else '报送版'}）"),
        ("数据截止日", chinese_date(facts.as_of)),
        ("本文件写明的数据缺口", f"{len(stated)}项"),
        ("本文件所据数据的缺口", _counted(len(rested), len(annex.alike_gaps(rested)))),
        ("本版次登记的全部数据缺口", f"{annex.registered_gaps}项"),
        ("未经核对的参数", f"{len(parameters)}项"),
        ("正文引用而未经核对的文件", f"{len(standards)}项；表中引用而未经核对的，在表内标注待核"),
        ("证据附录", f"{annex_name}，与本文件同处存放，有网页、文字处理、版式和表格四种文件"),
    ]
    return plain_table(["项目", "内容"], rows)


def _counted(gaps: int, alike: int) -> str:
    return f"{gaps}项，相同的合并为{alike}条，见证据附录" if gaps else "0项"
