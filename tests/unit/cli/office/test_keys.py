"""`gongkai key` as the office types it."""

import pytest

from gongkai.cli import main


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_KEY", str(tmp_path / "state" / "key.pem"))
    for name in ("GONGKAI_WAREHOUSE", "GONGKAI_PROFILE"):
        monkeypatch.delenv(name, raising=False)

    def gongkai(*arguments):
        with pytest.raises(SystemExit) as leaving:
            main(["key", *arguments])
        said = capsys.readouterr()
        return leaving.value.code, said.out, said.err

    return gongkai


def test_a_key_is_made_shown_and_kept(call, tmp_path):
    assert call("show")[0] == 3
    code, said, _ = call("new", "--by", "张三")
    assert code == 0
    published = said.strip().splitlines()[-1]
    assert len(published) == 64
    code, said, _ = call("show")
    assert (code, published in said) == (0, True)
    code, _, wrong = call("new", "--by", "张三")
    assert (code, "已有私钥" in wrong) == (2, True)


def test_a_rotation_needs_a_name_a_reason_and_a_warehouse(call):
    assert call("rotate", "--by", "张三")[0] == 2
    code, _, wrong = call("rotate", "--by", "张三", "--reason", "丢失")
    assert (code, "指明数据仓库" in wrong) == (2, True)
