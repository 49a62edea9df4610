"""An address is shown and kept without its secrets, wherever in the URL they stand."""

import pytest
from sqlalchemy import create_engine

from gongkai.errors import CallError, WarehouseError
from gongkai.warehouse.address import parse
from gongkai.warehouse.claim import claimed
from gongkai.warehouse.engine import open_warehouse

HIDDEN = "Zq7-geheim"
HOST = "127.0.0.1:9/db"  # nothing listens there


@pytest.mark.parametrize(
    ("url", "passed"),
    [
        (f"postgresql://u:{HIDDEN}@{HOST}", {}),
        (f"postgresql://u@{HOST}?password={HIDDEN}", {}),
        (f"postgresql://{HOST}?user=u&password={HIDDEN}&sslmode=require", {}),
        (f"postgresql://u@{HOST}?sslpassword={HIDDEN}", {"sslpassword": HIDDEN}),
        (f"postgresql://u@{HOST}?options=-cpassword%3D{HIDDEN}", {"options": f"-cpassword={HIDDEN}"}),
        (f"postgresql://u@{HOST}?passfile=/home/{HIDDEN}/.pgpass", {"passfile": f"/home/{HIDDEN}/.pgpass"}),
    ],
)
def test_no_secret_is_shown_kept_or_told(url, passed):
    address = parse(url)
    assert HIDDEN not in address.shown
    assert HIDDEN not in repr(create_engine(address.url))
    assert address.secrets == passed
    with pytest.raises(WarehouseError) as refused:
        open_warehouse(url)
    assert HIDDEN not in str(refused.value)
    assert "连接被拒绝" in str(refused.value)


def test_the_password_of_the_query_is_the_password():
    assert parse(f"postgresql://u@{HOST}?password={HIDDEN}").url.password == HIDDEN
    assert dict(parse(f"postgresql://u@{HOST}?password={HIDDEN}&sslmode=require").url.query) == {"sslmode": "require"}


def test_a_claim_on_a_database_that_is_down_is_refused_in_chinese_too():
    claim = claimed(f"postgresql://u@{HOST}?password={HIDDEN}", None, 2026, "测试", 0, print)
    with pytest.raises(WarehouseError, match="连接被拒绝") as refused, claim:
        pytest.fail("claimed")
    assert HIDDEN not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://u:{HIDDEN}@h:port{HIDDEN}/db",
        f"{HIDDEN}",
        f"mysql://u:{HIDDEN}@h/db",
        f"sqlite:///x?password={HIDDEN}",
    ],
)
def test_an_address_that_is_none_is_refused_without_repeating_it(url):
    with pytest.raises(CallError) as refused:
        parse(url)
    assert HIDDEN not in str(refused.value)
