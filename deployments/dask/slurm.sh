#!/bin/bash
# 在 Slurm 上运行一个市（docs/city.md）：sbatch deployments/dask/slurm.sh --year 2021 --districts /共享/区县 --out /共享/成果
#SBATCH --job-name=gongkai-city
#SBATCH --ntasks=8
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=2G
#SBATCH --time=04:00:00
set -eu
bin=${GONGKAI_BIN:-/opt/gongkai/.venv/bin}
address="tcp://$(hostname):${PORT:-8786}"
"$bin/dask" scheduler --host "$(hostname)" --port "${PORT:-8786}" --no-dashboard &
scheduler=$!
trap 'kill "$scheduler"' EXIT
srun "$bin/dask" worker "$address" --nthreads 1 --no-dashboard --death-timeout 60 --local-directory "${TMPDIR:-/tmp}" &
"$bin/gongkai" city run --cluster "$address" "$@"
