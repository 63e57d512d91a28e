# Sourced by the benchmark scripts: how they fail, and how they get the tools that they need.

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# install_missing TOOL[=PACKAGE]...: a tool is a command or a file; its Debian package has its name unless another one is given.
install_missing() {
  missing=
  for wanted in "$@"; do
    PATH=$PATH:/usr/sbin command -v "${wanted%%=*}" >/dev/null || missing="$missing ${wanted#*=}"
  done
  [ -n "$missing" ] || return 0
  command -v apt-get >/dev/null || fail "install$missing first: this system has no apt-get"
  echo "installing$missing from Debian packages" >&2
  # RUNLEVEL=1: no package may start a service of its own.
  # shellcheck disable=SC2086 # a list of words
  { apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing; } >/dev/null 2>&1 ||
    fail "could not install$missing: apt-get needs root and a package source"
}

# The machine and the versions that figures belong to, in one line.
machine() {
  echo "$(nproc) × $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(uname -sr), .NET SDK $(dotnet --version), load $(cut -d' ' -f1 /proc/loadavg)"
}
