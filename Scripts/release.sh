#!/bin/sh
# Builds the release executable and leaves a stripped copy at .build/eks-access, with its shell
# completions in .build/completions and its manual in .build/man.
# On Linux it is one static file that needs neither Swift nor libyaml where it runs.
set -eu
cd "$(dirname "$0")/.."

Scripts/install-libyaml.sh
flags="-c release --product eks-access ${BUILD_FLAGS:-}"
if [ "$(uname -s)" = Linux ]; then
  flags="$flags -Xswiftc -static-executable"
fi
# The flags are a list of words.
# shellcheck disable=SC2086
swift build $flags
# shellcheck disable=SC2086
bin=$(swift build $flags --show-bin-path)

target=.build/eks-access
mkdir -p .build
cp "$bin/eks-access" "$target.new"
if command -v strip >/dev/null 2>&1; then
  strip "$target.new"
fi
mv "$target.new" "$target"

if [ "$(uname -s)" = Linux ] && ldd "$target" 2>/dev/null | grep '=>' >&2; then
  echo "release: $target still needs the shared libraries above" >&2
  exit 1
fi
echo "$target: $(wc -c <"$target" | tr -d ' ') bytes"

completions=.build/completions
mkdir -p "$completions"
for shell in bash zsh fish; do
  "$target" --generate-completion-script "$shell" >"$completions/$shell"
done
Scripts/man.sh
