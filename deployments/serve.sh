#!/bin/sh
# Everything on this machine: Prefect's server, its worker, the file pages and the watch, until Ctrl-C or SIGTERM.
# Settings are those of gongkai.settings, from the environment or a .env file in the folder where this is started.
set -eu
umask 077 # what submissions and scores say is nobody else's on this machine
exec python -m gongkai.cli server start
