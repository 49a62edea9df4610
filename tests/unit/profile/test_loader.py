"""Reading a profile folder: every mistake names file and key."""

import re
from datetime import date
from pathlib import Path

import pytest

from gongkai.errors import ProfileError
from gongkai.profile import Profile, load_profile, wrong_values
from gongkai.profile.loader import profile_from_json, profile_json, profile_sha256

HANDED_OUT = (Path(__file__).parents[2] / "data" / "profile_keys.txt").read_text(encoding="utf-8").split()
"""Keys of every profile that was ever shipped; one that is renamed stays here and comes into `RENAMED`."""


def refusal(folder):
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    return str(caught.value)


class TestDefault:
    def test_has_26_areas_ten_towns_and_the_office(self, default_profile):
        kinds = [unit.kind for unit in default_profile.units]
        assert (kinds.count("area"), kinds.count("town"), kinds.count("office")) == (26, 10, 1)
        assert len(default_profile.areas) == 26
        assert {area for unit in default_profile.units if unit.kind == "area" for area in unit.areas} == set(
            default_profile.areas
        )
        assert len(default_profile.expected(2021)) == 37
        assert len(default_profile.assessed(2021)) == 36

    def test_is_labelled_with_the_sample_name(self, default_profile):
        assert default_profile.district.name == "示例区"

    def test_a_copy_is_the_same_profile(self, default_profile, folder):
        copy = load_profile(folder)
        assert copy == default_profile
        assert profile_sha256(copy) == profile_sha256(default_profile)

    def test_survives_json(self, default_profile):
        assert profile_from_json(profile_json(default_profile)) == default_profile


class TestFolder:
    def test_that_does_not_exist(self, tmp_path):
        assert "配置目录不存在" in refusal(tmp_path / "none")

    @pytest.mark.parametrize("name", ["district.yaml", "units.yaml"])
    def test_without_a_district_or_units(self, folder, name):
        (folder / name).unlink()
        assert f"缺少文件 {name}" in refusal(folder)

    @pytest.mark.parametrize("name", ["cycle.yaml", "scheme.yaml", "rules.yaml"])
    def test_takes_the_rest_from_the_default(self, folder, name, default_profile):
        (folder / name).unlink()
        assert load_profile(folder) == default_profile

    def test_is_read_again_when_it_was_edited(self, folder, edit):
        assert load_profile(folder).district.name == "示例区"
        edit("district.yaml", lambda content: content.update(name="另一区"))
        assert load_profile(folder).district.name == "另一区"

    def test_one_unit_and_no_areas(self, folder):
        unit = "{code: X, name: 某单位, kind: town, level: town, authority: 某单位}"
        (folder / "units.yaml").write_text(f"units: [{unit}]", encoding="utf-8")
        profile = load_profile(folder)
        assert [unit.code for unit in profile.expected(2021)] == ["X"]
        assert profile.areas == {}


class TestRules:
    OFF = "off: [{rule: DOC-LATE, reason: 另有规定}]"

    def test_off_is_a_word_here(self, folder):
        (folder / "rules.yaml").write_text(self.OFF, encoding="utf-8")
        (entry,) = load_profile(folder).rules.off
        assert (entry.rule, entry.reason) == ("DOC-LATE", "另有规定")

    def test_are_covered_by_the_hash(self, folder, default_profile):
        (folder / "rules.yaml").write_text(self.OFF, encoding="utf-8")
        assert profile_sha256(load_profile(folder)) != profile_sha256(default_profile)
        assert profile_from_json(profile_json(load_profile(folder))) == load_profile(folder)

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ("off: [{rule: DOC-LATE}]", "off.0.reason：缺少这个键"),
            ("off: [{rule: DOC-LATE, reason: ' 无 '}]", "off.0.reason：理由“无”过短"),
            ("off: [{rule: DOC-LATE, reasons: 另有规定}]", "off.0.reasons：不认识的键"),
            ("thresholds: [{rule: YOY-JUMP, value: 2.5, reason: 另有规定}]", "thresholds.0.value：应为整数"),
            ("thresholds: [{rule: YOY-JUMP, value: null, reason: 另有规定}]", "thresholds.0.value：应为整数（现为空）"),
            ("of: []", "of：不认识的键"),
        ],
    )
    def test_a_mistake_names_file_and_key(self, folder, content, says):
        (folder / "rules.yaml").write_text(content, encoding="utf-8")
        assert "rules.yaml 有误" in refusal(folder)
        assert says in refusal(folder)

    def test_with_nothing_but_comments_change_nothing(self, folder, default_profile):
        (folder / "rules.yaml").write_text("# off: []\n", encoding="utf-8")
        assert load_profile(folder).rules == default_profile.rules


class TestYaml:
    def test_broken(self, folder):
        (folder / "cycle.yaml").write_text("soft: {month: 1\nhard: 3", encoding="utf-8")
        message = refusal(folder)
        assert "cycle.yaml：第 2 行不是有效的 YAML" in message

    def test_not_utf8(self, folder):
        (folder / "cycle.yaml").write_bytes("soft: 月".encode("gb18030"))
        assert "cycle.yaml：不是 UTF-8 编码的文件" in refusal(folder)

    def test_no_mapping(self, folder):
        (folder / "cycle.yaml").write_text("- 1", encoding="utf-8")
        assert "cycle.yaml：内容应为“键: 值”的形式" in refusal(folder)

    def test_a_key_twice(self, folder):
        path = folder / "cycle.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "soft: {month: 2, day: 1}\n", encoding="utf-8")
        assert "cycle.yaml：第 6 行的键 soft 重复出现" in refusal(folder)

    def test_cannot_call_python(self, folder):
        (folder / "cycle.yaml").write_text("soft: !!python/object/apply:os.getcwd []", encoding="utf-8")
        assert "cycle.yaml" in refusal(folder)


class TestKeys:
    @pytest.mark.parametrize(
        ("name", "change", "message"),
        [
            ("district.yaml", lambda c: c.pop("name"), "name：缺少这个键"),
            ("district.yaml", lambda c: c.update(nmae="x"), "nmae：不认识的键，请检查拼写"),
            (
                "district.yaml",
                lambda c: c["contact"].update(phone=87654321),
                "contact.phone：应为文字（数字请加引号）（现为 87654321）",
            ),
            (
                "district.yaml",
                lambda c: c.update(level="country"),
                "level：应为 'city'、'district' 之一（现为 'country'）",
            ),
            ("district.yaml", lambda c: c.update(time_zone="Mars"), "time_zone：没有名为 Mars 的时区"),
            ("cycle.yaml", lambda c: c.update(appeal_working_days="五"), "appeal_working_days：应为整数（现为 '五'）"),
            ("cycle.yaml", lambda c: c.update(appeal_working_days="9" * 5000), "appeal_working_days：填写有误"),
            ("cycle.yaml", lambda c: c.update(appeal_working_days=0), "appeal_working_days：应不小于 1（现为 0）"),
            ("cycle.yaml", lambda c: c["soft"].update(month=2, day=30), "soft：没有 2 月 30 日这一天"),
            ("cycle.yaml", lambda c: c["hard"].update(month=1, day=30), "（整体）：hard 不能早于 soft"),
            ("units.yaml", lambda c: c["units"][0].update(code="a1"), "第 1 个单位 有误：\n  code：应以大写字母开头"),
            (
                "units.yaml",
                lambda c: c["units"][1].update(kind="city"),
                "units.yaml：单位 A02 的 kind 应为 area、district、office、town 之一（现为 'city'）",
            ),
            ("units.yaml", lambda c: c["units"].append("X"), "第 38 个单位 有误：\n  （整体）：应为“键: 值”的形式"),
            (
                "units.yaml",
                lambda c: c["units"][0].update(from_year=2023, to_year=2022),
                "from_year 2023 晚于 to_year 2022",
            ),
            (
                "units.yaml",
                lambda c: c["units"][0].update(carries_tables="maybe"),
                "carries_tables：应为 true 或 false",
            ),
            ("units.yaml", lambda c: c.update(units=[]), "至少有一个单位"),
            ("units.yaml", lambda c: c.update(extra=1), "不认识的键 extra"),
            ("units.yaml", lambda c: c["areas"].update({27: "新领域"}), "areas.27"),
            ("units.yaml", lambda c: c.update(areas=["01"]), "areas：应为“键: 值”的形式"),
            ("units.yaml", lambda c: c["units"].append(dict(c["units"][0])), "units.yaml：单位代码重复 A01"),
            (
                "units.yaml",
                lambda c: c["units"][0].update(areas=["99"]),
                "units.yaml：单位 A01 的 areas 含未登记的领域 99",
            ),
        ],
    )
    def test_message(self, edit, name, change, message):
        found = refusal(edit(name, change))
        assert name in found
        assert message in found

    def test_every_unit_that_does_not_fit_the_registry_at_once(self, edit):
        def change(content):
            content["units"][0].update(areas=["99"], kind="street")
            content["units"][3].update(areas=["98"])
            content["units"].append(dict(content["units"][1]))

        found = refusal(edit("units.yaml", change))
        for said in ("单位代码重复 A02（", "单位 A01 的 areas 含未登记的领域 99", "领域 98", "单位 A01 的 kind 应为"):
            assert said in found

    def test_a_key_that_had_a_shorter_name_is_told_with_the_name_it_has(self, edit):
        found = refusal(edit("units.yaml", lambda c: c["units"][0].update(email=c["units"][0].pop("contact_email"))))
        assert "email：不认识的键，请检查拼写，是否应为 contact_email" in found

    def test_a_key_that_was_renamed_since_is_told_with_its_new_name_and_line(self, edit, monkeypatch):
        monkeypatch.setitem(wrong_values.RENAMED, "mailbox", "contact_email")
        found = refusal(edit("units.yaml", lambda c: c["units"][1].update(mailbox=c["units"][1].pop("contact_email"))))
        assert re.search("mailbox：不认识的键，请检查拼写，现已改名为 contact_email，见第 [0-9]+ 行", found)

    def test_every_key_that_was_ever_handed_out_is_read_still_or_its_new_name_is_known(self):
        read = set(wrong_values._keys(Profile))
        lost = [key for key in HANDED_OUT if key not in read and wrong_values.RENAMED.get(key) not in read]
        assert lost == []

    def test_all_mistakes_of_a_file_at_once(self, edit):
        found = refusal(edit("district.yaml", lambda c: (c.pop("name"), c.update(level="x"))))
        assert "name：" in found
        assert "level：" in found


REST_OF_2027 = "".join(f"2027-{day},否\n" for day in ("02-05", "04-05", "06-09", "09-15", "10-01"))


class TestCalendarFolder:
    def write(self, folder, name, content, encoding="utf-8"):
        (folder / "calendar").mkdir()
        (folder / "calendar" / name).write_bytes(content.encode(encoding))
        return folder

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_a_year_that_nobody_knows_yet(self, folder, encoding):
        content = (
            f"日期,是否上班\n# 元旦\n2027-01-01,否\n2027-01-03,是\n2027-02-08,0\n2027-02-14,TRUE\n{REST_OF_2027}\n"
        )
        days = load_profile(self.write(folder, "2027.csv", content, encoding)).working_days()
        assert [days.is_working(date(2027, month, day)) for month, day in ((1, 1), (1, 3), (2, 8), (2, 14))] == [
            False,
            True,
            False,
            True,
        ]

    def test_is_part_of_the_profile_and_its_hash(self, folder):
        before = profile_sha256(load_profile(folder))
        profile = load_profile(self.write(folder, "2027.csv", f"2027-01-01,否\n2027-02-08,否\n{REST_OF_2027}无调休\n"))
        assert profile_sha256(profile) != before
        again = profile_from_json(profile_json(profile))
        assert again == profile
        assert not again.working_days().is_working(date(2027, 1, 1))

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("holidays.csv", "2027-01-01,否", "文件名应为年份"),
            ("2027.csv", "2027-01-01,也许", "第 1 行应为“日期,是否上班”"),
            ("2027.csv", "2027-01-01,否\n2027-01-02", "第 2 行应为"),
            ("2027.csv", "2027-13-01,否", "第 1 行应为"),
            ("2027.csv", "2026-01-01,否", "第 1 行的日期 2026-01-01 不在 2027 年"),
            ("2027.csv", "2027-01-01,否\n2027-01-01,是", "日期重复 2027-01-01"),
            ("2027.csv", "2027-02-06,是", "法定节假日不能是上班日：2027-02-06（春节）"),
            ("2026.csv", "2026-10-01,是", "法定节假日不能是上班日：2026-10-01（国庆节）"),
            ("2027.csv", "2027-01-03,是\n无调休", "既写了“无调休”，又有周末上班日 2027-01-03"),
            ("2027.csv", "无调休,是", "第 1 行应为"),
        ],
    )
    def test_message(self, folder, name, content, message):
        found = refusal(self.write(folder, name, content))
        assert name in found
        assert message in found


class TestAllAtOnce:
    def test_one_files_mistakes_do_not_hide_anothers(self, edit, folder):
        edit("district.yaml", lambda c: c.update(nmae="x"))
        edit("units.yaml", lambda c: (c["units"][0].update(kindd="area"), c["units"][2].update(level="x")))
        found = refusal(folder)
        assert "nmae：不认识的键，请检查拼写，是否应为 name" in found
        assert "第 1 个单位" in found
        assert "第 3 个单位" in found

    def test_a_mistake_names_its_line(self, folder):
        path = folder / "cycle.yaml"
        path.write_text("soft: {month: 1, day: 31}\n\nhard:\n  month: 3\n  day: 32\n", encoding="utf-8")
        assert "hard.day：应不大于 31（现为 32），见第 5 行" in refusal(folder)
