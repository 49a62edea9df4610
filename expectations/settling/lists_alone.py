"""A file that is a list and no more, a register as its system exports it: that it has no tables is said once.

Cell by cell it would be two hundred findings, in which those on the list itself are lost.
"""

from collections.abc import Sequence

from gongkai.findings import Finding
from gongkai.submission.fields import lists
from gongkai.submission.form import Submission

_BLANK = "BLANK"  # the rule on a cell that is not filled in
_SAID = (
    "这份文件只有{held}，已就它核对，见其余各条；表二、表三、表四不在其中（{count} 项），只报送它不能受理。"
    "请把它粘贴到填报模板的同名工作表，或与填好的三张表放在同一文件夹一并报送。"
)


def said_once(findings: Sequence[Finding], submission: Submission) -> list[Finding]:
    """The findings, with one instead of those on the cells of tables that the file does not have."""
    blank = [finding for finding in findings if finding.rule == _BLANK]
    if submission.has_tables or not submission.reported or not blank:
        return list(findings)
    held = "、".join(
        f"“{group.label}”（{len(submission.records(name))} 行）"
        for name, group in lists().items()
        if name in submission.reported
    )
    message = _SAID.format(held=held, count=len(blank))
    alone = Finding(rule=_BLANK, severity=blank[0].severity, message=message)
    return [alone, *(finding for finding in findings if finding.rule != _BLANK)]
