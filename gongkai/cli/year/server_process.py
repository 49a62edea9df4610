"""The temporary Prefect server's own process: it ends with the command that started it, however that ended.

A command that is killed (SIGKILL, out of memory) can stop nothing any more; so the server looks after its parent.
Started by `temporary_server` as `python -m gongkai.cli.year.server_process PARENT prefect-arguments…`.
"""

import os
import runpy
import signal
import sys
import threading
import time

_LOOK_SECONDS = 0.5
_GRACE_SECONDS = 5


def end_with(parent: int) -> None:
    """Waits until the parent is gone, then ends this process: politely, and after a while whatever it is doing."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)


def main() -> None:
    """Runs Prefect's command line in this process."""
    parent, arguments = int(sys.argv[1]), sys.argv[2:]
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()
    sys.argv = ["prefect", *arguments]
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
