#!/bin/sh
# Builds the tool and lints the broken example manifests.
set -eu
cd "$(dirname "$0")/.."

Scripts/install-libyaml.sh
# BUILD_FLAGS is a list of words.
# shellcheck disable=SC2086
swift build ${BUILD_FLAGS:-} --product eks-access
# shellcheck disable=SC2086
tool=$(swift build ${BUILD_FLAGS:-} --show-bin-path)/eks-access

status=0
"$tool" lint Fixtures/broken || status=$?
# Findings are what this run is for; only 2 and above mean that linting did not work.
[ "$status" -le 1 ] || exit "$status"
