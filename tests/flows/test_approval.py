"""The district's report from draft to approved and published: on the record, bound to its draft, in every form."""

import hashlib
import io
import json
import shutil
from datetime import date, datetime

import docx
import pytest

from expectations.wording import rule_wording
from flows.approval import approve_report
from gongkai.errors import CallError
from gongkai.reporting.outbox.approval import approve, publish
from gongkai.reporting.outbox.report_act import Act
from gongkai.reporting.shared.manifest import NAME
from gongkai.warehouse.audit import entries
from gongkai.warehouse.engine import opened

APPROVED = datetime.fromisoformat("2022-03-10T10:00:00+08:00")
ADDRESS = "https://www.example.invalid/nianbao/2021"


@pytest.fixture
def copied(year, tmp_path, monkeypatch):
    """A copy of the demonstration year: outputs and warehouse."""
    district, _ = year
    shutil.copytree(district.out, tmp_path / "out", symlinks=True)
    shutil.copy(district.warehouse.removeprefix("sqlite:///"), tmp_path / "warehouse.sqlite")
    monkeypatch.setenv("GONGKAI_WAREHOUSE", f"sqlite:///{tmp_path / 'warehouse.sqlite'}")
    monkeypatch.setenv("GONGKAI_PROFILE", str(district.profile))
    monkeypatch.setenv("GONGKAI_OUT", str(tmp_path / "out"))
    return tmp_path


def act(folder, by="王主任", at=APPROVED):
    url = f"sqlite:///{folder / 'warehouse.sqlite'}"
    said = []
    return Act(year=2021, out=folder / "out", by=by, wordings=rule_wording, say=said.append, warehouse=url, at=at)


def report(folder):
    return json.loads((folder / "out/2021/report/report.json").read_text(encoding="utf-8"))


def head(folder):
    word = docx.Document(io.BytesIO((folder / "out/2021/report/report.docx").read_bytes()))
    return word.sections[0].header.paragraphs[0].text


def test_a_draft_is_approved_published_and_cannot_be_approved_again(copied):
    manifest = copied / "out/2021" / NAME
    drafted = hashlib.sha256(manifest.read_bytes()).hexdigest()
    before = json.loads(manifest.read_text(encoding="utf-8"))
    assert (report(copied)["state"], "送审稿" in head(copied), report(copied)["lacks"]) == ("draft", True, [])

    assert "已审定（第 1 版），印发日期为 2022-03-10" in approve(act(copied), "会议审定")
    approved = report(copied)
    assert (approved["state"], approved["approved"]["manifest_sha256"]) == ("approved", drafted)
    assert "送审稿" not in head(copied)
    after = json.loads(manifest.read_text(encoding="utf-8"))
    changed = {o["path"] for o in after["outputs"] if o not in before["outputs"]}
    assert changed == {f"report/{name}" for name in _PAPERS}
    assert before["basis_sha256"] == after["basis_sha256"]

    with pytest.raises(CallError, match="没有改动"):
        approve(act(copied, at=None), "再审一次")
    with pytest.raises(CallError, match="应在审定日期 2022-03-10"):
        publish(act(copied, at=datetime.fromisoformat("2022-03-20T09:00+08:00")), date(2022, 3, 9), ADDRESS)
    publish(act(copied, "李四", datetime.fromisoformat("2022-03-20T09:00+08:00")), date(2022, 3, 15), ADDRESS)
    assert (report(copied)["state"], report(copied)["published"]["url"]) == ("published", ADDRESS)
    with opened(f"sqlite:///{copied / 'warehouse.sqlite'}") as engine:
        kinds = [(entry.kind, entry.by) for entry in entries(engine, 2021, "全区报告")]
    assert kinds == [("approved", "王主任"), ("published", "李四")]


_PAPERS = (
    "report.json",
    "report.docx",
    "report.html",
    "public.html",
    "report.pdf",
    "data/datapackage.json",
    "annex.docx",
    "annex.xlsx",
)


def test_a_report_that_lacks_something_needs_a_name_for_it(copied):
    with pytest.raises(CallError, match="现在没有缺项"):
        approve(act(copied), "会议审定", {"UNIT-T03": "该街道已撤销"})
    assert report(copied)["state"] == "draft"


def test_the_form_says_why_it_was_refused(copied):
    refused = approve_report(by="王主任", reason="会议审定", year=2021, despite=["UNIT-T03"], return_state=True)
    assert refused.is_failed()
    assert "没有审定：放行的缺项应写成“编号=理由”" in refused.message
