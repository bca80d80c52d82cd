#!/bin/sh
# Checks what the debug build links: the libraries no Foundation of any kind, the tool at most
# FoundationEssentials. Foundation would cost every start of the tool several milliseconds and
# the static executable 44 MB.
set -eu
cd "$(dirname "$0")/.."

libraries="YAMLSource KubernetesRBAC EKSAccess EKSAccessManifests EKSAccessLint"

if [ "$(uname -s)" != Linux ]; then
  echo "check-linkage: Foundation is part of the system here, nothing to check"
  exit 0
fi

# BUILD_FLAGS is a list of words.
# shellcheck disable=SC2086
bin=$(swift build ${BUILD_FLAGS:-} --show-bin-path)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# ldd of $1, without the libraries named by the pattern $2, must hold no Foundation.
check() {
  ldd "$1" >"$scratch/linked"
  if grep -q 'not found' "$scratch/linked"; then
    echo "check-linkage: $3 has libraries that cannot be found:" >&2
    grep 'not found' "$scratch/linked" >&2
    failed=1
  fi
  if grep -E 'lib_?Foundation[A-Za-z]*\.so' "$scratch/linked" | grep -vE "$2"; then
    echo "check-linkage: $3 must not link the above" >&2
    failed=1
  fi
}

check "$bin/eks-access" 'libFoundationEssentials\.so' "the eks-access tool"

# A program of exactly the libraries' object files: an `import Foundation` in any of them makes
# the compiler link it, whether or not anything of it is used.
for library in $libraries; do
  grep -E "/$library\.build/" "$bin/eks-access.product/Objects.LinkFileList" || {
    echo "check-linkage: no object files of $library; build first" >&2
    exit 1
  }
done >"$scratch/objects"
: >"$scratch/main.swift"
for library in $libraries; do
  echo "import $library" >>"$scratch/main.swift"
done
swiftc -swift-version 6 -module-name Linkage -I "$bin/Modules" -I Sources/CLibYAML \
  "$scratch/main.swift" "@$scratch/objects" -lyaml -o "$scratch/libraries"
"$scratch/libraries"
check "$scratch/libraries" '^$' "the libraries ($libraries)"

[ "$failed" -eq 0 ] || exit 1
echo "check-linkage: the libraries link no Foundation, the tool at most FoundationEssentials"
