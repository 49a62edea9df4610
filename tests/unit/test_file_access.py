"""What the machine refuses is said in Chinese, before anything is begun where that is possible."""

import errno
import os
from pathlib import Path

import pytest

from gongkai.errors import CallError
from gongkai.file_access import refusal, refuse_unusable, why


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ENOTDIR, errno.EDQUOT, errno.EPIPE])
def test_no_reason_is_english(number):
    error = OSError(number, os.strerror(number), "/district/out")
    assert os.strerror(number) not in refusal(error)
    assert "/district/out" in refusal(error)
    assert why(error).isprintable()


def test_a_full_disk_is_called_so():
    said = refusal(OSError(errno.ENOSPC, "No space left on device"))
    assert "磁盘空间已满。请腾出磁盘空间" in said
    assert "权限" not in said


class TestOutputFolder:
    def test_a_folder_that_can_be_made_is_usable(self, tmp_path):
        refuse_unusable(tmp_path)
        refuse_unusable(tmp_path / "new" / "deeper")
        assert list(tmp_path.iterdir()) == [], "nothing is made by looking"

    @pytest.mark.parametrize("below", ["", "2026"])
    def test_a_file_in_its_place_is_named(self, tmp_path, below):
        (tmp_path / "out").write_text("x")
        with pytest.raises(CallError, match="out 是文件，不是目录"):
            refuse_unusable(tmp_path / "out" / below)

    def test_a_broken_link_in_its_place_is_named(self, tmp_path):
        (tmp_path / "out").symlink_to(tmp_path / "gone")
        with pytest.raises(CallError, match="断开的链接"):
            refuse_unusable(tmp_path / "out")

    def test_a_folder_that_we_may_not_write_is_named(self, tmp_path, monkeypatch):
        monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != tmp_path)  # root may write anywhere
        with pytest.raises(CallError, match="没有写入"):
            refuse_unusable(tmp_path / "out")
