"""Checks that the fixtures are what the tools take: cfn-lint for CloudFormation, and the published
schemas of eksctl, ACK, Crossplane and CAPA where EKS_ACCESS_TESTDATA names a folder with them."""

import json
import os
import pathlib
import subprocess
import sys

import jsonschema
import yaml

FOLDER = pathlib.Path(__file__).parents[2] / "Fixtures" / "access-entries"
failed = False


def check(condition, message):
    global failed
    print(("ok   " if condition else "FAIL ") + message)
    failed = failed or not condition


def check_cloudformation():
    paths = sorted(str(path) for path in (FOLDER / "cloudformation").iterdir())
    run = subprocess.run(["cfn-lint", "-i", "W", "--", *paths], capture_output=True, text=True)
    check(run.returncode == 0, f"cfn-lint: {len(paths)} templates {run.stdout}{run.stderr}".rstrip())


def check_schemas():
    data = os.environ.get("EKS_ACCESS_TESTDATA")
    schemas = pathlib.Path(data or "", "schemas")
    if not data or not schemas.is_dir():
        print("check-fixtures: schemas skipped; EKS_ACCESS_TESTDATA names no folder with them")
        return
    kinds = {}
    for path in schemas.glob("*.crd.yaml"):
        definition = yaml.safe_load(path.read_text())["spec"]
        for version in definition["versions"]:
            key = f"{definition['group']}/{version['name']}", definition["names"]["kind"]
            kinds[key] = version["schema"]["openAPIV3Schema"]
    eksctl = json.loads((schemas / "eksctl-clusterconfig.schema.json").read_text())
    for path in sorted(FOLDER.glob("*.yaml")):
        for value in yaml.safe_load_all(path.read_text()):
            key = value["apiVersion"], value["kind"]
            schema = eksctl if value["kind"] == "ClusterConfig" else kinds.get(key)
            if schema is None:
                print(f"skip {path.name}: no schema of {' '.join(key)}")
                continue
            checker = jsonschema.validators.validator_for(schema, jsonschema.Draft7Validator)(schema)
            errors = [error.message[:200] for error in checker.iter_errors(value)]
            check(not errors, " ".join([path.name, *key, *errors]))


check_cloudformation()
check_schemas()
sys.exit(failed)
