"""Which key signs: the one the warehouse knows. Lost or exchanged, it is never replaced in silence."""

from datetime import UTC, datetime

import pytest

from gongkai.errors import CallError, ConfigurationError
from gongkai.reporting.receipt.district_signature import district_key, new_key, rotate_key
from gongkai.reporting.receipt.signing_key import fingerprint, make_key, read_key
from gongkai.warehouse.audit import entries
from gongkai.warehouse.district_keys import district_keys
from gongkai.warehouse.engine import open_warehouse

AT = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)


@pytest.fixture
def warehouse(tmp_path):
    return open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "key.pem"


def known(warehouse):
    return [key.fingerprint for key in district_keys(warehouse)]


def test_the_first_key_is_made_and_known_to_the_warehouse(warehouse, path):
    key = district_key(warehouse, path, AT)
    assert known(warehouse) == [fingerprint(key.public_key())]
    assert district_key(warehouse, path, AT).private_bytes_raw() == key.private_bytes_raw()
    assert len(known(warehouse)) == 1


def test_a_key_that_signed_before_the_warehouse_knew_any_is_taken_over(warehouse, path):
    made = make_key(path)
    assert district_key(warehouse, path, AT).private_bytes_raw() == made.private_bytes_raw()


def test_a_lost_key_is_not_replaced(warehouse, path):
    district_key(warehouse, path, AT)
    path.unlink()
    with pytest.raises(ConfigurationError, match=f"不见了.*{known(warehouse)[0]}"):
        district_key(warehouse, path, AT)
    assert not path.exists()


def test_an_exchanged_key_does_not_sign(warehouse, path):
    district_key(warehouse, path, AT)
    path.unlink()
    make_key(path)
    with pytest.raises(ConfigurationError, match="不是数据仓库登记的那一把"):
        district_key(warehouse, path, AT)


def test_a_new_key_takes_no_other_ones_place(warehouse, path):
    new_key(warehouse, path, AT, "张三", "首次生成")
    with pytest.raises(CallError, match="已有私钥"):
        new_key(warehouse, path, AT, "张三", "再来一把")
    path.unlink()
    with pytest.raises(CallError, match="数据仓库已登记公钥"):
        new_key(warehouse, path, AT, "张三", "再来一把")
    assert not path.exists()


def test_a_rotation_is_on_record_and_keeps_the_old_public_key(warehouse, path):
    old = district_key(warehouse, path, AT)
    made = rotate_key(warehouse, path, AT, "李四", "换人保管")
    assert known(warehouse) == [fingerprint(old.public_key()), made.fingerprint]
    assert (district_keys(warehouse)[-1].by, district_keys(warehouse)[-1].reason) == ("李四", "换人保管")
    assert "BEGIN PUBLIC KEY" in district_keys(warehouse)[0].public_pem
    assert fingerprint(district_key(warehouse, path, AT).public_key()) == made.fingerprint
    (aside,) = path.parent.glob("*.retired.pem")
    assert read_key(aside).private_bytes_raw() == old.private_bytes_raw()


def test_a_lost_key_can_be_rotated(warehouse, path):
    district_key(warehouse, path, AT)
    path.unlink()
    made = rotate_key(warehouse, path, AT, "李四", "丢失")
    assert fingerprint(district_key(warehouse, path, AT).public_key()) == made.fingerprint


def test_nothing_is_rotated_before_there_is_a_first_key(warehouse, path):
    with pytest.raises(CallError, match="没有可换的"):
        rotate_key(warehouse, path, AT, "李四", "换")
    assert not path.exists()


def test_every_change_of_the_key_is_on_the_audit_log(warehouse, path):
    new_key(warehouse, path, AT, "张三", "首次生成")
    rotate_key(warehouse, path, AT, "李主任", "换人保管")
    first, second = entries(warehouse)
    assert [(one.kind, one.by, one.reason) for one in (first, second)] == [
        ("key_changed", "张三", "首次生成"),
        ("key_changed", "李主任", "换人保管"),
    ]
    assert (first.before, second.before) == (None, f'{{"fingerprint":"{known(warehouse)[0]}"}}')
