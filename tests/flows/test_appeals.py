"""From an issued scorecard through an appeal and a decision to a second version; the first stays readable."""

import json
import shutil
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from gongkai.demonstration import inboxes
from gongkai.errors import CallError, Refused
from gongkai.reporting.outbox.release import release
from gongkai.warehouse import models
from gongkai.warehouse.engine import open_warehouse, reading

UNIT = "A08"
DECIDED = inboxes.AS_OF_SECOND_ROUND + timedelta(days=7)


ALONE = {"all": "先送达一家"}


@pytest.fixture
def appealed(fresh, made):
    """A08's card is issued; then it objects to C2, and the office decides. Gives the district and the first card."""
    fresh.run(2021, made.second_round, inboxes.AS_OF_SECOND_ROUND, units=[UNIT])
    with pytest.raises(Refused, match="UNIT-A02"):  # nobody else has reported yet
        release(2021, fresh.out, "王主任", "评分表送达", fresh.warehouse, inboxes.AS_OF_SECOND_ROUND, print)
    release(2021, fresh.out, "王主任", "评分表送达", fresh.warehouse, inboxes.AS_OF_SECOND_ROUND, print, ALONE)
    first = card(fresh)
    shutil.copytree(fresh.out / "2021", fresh.out.parent / "old" / "2021")
    (score,) = [line["score"] for line in first["indicators"] if line["code"] == "C2"]
    about = {"unit": UNIT, "indicator": "C2"}
    raised = {"id": "申诉-1", "kind": "appeal", "on": "2022-02-28", "by": "李科长", "reason": "答复书均写明依据"}
    decided = {"id": "决定-1", "kind": "decision", "on": "2022-03-03", "by": "王主任", "reason": "经复核，两份写明依据"}
    entries = [{**raised, **about}, {**decided, **about, "points": str(Decimal(score) + 1)}]
    inbox = fresh.out.parent / "inbox"
    (inbox / "_office").mkdir(parents=True)
    document = {"schema": "gongkai/inspection/1", "year": 2021, "entries": entries}
    (inbox / "_office" / "申诉.json").write_text(json.dumps(document), encoding="utf-8")
    fresh.run(2021, inbox, DECIDED, units=[UNIT])
    return fresh, first


def card(district, folder="2021/scorecards"):
    return json.loads((district.out / folder / UNIT / "scorecard.json").read_text(encoding="utf-8"))


def test_a_decision_makes_a_second_version_and_both_stay_readable(appealed):
    district, first = appealed
    second = card(district)
    assert (first["version"], second["version"]) == (1, 2)
    assert Decimal(second["total"]) > Decimal(first["total"])
    assert [(said["reason"], said["answered"]) for said in second["appeals"]] == [("答复书均写明依据", True)]
    page = (district.out / "2021" / "scorecards" / UNIT / "scorecard.html").read_text(encoding="utf-8")
    before, after = second["decisions"][0]["before"], second["decisions"][0]["after"]
    assert "第 2 版" in page
    assert f"由 {before} 分改为 {after} 分。经复核，两份写明依据" in page

    with reading(open_warehouse(district.warehouse)) as connection:
        stored = connection.execute(
            select(models.Score.version, models.Score.score)
            .where(models.Score.unit == UNIT, models.Score.code == "total")
            .order_by(models.Score.version)
        ).all()
    assert [tuple(row) for row in stored] == [(1, Decimal(first["total"])), (2, Decimal(second["total"]))]

    with pytest.raises(CallError, match="与数据仓库不一致"):  # drafts of before the decision
        release(2021, district.out.parent / "old", "王主任", "申诉决定", district.warehouse, DECIDED, print)
    approved = district.issue(2021, "王主任", "申诉决定", [f"{name}={why}" for name, why in ALONE.items()])
    assert (approved.name, "已签发 8 个单位的材料" in approved.message) == ("Completed", True)
    assert card(district, "outbox/2021") == second
    kept = district.out / "outbox" / "2021" / UNIT / "第1次签发" / "scorecard.json"
    assert json.loads(kept.read_text(encoding="utf-8")) == first
