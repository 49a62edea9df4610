"""Sources are URLs: what is wrong with one is said in Chinese, and a password is never shown."""

import pytest

from gongkai.delivery.incoming import source as sources
from gongkai.delivery.incoming.source import read_sources, urls_of
from gongkai.errors import ConfigurationError


def test_a_label_names_the_place_and_hides_the_password():
    (one,) = read_sources(["imaps://gk%40x.gov.cn:ge%40heim@mail.x.gov.cn:1993/收件?authserv_id=mx.x.gov.cn"])
    assert one.label == "imaps://gk@x.gov.cn@mail.x.gov.cn:1993/收件"
    assert (one.user, one.password) == ("gk@x.gov.cn", "ge@heim")
    assert "heim" not in repr(one)


def test_a_mailbox_without_a_folder_is_its_inbox():
    assert read_sources(["imaps://gk:x@mail"])[0].path == "INBOX"


def test_the_setting_takes_urls_by_spaces_commas_or_lines():
    assert urls_of("file:///a, sftp://u:p,q@h/x\n s3://b") == ["file:///a", "sftp://u:p,q@h/x", "s3://b"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://host/x", "ftp"),
        ("imap://host/x", "imaps://"),
        ("T01", "不能识别"),
        ("sftp://", "没有写主机名"),
        ("file://host/x", "绝对路径"),
        ("imaps://u:p#q/x@host", "%40"),
        ("webdav://far.example/x", "webdavs://"),
        ("imaps://u:p@host?sinse=2022", "sinse"),
    ],
)
def test_what_is_no_source_is_said_by_its_number_and_never_repeated(url, said):
    with pytest.raises(ConfigurationError) as refused:
        read_sources(["file:///a", url])
    assert "第 2 个收件来源" in str(refused.value)
    assert said in str(refused.value)
    assert "u:p" not in str(refused.value)


def test_without_the_extra_it_says_what_to_install_and_local_folders_go_on(monkeypatch):
    monkeypatch.setattr(sources, "find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"pip install 'gongkai\[remote\]'"):
        read_sources(["imaps://u:p@host"])
    assert read_sources(["file:///a"])
