"""``ehpilot code verify``, ``code assess``: a code or the ledger checked offline; one enterprise by an edition's rules.

Does not belong here: how codes are judged (``reading.code_verify``) and the ledger is read (``reading.ledger``).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ehpilot.cli.exits import complain, in_language, say
from ehpilot.cli.options import DEFAULT_OUT, Format, Out, date, known_format
from ehpilot.cli.output import print_json
from ehpilot.errors import UsageError

if TYPE_CHECKING:
    from ehpilot.reading.code_verify import Verdict

app = typer.Typer(no_args_is_help=True, help="风险码 / risk codes")
OUTCOMES = {
    "valid": "有效", "expired": "已过期", "superseded": "已被新码取代", "revoked": "已撤销", "unknown_key": "密钥未知",
    "tampered": "内容被改动", "not_yet_valid": "尚未生效", "list_too_old": "码清单过旧，无法判定",
}  # fmt: skip
LEDGER_SUFFIX = ".jsonl"


@app.callback()
def code() -> None:
    """风险码。Risk codes."""


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="码的 JSON、二维码文本，或 ledger.jsonl / a code, or the ledger")],
    out: Out = DEFAULT_OUT,
    on: Annotated[str, typer.Option("--on", help="按此日期判定，默认今天 / the day it is judged on")] = "",
    trust: Annotated[Path | None, typer.Option("--trust", help="公钥与码清单目录 / folder of keys and list")] = None,
    format: Format = "table",
) -> None:
    """离线核验风险码或账本。Verify a risk code or the ledger; 0 valid, 1 not."""
    known_format(format)
    if file.suffix == LEDGER_SUFFIX:
        _ledger(file, trust, format)
        return
    from ehpilot.reading.code_verify import FOLDER, MAX_BYTES, trusted
    from ehpilot.reading.code_verify import verify as judge
    from ehpilot.reading.edition import find

    keys, codes = trusted(trust or find(out) / FOLDER)
    asked = date(on, "--on")
    today = asked or (dt.datetime.now(dt.UTC) + dt.timedelta(hours=8)).date()
    content = _content(file, MAX_BYTES).decode("utf-8-sig", errors="replace")
    verdict = judge(content, keys, codes, today, by_clock=asked is None)
    if format == "json":
        print_json({**asdict(verdict), "exit_code": verdict.exit_code})
    else:
        said, said_en = _said(verdict)
        demo = ("（演示密钥，虚构）", " (demo key, fiction)") if verdict.is_demo else ("", "")
        say(
            f"{OUTCOMES[verdict.outcome]}{demo[0]}：{said}{in_language(verdict.detail, 'zh')}",
            f"{verdict.outcome}{demo[1]}: {said_en}{in_language(verdict.detail, 'en')}",
        )
    raise typer.Exit(verdict.exit_code)


def _said(verdict: Verdict) -> tuple[str, str]:
    """What a code says, in both languages; nothing of what could not be read."""
    from ehpilot.reading.code_signature import COLOUR_WORDS

    if not verdict.enterprise_id:
        return "", ""
    grade = "—" if verdict.grade is None else str(verdict.grade)
    days = verdict.valid_from, verdict.valid_until
    word = COLOUR_WORDS.get(verdict.colour, "")
    return (
        f"{verdict.enterprise_id} {word}码 等级 {grade} {days[0]}–{days[1]}；",
        f"{verdict.enterprise_id} {verdict.colour}, grade {grade}, {days[0]} to {days[1]}; ",
    )


@app.command()
def assess(
    file: Annotated[Path, typer.Option("--input", help="一家企业的 JSON / one enterprise")],
    out: Out = DEFAULT_OUT,
    edition: Annotated[int | None, typer.Option("--edition")] = None,
) -> None:
    """按版次的分级界和规则评一家企业，输出 JSON。One enterprise by the cuts and rules of an edition, as JSON."""
    from ehpilot.reading.assess import assess as assess_one
    from ehpilot.reading.assess_input import MAX_BYTES, parsed
    from ehpilot.reading.edition import find

    enterprise = parsed(_content(file, MAX_BYTES))
    print_json(assess_one(find(out, edition), enterprise))


def _content(file: Path, limit: int) -> bytes:
    """Bytes of a file, at most one more than ``limit``: no more of a file that is too large."""
    try:
        with file.open("rb") as opened:
            return opened.read(limit + 1)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror}) / {file} 无法读取") from error


def _ledger(file: Path, trust: Path | None, format: str) -> None:
    from ehpilot.reading.code_verify import trusted
    from ehpilot.reading.ledger import list_beside, verify_file

    anchor = trust or list_beside(file)
    codes = trusted(anchor)[1] if anchor else None
    rows, broken = verify_file(file, codes)
    is_anchored = codes is not None and codes.is_trusted
    if format == "json":
        print_json({"rows": rows, "is_whole": not broken, "is_anchored": is_anchored, "detail": broken})
    elif not broken:
        held = (
            ("，与已签名的码清单一致", ", as the signed list of codes has it")
            if is_anchored
            else (
                "；没有已签名的码清单可对照，末尾缺行看不出",
                "; no signed list beside it: missing last rows do not show",
            )
        )
        say(f"账本完整：{rows} 行{held[0]}", f"the ledger is whole: {rows} rows{held[1]}")
    if broken:
        complain(f"the ledger is broken: {broken} / 账本校验未通过：{broken}", str(file))
        raise typer.Exit(1)
