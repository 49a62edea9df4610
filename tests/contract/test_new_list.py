"""A new list is data: no module of the forms, the receipt or the diff names a list, and its commit is a short one.

That a list which only stands in `lists.yaml` reaches every form is shown by `test_template_versions`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from gongkai.submission.fields import lists

ROOT = Path(__file__).parents[2]
# Rooms in which every list is read, written, stored, compared and shown.
GENERIC = (
    "gongkai/submission/readers",
    "gongkai/submission/template",
    "gongkai/submission/workbook",
    "gongkai/submission/values",
    "gongkai/submission/changes.py",
    "gongkai/submission/value_words.py",
    "gongkai/submission/dictionary.py",
    "gongkai/warehouse/rows/submission_rows.py",
    "gongkai/warehouse/models/content_tables.py",
    "gongkai/reporting/receipt",
)
# Some lists have a meaning of their own: reasons are also given on the fix list, open cases are shown on the receipt
# and appeals answered there; a whole district's report has its units' explanations, and counts documents by kind; table
# three is counted from the register.
MEANT = {
    ("gongkai/submission/workbook/fix_list_answers.py", "explanations"),
    ("gongkai/submission/workbook/reader.py", "explanations"),
    ("gongkai/submission/workbook/stale_counts.py", "register"),
    ("gongkai/submission/template/counted_formulas.py", "register"),
    ("gongkai/reporting/receipt/writer.py", "explanations"),
    ("gongkai/reporting/receipt/writer.py", "appeals"),
    ("gongkai/reporting/receipt/attachments_only.py", "appeals"),
    ("gongkai/reporting/receipt/open_cases.py", "register"),
    ("gongkai/submission/readers/report_reader.py", "explanations"),
    ("gongkai/submission/readers/report_reader.py", "documents"),
}
LISTED = re.compile(r"^([\w/.]+\.(?:py|yaml|md)) {2,}\S", re.MULTILINE)


def named_lists() -> Iterator[tuple[str, str]]:
    """Module and list, wherever a module of the generic rooms names one."""
    for place in GENERIC:
        path = ROOT / place
        for module in [path] if path.suffix else path.rglob("*.py"):
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and node.value in set(lists()):
                    yield module.relative_to(ROOT).as_posix(), str(node.value)


def test_no_module_of_the_forms_the_receipt_or_the_diff_names_a_list() -> None:
    assert set(named_lists()) == MEANT


def test_the_commit_that_developing_shows_is_lists_yaml_and_eight_files_more() -> None:
    page = (ROOT / "docs" / "developing.md").read_text(encoding="utf-8")
    first, *more = LISTED.findall(page)
    assert first == "gongkai/submission/lists.yaml"
    assert len(more) == 8
    assert [path for path in more if "/NNNN_" not in path and not (ROOT / path).is_file()] == []
