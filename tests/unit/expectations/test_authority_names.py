"""Whose file it is: an authority may write its name of today, a usual one, or the one it had."""

from dataclasses import replace
from typing import Any

import pytest

from expectations.context import Context
from expectations.validation import validate
from tests.unit.expectations.conftest import read, sound


@pytest.mark.parametrize(
    ("said", "accused"),
    [("T01镇人民政府", []), ("示例镇政府", []), ("旧乡人民政府", []), ("另一镇人民政府", ["authority"])],
)
def test_aliases_and_former_names_are_the_same_authority(context: Context, said: str, accused: list[Any]) -> None:
    towns = tuple(
        unit.model_copy(update={"aliases": ("示例镇政府",), "former_names": ("旧乡人民政府",)})
        if unit.code == "T01"
        else unit
        for unit in context.profile.units
    )
    known = replace(context, profile=context.profile.model_copy(update={"units": towns}))
    (verdict,) = validate([read({**sound("T01"), "authority": said}, "T01")], known)
    assert [finding.where for finding in verdict.findings if finding.rule == "WRONG-UNIT"] == accused
