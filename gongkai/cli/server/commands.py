"""`gongkai server`: start everything on one machine, or one service alone as systemd and compose do; and logins."""

import os
import sys
from pathlib import Path

import click


@click.group()
def server() -> None:
    """服务：Prefect 服务、执行进程、成果页面、巡视；整套启动或分别启动，以及登录名。"""


@server.command()
def start() -> int:
    """在本机启动整套服务，直到按 Ctrl-C；意外停止的部分自动重新启动。"""
    from gongkai.cli.server.start import start_server

    return start_server()


@server.command()
def api() -> None:
    """只启动 Prefect 服务和界面（须设置 GONGKAI_PREFECT_DATABASE）。"""
    from gongkai.cli.server.environment import server_environment
    from gongkai.cli.server.services import api_command
    from gongkai.errors import ConfigurationError
    from gongkai.settings import ServerSettings

    settings = ServerSettings()
    if settings.prefect_database is None:
        raise ConfigurationError("请用 GONGKAI_PREFECT_DATABASE 指明 Prefect 自己的数据库。")
    _become(api_command(), server_environment(settings, settings.prefect_database.get_secret_value()))


@server.command()
def worker() -> None:
    """只启动执行进程。"""
    from gongkai.cli.server.environment import worker_environment
    from gongkai.cli.server.services import worker_command
    from gongkai.settings import ServerSettings

    _become(worker_command(), worker_environment(ServerSettings()))


@server.command()
@click.option("--daily", is_flag=True, help="此后每天零点五分再来一次，直到被停止。")
def deploy(daily: bool) -> int:
    """登记或更新部署、表单选项、日程和自动化；每天一次，换了配置之后也来一次。"""
    from gongkai.cli.server.deploying import deploy_when_ready

    deploy_when_ready(daily)
    return 0


@server.command()
@click.option("--only", type=click.Choice(["api", "worker", "site"]), default=None, help="只看这一项。")
def health(only: str | None) -> int:
    """各项服务是否正常；有一项不正常的，退出码 1。"""
    from gongkai.cli.server.health import health as services
    from gongkai.settings import ServerSettings

    found = services(ServerSettings(), only)
    for name, well in found.items():
        click.echo(f"{name}：{'正常' if well else '没有应答'}")
    return 0 if all(found.values()) else 1


@server.command()
def site() -> None:
    """只启动成果页面。"""
    from gongkai.cli.server.site.serve import serve_site

    serve_site()


@server.command()
@click.option("--once", is_flag=True, help="只看一遍（供定时器使用）；不写则每半分钟看一遍。")
def watch(once: bool) -> int:
    """看有没有要报警的事：运行失败、中断、迟迟未开始，执行进程不在，磁盘将满，缺放假安排，邮件被拒。"""
    from gongkai.cli.server.watch import keep_watch

    return keep_watch(once)


@server.command()
@click.argument("name", metavar="登录名")
@click.option("--unit", default=None, metavar="代码", help="属于这个单位；不写为办公室的。")
@click.option("--remove", is_flag=True, help="删除这个登录名。")
def login(name: str, unit: str | None, remove: bool) -> int:
    """新增成果页面的登录名，或给已有的换一个口令；口令只显示这一次。"""
    from gongkai.cli.server.site.logins import Logins
    from gongkai.errors import UnknownUnit
    from gongkai.profile import load_profile
    from gongkai.settings import ServerSettings, Settings

    logins = Logins(ServerSettings())
    if remove:
        logins.remove(name)
        click.echo(f"已删除登录名 {name}。")
        return 0
    if unit is not None and load_profile(Settings().profile).unit(unit) is None:
        raise UnknownUnit(f"名录中没有单位 {unit}。")
    click.echo(f"{name}（{unit or '办公室'}）的口令：{logins.set_password(name, unit)}")
    return 0


def _become(command: tuple[str, ...], environment: dict[str, str]) -> None:
    """Goes on as that program: what looks after us (systemd, docker) looks after it."""
    sys.stdout.flush()
    os.chdir(Path(environment["GONGKAI_STATE"]))
    os.execve(sys.executable, [sys.executable, "-m", *command], environment)  # noqa: S606  # our own modules
