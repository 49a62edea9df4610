#!/bin/sh
# Each file of production through its own checker, where that is installed; BIN is the folder of the program.
# In a copy: units name our program, nginx gets a certificate and a login of its own.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=${BIN:-$here/../.venv/bin}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
there() { command -v "$1" >/dev/null 2>&1 || { echo "没有安装 $1，没有检查：$2"; return 1; }; }

if there systemd-analyze systemd/; then
  cp "$here"/systemd/* "$work"/
  sed -i "s,/opt/gongkai/.venv/bin,$(cd "$bin" && pwd),; s,^User=.*,User=$(id -un),; s,^Group=.*,Group=$(id -gn)," "$work"/*.service
  systemd-analyze verify "$work"/*.service "$work"/*.timer "$work"/*.target
  echo "systemd/ 已由 systemd-analyze verify 检查"
fi
if there nginx nginx/gongkai.conf; then
  openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=zwgk.example.gov.cn \
    -keyout "$work/gongkai.key" -out "$work/gongkai.pem" 2>/dev/null
  echo "gongkai:$(openssl passwd -apr1 check)" >"$work/gongkai.htpasswd"
  sed "s,/etc/nginx/tls/,$work/,; s,/etc/nginx/gongkai.htpasswd,$work/gongkai.htpasswd," \
    "$here/nginx/gongkai.conf" >"$work/gongkai.conf"
  echo "pid $work/nginx.pid; error_log stderr; events {} http { access_log off; include $work/gongkai.conf; }" >"$work/nginx.conf"
  nginx -q -t -c "$work/nginx.conf"
  echo "nginx/gongkai.conf 已由 nginx -t 检查"
fi
if there docker compose/compose.yaml; then
  if docker compose version >/dev/null 2>&1; then
    cp "$here/gongkai.env.example" "$work/gongkai.env"
    cp "$here/compose/compose.yaml" "$work/compose.yaml"
    POSTGRES_PASSWORD=a GONGKAI_DB_PASSWORD=b PREFECT_DB_PASSWORD=c docker compose -f "$work/compose.yaml" config --quiet
    echo "compose/compose.yaml 已由 docker compose config 检查"
  else
    echo "没有安装 docker compose，没有检查：compose/compose.yaml"
  fi
fi
if there logrotate logrotate; then
  mkdir "$work/logrotate.d"
  cp /etc/logrotate.d/* "$work/logrotate.d/" 2>/dev/null || true # beside the machine's own: a log that two list is an error
  sed "s,su gongkai gongkai,su $(id -un) $(id -gn)," "$here/logrotate" >"$work/logrotate.d/gongkai"
  chmod 0644 "$work"/logrotate.d/*
  echo "include $work/logrotate.d" >"$work/logrotate.conf"
  said=$(logrotate --debug --state "$work/state" "$work/logrotate.conf" 2>&1) || { echo "$said"; exit 1; }
  case $said in *error:*) echo "$said" | grep error: ; exit 1 ;; esac
  echo "logrotate 已由 logrotate --debug 检查"
fi
if there sh compose/two-roles.sh; then
  sh -n "$here/compose/two-roles.sh" && sh -n "$here/serve.sh"
  echo "脚本已由 sh -n 检查"
fi
