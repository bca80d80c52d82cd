#!/bin/sh
# Measures the release executable against other programs; see README.md here.
set -eu
cd "$(dirname "$0")/.."
out=Benchmarks/out
mkdir -p "$out"

command -v python3 >/dev/null 2>&1 || {
  echo "bench: python3 is needed" >&2
  exit 2
}

# EKS_ACCESS names an executable to measure instead of building one.
tool=${EKS_ACCESS:-}
if [ -z "$tool" ]; then
  Scripts/release.sh
  tool=.build/eks-access
fi
Scripts/install-libyaml.sh

cc=${CC:-}
[ -n "$cc" ] || cc=$(command -v clang || command -v cc || command -v gcc)
flags=-lyaml
if command -v pkg-config >/dev/null 2>&1 && pkg-config --exists yaml-0.1; then
  flags=$(pkg-config --cflags --libs yaml-0.1)
fi
static=-static
[ "$(uname -s)" != Darwin ] || static=
# The flags are lists of words.
# shellcheck disable=SC2086
"$cc" -O2 -Wall -Wextra Benchmarks/parse.c $flags $static -o "$out/parse"
# shellcheck disable=SC2086
"$cc" -O2 -Wall -Wextra Benchmarks/spawn.c $static -o "$out/spawn"

python3 Benchmarks/generate.py "$out"
# What an older tree.py wrote must not stay.
rm -rf "$out/tree"
python3 Benchmarks/tree.py "$out/tree"
python3 Benchmarks/measure.py --tool "$tool" --parse "$out/parse" --spawn "$out/spawn" \
  --max-ratio "${MAX_RATIO:-4}" --max-tree-ratio "${MAX_TREE_RATIO:-5}" "$out"
