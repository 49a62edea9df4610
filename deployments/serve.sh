#!/bin/sh
# Prefect server, one process worker and the UI on loopback, with the three deployments. Stops all of them on Ctrl-C.
# Settings: GONGKAI_PORT, GONGKAI_STATE (Prefect's own files), and those of gongkai.settings, from the environment or a
# .env file in the folder where this is started.
set -eu
umask 077 # what submissions and scores say is nobody else's on this machine
# A flow run works in a folder of its own: the settings are read here once, and folders made absolute.
exported=$(python -m gongkai.settings)
eval "$exported"
cd "$(dirname "$0")/.."
port=${GONGKAI_PORT:-4200}
state=${GONGKAI_STATE:-$PWD/.state}
mkdir -p "$state"

export PREFECT_HOME="$state/prefect"
export PREFECT_API_URL="http://127.0.0.1:$port/api"
export PREFECT_UI_URL="http://127.0.0.1:$port"
export PREFECT_SERVER_UI_API_URL="$PREFECT_API_URL"
export PREFECT_SERVER_UI_STATIC_DIRECTORY="$state/ui"
export PREFECT_SERVER_ANALYTICS_ENABLED=false DO_NOT_TRACK=1
export PREFECT_RUNNER_HEARTBEAT_FREQUENCY=30
export GX_ANALYTICS_ENABLED=False
mkdir -p "$GONGKAI_INBOX" "$GONGKAI_OUT"

server= worker=
stop() {
  trap - INT TERM EXIT
  for pid in $worker $server; do # the worker first: without its server it would not end
    kill -TERM "$pid" 2>/dev/null || :
    wait "$pid" 2>/dev/null || :
  done
}
trap stop INT TERM EXIT

prefect server start --host 127.0.0.1 --port "$port" >"$state/server.log" 2>&1 &
server=$!
echo "启动 Prefect 服务（首次约半分钟）……"
tries=0
until python -c "import urllib.request as u; u.urlopen('$PREFECT_API_URL/health', timeout=2)" 2>/dev/null; do
  tries=$((tries + 1))
  if [ "$tries" -gt 120 ] || ! kill -0 "$server" 2>/dev/null; then
    echo "Prefect 服务没有启动，详见 $state/server.log" >&2
    exit 1
  fi
  sleep 1
done
prefect work-pool create gongkai --type process --overwrite >/dev/null
prefect --no-prompt deploy --prefect-file deployments/prefect.yaml --all >"$state/deploy.log" 2>&1 || {
  echo "部署失败，详见 $state/deploy.log" >&2
  exit 1
}
# What a shell puts into the background ignores SIGINT, and that is how a worker tells itself to end.
python -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])' prefect worker start --pool gongkai --type process >"$state/worker.log" 2>&1 &
worker=$!
echo "就绪：http://127.0.0.1:$port （收件目录 $GONGKAI_INBOX，输出目录 $GONGKAI_OUT；按 Ctrl-C 停止）"
wait
