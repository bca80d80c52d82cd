#!/bin/sh
# Checks SARIF files against the published schema: check-sarif.sh SCHEMA FILE...
set -eu

if ! python3 -c 'import jsonschema' >/dev/null 2>&1; then
  echo "check-sarif: skipped; python3 with the module jsonschema is needed"
  exit 0
fi

exec python3 - "$@" <<'PYTHON'
import json
import sys

import jsonschema

with open(sys.argv[1]) as file:
    schema = json.load(file)
checker = jsonschema.validators.validator_for(schema)(
    schema, format_checker=jsonschema.FormatChecker()
)
failed = False
for path in sys.argv[2:]:
    with open(path) as file:
        errors = list(checker.iter_errors(json.load(file)))
    for error in errors:
        place = "/".join(str(part) for part in error.absolute_path)
        print(f"{path}: {place}: {error.message[:200]}", file=sys.stderr)
    failed = failed or bool(errors)
sys.exit(failed)
PYTHON
