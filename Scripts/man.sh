#!/bin/sh
# Writes the manual pages of the executable at .build/eks-access to .build/man, with the generator
# that comes with swift-argument-parser.
set -eu
cd "$(dirname "$0")/.."

# BUILD_FLAGS is a list of words.
# shellcheck disable=SC2086
swift build ${BUILD_FLAGS:-} --product generate-manual
# shellcheck disable=SC2086
generator=$(swift build ${BUILD_FLAGS:-} --show-bin-path)/generate-manual

# The same sources give the same pages.
date=$(git log -1 --format=%cs 2>/dev/null) || date=
rm -rf .build/man
mkdir -p .build/man
"$generator" "$PWD/.build/eks-access" --multi-page --output-directory .build/man \
  ${date:+--date "$date"}
for page in .build/man/*.1; do
  # mdoc asks for .Pp where the generator leaves lines empty.
  sed 's/^$/.Pp/' "$page" >"$page.new"
  mv "$page.new" "$page"
done
