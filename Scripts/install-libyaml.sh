#!/bin/sh
# Installs libyaml's headers and library when a C compiler cannot use them yet.
set -eu

works() {
  cc=
  for candidate in "${CC:-}" clang cc gcc; do
    if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1; then
      cc=$candidate
      break
    fi
  done
  if [ -z "$cc" ]; then
    echo "install-libyaml: no C compiler found; the Swift toolchain brings clang" >&2
    exit 1
  fi

  flags=-lyaml
  if command -v pkg-config >/dev/null 2>&1 && pkg-config --exists yaml-0.1; then
    flags=$(pkg-config --cflags --libs yaml-0.1)
  fi
  program=$(mktemp)
  found=0
  # The flags are a list of words.
  # shellcheck disable=SC2086
  printf '%s\n' '#include <yaml.h>' 'int main(void) { yaml_parser_t p; return !yaml_parser_initialize(&p); }' |
    "$cc" -x c - -o "$program" $flags 2>/dev/null || found=1
  rm -f "$program"
  return "$found"
}

advise() {
  cat >&2 <<'TEXT'
libyaml is missing and could not be installed from here. Install its development package,
then run the command again:

  Debian, Ubuntu           apt-get install libyaml-dev pkg-config
  Fedora, RHEL, Amazon     dnf install libyaml-devel pkgconf-pkg-config
  Alpine                   apk add yaml-dev yaml-static pkgconf
  macOS (Homebrew)         brew install libyaml pkgconf
TEXT
  exit 1
}

if works; then
  exit 0
fi

if [ "$(uname -s)" = Darwin ]; then
  # Homebrew refuses to run as root, and SwiftPM finds its prefix through pkg-config only.
  command -v brew >/dev/null 2>&1 || advise
  echo "install-libyaml: libyaml is missing, installing it"
  brew install libyaml pkgconf || advise
  works || advise
  exit 0
fi

[ "$(id -u)" -eq 0 ] || advise
echo "install-libyaml: libyaml is missing, installing it"
if command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  packages=libyaml-dev
  command -v pkg-config >/dev/null 2>&1 || packages="$packages pkg-config"
  # shellcheck disable=SC2086
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages; } || advise
elif command -v dnf >/dev/null 2>&1; then
  dnf install -y libyaml-devel pkgconf-pkg-config || advise
elif command -v yum >/dev/null 2>&1; then
  yum install -y libyaml-devel pkgconfig || advise
elif command -v apk >/dev/null 2>&1; then
  apk add yaml-dev yaml-static pkgconf || advise
else
  advise
fi

works || advise
