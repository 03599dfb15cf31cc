#!/usr/bin/env bash
# Installs what the tests need and is missing (Debian's Chromium and servers), builds, and runs every test.
# Arguments go to `dotnet test`: ./test.sh --filter Category!=Browser
set -euo pipefail
cd "$(dirname "$0")"

missing=()
command -v chromium >/dev/null || missing+=(chromium fonts-liberation)
command -v nats-server >/dev/null || [ -x /usr/sbin/nats-server ] || missing+=(nats-server)
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
command -v mosquitto >/dev/null || [ -x /usr/sbin/mosquitto ] || missing+=(mosquitto)
command -v strace >/dev/null || missing+=(strace)
if [ ${#missing[@]} -gt 0 ]; then
    sudo=$([ "$(id -u)" -eq 0 ] || echo sudo)
    # Another package manager may hold the lock, as on a machine that has just started: wait for it.
    apt=(${sudo:+"$sudo"} env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -q -y)
    for attempt in 1 2 3 4 5; do
        "${apt[@]}" update && break
        echo "apt-get update failed (attempt $attempt of 5), trying again in 15 s" >&2
        sleep 15
    done
    "${apt[@]}" install --no-install-recommends "${missing[@]}"
    # The tests start servers of their own; one that came with a package is not left running.
    for package in "${missing[@]}"; do
        ${sudo:+"$sudo"} systemctl disable --now "$package" 2>/dev/null || true
    done
fi
# Debian keeps servers where only root looks for programs.
export PATH=$PATH:/usr/sbin

dotnet build LiveViz.sln --nologo -v quiet
# A test that never ends is named and ends them all; the longest takes less than a minute.
dotnet test LiveViz.sln --nologo --no-build --logger 'console;verbosity=minimal' \
    --blame-hang-timeout 8m --blame-hang-dump-type none "$@"
