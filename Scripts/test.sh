#!/bin/sh
# Runs every check: format, build without warnings, tests, linkage, the tools that read what is
# written, pre-commit.
# PRE_COMMIT=system leaves out the hook that builds the package in release, which takes minutes.
set -eu
cd "$(dirname "$0")/.."

step() {
  printf '\n== %s\n' "$1"
}

flags="-Xswiftc -warnings-as-errors ${BUILD_FLAGS:-}"

step "libyaml"
Scripts/install-libyaml.sh

step "format"
swift format lint --strict -r Package.swift Sources Tests Benchmarks Documentation

step "build"
# The flags are a list of words.
# shellcheck disable=SC2086
swift build --build-tests $flags

step "tests"
# shellcheck disable=SC2086
swift test --skip-build --disable-xctest $flags

step "linkage"
BUILD_FLAGS=$flags Scripts/check-linkage.sh

step "tools"
BUILD_FLAGS=$flags Scripts/check-migration.sh

step "pre-commit"
BUILD_FLAGS=$flags Scripts/check-pre-commit.sh "${PRE_COMMIT:-all}"
