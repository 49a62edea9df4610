"""The command line of contract.md. Each command imports what it needs when it runs, so that `--help` is quick.

Exit codes stand in one place, `main`: 0 done · 3 done, but somebody expected is not accepted · 2 the call or the
configuration is wrong · 1 the run itself failed.
"""

import sys

import click

from gongkai import __version__
from gongkai.cli.assessment.commands import explain, sample, scheme, whatif
from gongkai.cli.city.commands import city
from gongkai.cli.delivery.commands import fetch
from gongkai.cli.delivery.outgoing_commands import deliver, notify
from gongkai.cli.office.commands import (
    audit,
    backup,
    issue,
    key,
    lock,
    preview,
    remind,
    restore,
    status,
    upgrade,
)
from gongkai.cli.office.report_commands import adopt, approve, publish, trace
from gongkai.cli.server.commands import server
from gongkai.cli.setup.commands import init, profile
from gongkai.cli.unit.commands import check, diff, import_report, template, verify
from gongkai.cli.year.commands import demo, rebuild, run
from gongkai.errors import GongkaiError
from gongkai.file_access import keep_to_ourselves, refusal


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="第一次使用：gongkai init 目录，见 docs/first-day.md。\n\n"
    "退出码：0 完成且全部受理 · 3 完成但有单位未受理 · 2 参数或配置有误 · 1 运行失败",
)
@click.version_option(__version__, prog_name="gongkai", message="%(prog)s %(version)s")
def cli() -> None:
    """公开：区级政务公开年度考核。收件、核验、汇总、年度报告、评分表。"""


for command in (
    init,
    profile,
    scheme,
    explain,
    whatif,
    sample,
    demo,
    fetch,
    run,
    rebuild,
    issue,
    adopt,
    approve,
    publish,
    trace,
    key,
    lock,
    audit,
    upgrade,
    backup,
    restore,
    check,
    import_report,
    template,
    status,
    diff,
    preview,
    verify,
    remind,
    notify,
    deliver,
    server,
    city,
):
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and exits with the contract's code; a message goes to stderr, never a traceback."""
    keep_to_ourselves()
    try:
        code = cli.main(args=arguments, prog_name="gongkai", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        code = leaving.exit_code
    except click.Abort:
        click.echo("已中断。", err=True)
        code = 1
    except click.ClickException as error:
        error.show()
        code = 2
    except GongkaiError as error:
        click.echo(str(error), err=True)
        code = error.exit_code
    except OSError as error:
        click.echo(refusal(error), err=True)
        code = 1
    sys.exit(code or 0)
