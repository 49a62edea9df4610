"""What became of the mails, as the operator reads it: on the console, and at the end of a deployment's run."""

from collections.abc import Mapping, Sequence

from gongkai.reporting.letters.sending import SendingOutcome


def outcome_lines(outcome: SendingOutcome, command: str) -> list[str]:
    """How many went out, and everything that did not, with the way out.

    Args:
        outcome: what became of them.
        command: `notify` or `deliver`, for the way out.
    """
    lines = []
    if outcome.sent:
        lines.append(f"已发送 {len(outcome.sent)} 封邮件：{'、'.join(outcome.sent)}。")
    if outcome.before:
        lines.append(f"{len(outcome.before)} 个单位此前已经收到相同的内容，没有重复发送。")
    if outcome.nothing:
        lines.append(nothing_issued(outcome.nothing))
    if outcome.failed:
        lines.append(f"{len(outcome.failed)} 封邮件没有发出，下次运行本命令时立即再试：")
        lines += _by_reason(outcome.failed)
    if outcome.held:
        lines.append(f"{len(outcome.held)} 封邮件没有发送：")
        lines += _by_reason(outcome.held)
    if outcome.uncertain:
        lines.append(f"{len(outcome.uncertain)} 封邮件是否送达不能确定，没有自动重发：")
        lines += _by_reason(outcome.uncertain)
        lines.append(
            f"  请向收件人核对；确实没有收到的，用 gongkai {command} --again {next(iter(outcome.uncertain))} 重发。"
        )
    return lines or ["没有待发的邮件。"]


def nothing_issued(codes: Sequence[str]) -> str:
    """Who was asked for and has no papers to be sent."""
    return f"{'、'.join(codes)} 还没有签发过材料，没有可发的：请先签发（gongkai issue）。"


def _by_reason(found: Mapping[str, str]) -> list[str]:
    """One line a reason, with the units that it holds for."""
    units: dict[str, list[str]] = {}
    for unit, why in found.items():
        units.setdefault(why, []).append(unit)
    return [f"  {'、'.join(codes)}：{why}。" for why, codes in units.items()]
