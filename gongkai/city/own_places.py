"""What is a district's own: its folder, and in it its profile and its inbox.

A district that may write in its own folder could put a link there and have another's inbox read as its own. So nothing
of a district may lead out of its folder, and no two codes may be one folder. The folder itself may be a link to another
disk: it lies in the city's folder, where only the city writes.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from gongkai.city.districts import DistrictOrder


def led_astray(orders: Sequence[DistrictOrder]) -> dict[str, str]:
    """Code → in Chinese what of it lies elsewhere; nothing of districts that keep to their folders.

    Args:
        orders: of all districts and of the city.
    """
    homes = {order.code: _real(order.profile.parent) for order in orders}
    found = {order.code: next(_reasons(order, homes), "") for order in orders}
    return {code: why for code, why in found.items() if why}


def _reasons(order: DistrictOrder, homes: dict[str, Path]) -> Iterator[str]:
    home, real = order.profile.parent, homes[order.code]
    for code, other in homes.items():
        if code != order.code and home.is_symlink() and (real.is_relative_to(other) or other.is_relative_to(real)):
            yield f"文件夹 {home.name} 是链接，指向 {code} 的目录：每个区县应有自己的文件夹"
    for place in (order.profile, order.inbox, *sorted(order.profile.rglob("*"))):
        if not _real(place).is_relative_to(real):
            name = place.relative_to(home.parent)
            yield f"{name} 是链接，指向本区县文件夹之外：请换成文件夹或文件本身"


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # unlike `resolve`, a link that leads to itself is no error
