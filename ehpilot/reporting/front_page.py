"""What stands before a document's text: cover, head, title and foot of a letter, staff, contents, list of tables and
figures, head of a face sheet.

Does not belong here: the text of the letter (``_shared/_cover_notice.qmd``), the page that ends a document
(``evidence_page``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehpilot.reading.edition import FICTION_MARK
from ehpilot.reporting import document_head as head
from ehpilot.reporting.markdown import Block, display_width, inert, plain_table, styled_block, title_block
from ehpilot.reporting.numbers import chinese_date
from ehpilot.reporting.project import captions

if TYPE_CHECKING:
    from ehpilot.reading.edition import EditionInfo
    from ehpilot.reporting.printed import Printed

_NEW_PAGE = "::: {.press-new-page}\n:::"
_NEW_PAGE_UNLESS_PDF = "::: {.press-new-page .press-flows}\n:::"
_SHORT_LIST = 16  # captions, of two lines each at most: what a page holds
_DUTIES = ("项目负责人", "编写", "校核", "审核", "审定")
_FILLED_LATER = "（定稿时填写）"  # names of people are no data of an edition
_TITLE_LINE = 40  # half-width characters that a line holds in the letters of a title


class FrontPage:
    """The helpers of a document for its first pages (mixed into ``Document``)."""

    facts: EditionInfo
    head: head.DocumentHead
    printed: Printed
    public: bool

    def face(self, title: str) -> Block:
        """The head of a face sheet: fiction mark, title and one line of facts, on the page of what follows."""
        lines = [styled_block("演示标记", FICTION_MARK)] if self.facts.is_fictional else []
        version = "公开版" if self.public else "报送版"
        unit = self.head.issuing_unit or "编制单位：未提供"
        facts = (unit, f"数据截止日：{chinese_date(self.facts.as_of)}", f"第{self.facts.edition_no}版", version)
        lines += [f"# {inert(title)} {{#face}}", styled_block("注", "　".join(facts))]
        return Block("\n\n".join(lines) + "\n")

    def cover(self, title: str | None = None, first_line: str = "", contents: bool = True) -> Block:
        """Cover and contents list: fiction mark, title, version, issuing unit, as-of date, edition.

        A long title is broken after ``first_line``, which it begins with (default: the zone's name). Without
        ``contents`` something else stands between, and :meth:`contents` follows.
        """
        self.printed.title_head = first_line or head.zone_name(self.facts)
        lines = []
        if self.facts.is_fictional:
            lines.append(styled_block("演示标记", FICTION_MARK))
        lines.append(title_block(self._title_parts(title or self.head.title)))
        lines.append(styled_block("Subtitle", "公开版" if self.public else "报送版"))
        lines.append(styled_block("Author", self.head.issuing_unit or "编制单位：未提供"))
        lines.append(styled_block("Date", f"数据截止日：{chinese_date(self.facts.as_of)}"))
        lines.append(styled_block("Date", f"版次：第{self.facts.edition_no}版"))
        lines.append(str(self.contents()) if contents else _NEW_PAGE)
        return Block("\n\n".join(lines) + "\n")

    def letter_head(self) -> Block:
        """版头 of an official letter (GB/T 9704, 7.2): who issues it, in red, and room for its number above a red
        line; before it the fiction mark, since a letter has no cover."""
        lines = [styled_block("演示标记", FICTION_MARK)] if self.facts.is_fictional else []
        lines.append(styled_block("公文机关", f"{self.head.issuing_unit or '（发文机关）'}文件"))
        lines.append(styled_block("公文版头", "（发文字号签发时编排）"))
        return Block("\n\n".join(lines) + "\n")

    def letter_title(self) -> Block:
        """Title of a document that is a letter itself."""
        self.printed.title_head = head.zone_name(self.facts)
        return Block(title_block(self._title_parts(self.head.title), "公文标题"))

    def letter_foot(self) -> Block:
        """署名, 成文日期, 附注 and 版记 of a letter that nobody has signed yet (GB/T 9704, 7.3 and 7.4)."""
        unit = self.head.issuing_unit or "（发文机关）"
        printed = f"抄送：（签发时填写）。\n\n{inert(unit)}　　（印发日期签发时填写）印发"
        lines = [
            styled_block("公文落款", unit),
            styled_block("公文落款", "（成文日期签发时填写，加盖印章）"),
            styled_block("公文正文", "（公开方式签发时确定）"),
            styled_block("注", "本通知为代拟稿，未经签发不具有效力。"),
            f'::: {{custom-style="版记"}}\n{printed}\n:::',
            _NEW_PAGE,
        ]
        return Block("\n\n".join(lines) + "\n")

    def notice_title(self) -> Block:
        """Title of the letter that sends the document out; a title without the zone is broken after its quoted name."""
        first, *rest = self._title_parts(self.head.title)
        if not rest and "”" in first:
            name, mark, tail = first.partition("”")
            first, rest = name + mark, [tail]
        elif not rest:
            return Block(title_block(_whole_title(first), "公文标题"))
        before, title = "关于印发", [*rest, ""]
        title[0] += "》的通知"
        whole = f"{before}《{first}"
        joined = [whole] if display_width(whole) <= _TITLE_LINE else [before, f"《{first}"]  # no line ends with 《
        return Block(title_block([*joined, *title], "公文标题"))

    def _title_parts(self, title: str) -> list[str]:
        first = self.printed.title_head or head.zone_name(self.facts)
        return [first, title.removeprefix(first)] if title.startswith(first) else [title]

    def contents(self, after: str = _NEW_PAGE) -> Block:
        """The contents list on pages of its own."""
        return Block("\n\n".join([_NEW_PAGE, "::: {.press-contents}\n:::", after]) + "\n")

    def report_front(self) -> Block:
        """The pages before the text of a technical report: cover, staff, contents, list of tables and figures (in the
        PDF on the contents' page, where a short one has room there)."""
        is_short = len(captions(self.head.document_id)) <= _SHORT_LIST
        contents = str(self.contents(_NEW_PAGE_UNLESS_PDF if is_short else _NEW_PAGE))
        floats = f":::: {{.press-together}}\n\n{self._floats()}\n\n::::\n" if is_short else self._floats()
        return Block("\n".join([str(self.cover(contents=False)), self._staff(), contents, floats, _NEW_PAGE]))

    def _staff(self) -> str:
        """The page of those who made the report: duties with room for names, which no edition holds."""
        unit = self.head.issuing_unit or "—"
        rows = [(duty, _FILLED_LATER, unit if duty == "审定" else _FILLED_LATER, _FILLED_LATER) for duty in _DUTIES]
        return f"# 编制人员 {{.unlisted}}\n\n{plain_table(['职责', '姓名', '单位', '职称或者职务'], rows)}\n"

    def _floats(self) -> str:
        """Numbers and captions of the document's tables, then figures; a PDF has their pages instead (press.lua)."""
        listed = captions(self.head.document_id)
        parts = ["# 图表目录 {.unlisted}", "::: {.press-floats}"]
        for kind in ("tbl-", "fig-"):
            parts += [f"[@{label}]　{inert(caption)}" for label, caption in listed if label.startswith(kind)]
        return "\n\n".join([*parts, ":::"]) + "\n"


def _whole_title(title: str) -> list[str]:
    """Lines of the letter's title of a document whose title is one phrase: no line begins with 》 or ends with 《."""
    for lines in ([f"关于印发《{title}》的通知"], ["关于印发", f"《{title}》的通知"]):
        if all(display_width(line) <= _TITLE_LINE for line in lines):
            return lines
    return ["关于印发", f"《{title}》", "的通知"]
