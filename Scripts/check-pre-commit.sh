#!/bin/sh
# Runs the hooks of .pre-commit-hooks.yaml with the real pre-commit on a scratch repository: a good
# manifest passes, a bad one fails and is named.
#
# `check-pre-commit.sh system` checks the hook that uses an eks-access of the PATH, which takes
# seconds; `check-pre-commit.sh swift` the one that builds the package in release, which takes
# minutes; without an argument both are checked.
#
# pre-commit and what it built stay in .build/pre-commit, so that a second run of the same files
# takes seconds. Where pre-commit cannot be had, nothing is checked.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
kind=${1:-all}
case $kind in
all | system | swift) ;;
*)
  echo "usage: check-pre-commit.sh [system|swift]" >&2
  exit 2
  ;;
esac

skip() {
  echo "check-pre-commit: skipped: $1"
  exit 0
}

fail() {
  echo "check-pre-commit: $1" >&2
  cat "$scratch/output" >&2
  exit 1
}

command -v git >/dev/null 2>&1 || skip "there is no git"
command -v python3 >/dev/null 2>&1 || skip "there is no python3"
git rev-parse --is-inside-work-tree >/dev/null 2>&1 || skip "this is no git repository"
tools=$root/.build/pre-commit
mkdir -p "$tools"
if ! [ -x "$tools/venv/bin/pre-commit" ]; then
  rm -rf "$tools/venv"
  python3 -m venv "$tools/venv" >"$tools/log" 2>&1 || skip "python3 has no venv with pip"
  "$tools/venv/bin/pip" install --quiet --disable-pip-version-check "pre-commit>=4,<5" \
    >"$tools/log" 2>&1 || {
    rm -rf "$tools/venv"
    skip "pre-commit cannot be installed from PyPI"
  }
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
: >"$scratch/output"
# Neither the user's configuration of git nor variables of a surrounding hook count.
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@example.com
export GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@example.com
export NO_COLOR=1 PRE_COMMIT_COLOR=never
export PRE_COMMIT_HOME="$tools/cache"

# The hooks of the files as they are now, committed or not. The same files make the same revision,
# by which pre-commit knows what it has built.
export GIT_AUTHOR_DATE=2000-01-01T00:00:00Z GIT_COMMITTER_DATE=2000-01-01T00:00:00Z
hooks=$tools/hooks
rm -rf "$hooks"
git init -q "$hooks"
git ls-files --cached --others --exclude-standard | while IFS= read -r file; do
  if [ -e "$file" ]; then printf '%s\n' "$file"; fi
done >"$scratch/files"
tar -cf - -T "$scratch/files" | tar -xf - -C "$hooks"
git -C "$hooks" add -A
git -C "$hooks" commit -qm hooks
revision=$(git -C "$hooks" rev-parse HEAD)
# What was built of other files is of no use any more.
if [ "$(cat "$tools/revision" 2>/dev/null)" != "$revision" ]; then
  rm -rf "$tools/cache"
  echo "$revision" >"$tools/revision"
fi

git init -q "$scratch/repository"
cd "$scratch/repository"
mkdir clusters
cp "$root/Fixtures/clean/minimal.yaml" clusters/good.yaml
cp "$root/Fixtures/clean/object.json" clusters/good.json
echo "aws-auth: mapRoles: not a manifest: [" >notes.txt
git add -A

# Runs a hook on all files; $1 is its id, $2 the exit status that is expected.
run() {
  cat >.pre-commit-config.yaml <<TEXT
repos:
  - repo: $hooks
    rev: $revision
    hooks:
      - id: $1
TEXT
  git add -A
  status=0
  "$tools/venv/bin/pre-commit" run --all-files --verbose >"$scratch/output" 2>&1 || status=$?
  [ "$status" -eq "$2" ] || fail "$1 exited with $status instead of $2"
}

# The output must hold a line that matches $2.
expect() {
  grep -qE "$2" "$scratch/output" || fail "$1: nothing in the output matches $2"
}

check() {
  run "$1" 0
  expect "$1" '^eks-access\.+Passed$'
  cp "$root/Fixtures/broken/missing-system-nodes.yaml" clusters/bad.yaml
  run "$1" 1
  expect "$1" '^eks-access\.+Failed$'
  expect "$1" '^- exit code: 1$'
  expect "$1" '^clusters/bad\.yaml:[0-9]+:[0-9]+: error: .*\[node-groups\]$'
  if grep -q 'good\.\|notes\.txt' "$scratch/output"; then fail "$1: names a good file"; fi
  rm clusters/bad.yaml
  echo "check-pre-commit: $1 passes a good manifest and names a bad one"
}

if [ "$kind" != swift ]; then
  # BUILD_FLAGS is a list of words.
  # shellcheck disable=SC2086
  bin=$(cd "$root" && swift build ${BUILD_FLAGS:-} --show-bin-path)
  [ -x "$bin/eks-access" ] || fail "there is no eks-access in $bin; build first"
  PATH=$bin:$PATH
  export PATH
  check eks-access-system
fi
if [ "$kind" != system ]; then
  started=$(date +%s)
  check eks-access
  echo "check-pre-commit: building and running took $(($(date +%s) - started)) s"
fi
