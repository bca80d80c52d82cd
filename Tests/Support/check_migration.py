"""Checks the outputs of a migration: check_migration.py PLAN-EXECUTABLE FIXTURES

The scripts run with the AWS CLI and kubectl on the PATH against the stand-ins beside this file.
"""

import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import hcl2
import jsonschema
import yaml
# The AWS CLI brings its own copy of botocore.
from awscli.botocore import session as botocore, xform_name
from awscli.botocore.validate import ParamValidator

from check_kubectl import KubernetesRun, check_kubectl
from check_runs import check_broken_runs, check_shells
from migration_cluster import ROLE, Cluster, Planner, check, failures

FIXTURES = pathlib.Path(sys.argv[2])
planner = Planner(sys.argv[1], FIXTURES / "aws-auth.yaml")
output = planner.output


def check_scripts(folder):
    script, rollback, plan = output("aws-cli"), output("rollback"), planner.plan
    cluster = Cluster(folder, planner, "CONFIG_MAP")
    try:
        before = cluster.state
        code, text = cluster.run(script, "--bindings-added")
        check(code == 1 and "--change-mode" in text, "CONFIG_MAP is not changed unasked")
        code, text = cluster.run(script, "--bindings-added", "--change-mode", "--dry-run")
        check(code == 0 and "would change the mode" in text, "the dry run tells of the mode")
        check(cluster.changes == 0 and cluster.state == before, "the dry run changes nothing")

        kubernetes = KubernetesRun(planner, cluster)
        kubernetes.begin()
        code, text = cluster.run(script, "--bindings-added", "--change-mode", warm=False)
        check(code == 0, "the script succeeds", text)
        after = cluster.state
        check(after["mode"] == "API_AND_CONFIG_MAP", "the mode is API_AND_CONFIG_MAP")
        for item in plan["items"]:
            for entry in item["entries"]:
                check_entry(entry, after["entries"].get(entry["principalArn"]))
        changes = cluster.changes
        code, text = cluster.run(script, "--bindings-added")
        check(code == 0 and "there already" in text, "a second run succeeds")
        check(cluster.changes == changes and cluster.state == after, "and changes nothing")
        kubernetes.remove_rows()

        kubernetes.check_context(rollback)
        code, text = cluster.run(rollback, "--dry-run")
        check(code == 0 and cluster.changes == changes, "the roll-back has a dry run")
        code, text = cluster.run(rollback, warm=False)
        check(code == 0 and "cannot go back" in text, "the roll-back succeeds", text)
        check(cluster.state["entries"] == before["entries"], "the entries are those of before")
        kubernetes.check_rolled_back(rollback)
        check(not (cluster.folder / "canary").exists(), "no name was run as a command")

        for name, change in SURPRISES.items():
            state = json.loads(json.dumps(after))
            change(state)
            cluster.state = state
            changes = cluster.changes
            code, text = cluster.run(script, "--bindings-added")
            check(code == 1 and "stopped: " in text, f"stops: {name}")
            check(cluster.changes == changes, f"and has changed nothing: {name}")
    finally:
        cluster.close()


def differ(state):
    state["entries"][ROLE + "platform"]["entry"]["kubernetesGroups"] = ["others"]


def rescope(state):
    for policy in state["entries"][ROLE + "platform"]["policies"].values():
        policy["accessScope"] = {"type": "namespace", "namespaces": ["x"]}


SURPRISES = {
    "an entry differs": differ,
    "a policy has another scope": rescope,
    "a principal is gone": lambda state: state["principals"].remove(ROLE + "platform"),
    "the account is another one": lambda state: state.update(account="777788889999"),
    "the cluster is updating": lambda state: state.update(status="UPDATING"),
}


def check_entry(planned, there):
    entry = (there or {}).get("entry", {})
    standard = planned["type"] == "STANDARD"
    same = entry.get("type") == planned["type"] and (
        not standard
        or entry["username"] == planned.get("username", entry["username"])
        and entry["kubernetesGroups"] == planned["kubernetesGroups"]
    )
    check(same, f"the entry of {planned['principalArn']} is as planned")
    policies = [(p["policyArn"], p["accessScope"]) for p in planned["accessPolicies"]]
    made = [(p["policyArn"], p["accessScope"]) for p in (there or {}).get("policies", {}).values()]
    check(sorted(policies, key=str) == sorted(made, key=str), "with its policies")


def check_inputs():
    """The inputs of the AWS CLI are those of the services' models."""
    session = botocore.get_session()
    count = 0
    for step in json.loads(output("json"))["steps"]:
        for command in step["commands"]:
            words = shlex.split(command)
            if words[0] != "aws" or "--cli-input-json" not in words or words[2] == "wait":
                continue
            model = session.get_service_model(words[1])
            names = {xform_name(name, "-"): name for name in model.operation_names}
            shape = model.operation_model(names[words[2]]).input_shape
            value = json.loads(words[words.index("--cli-input-json") + 1])
            report = ParamValidator().validate(value, shape)
            unknown = set(value) - set(shape.members)
            if report.has_errors() or unknown:
                check(False, f"{command}: {report.generate_report()} {unknown}")
            count += 1
    check(count > 10, f"{count} inputs of the AWS CLI fit its models")


def check_cloudformation(folder):
    path = pathlib.Path(folder) / "template.yaml"
    path.write_text(output("cloudformation"))
    run = subprocess.run(["cfn-lint", path], capture_output=True, text=True)
    check(run.returncode == 0, "cfn-lint", run.stdout + run.stderr)


def check_schemas():
    data = os.environ.get("EKS_ACCESS_TESTDATA")
    schemas = pathlib.Path(data or "", "schemas")
    if not data or not schemas.is_dir():
        print("check-migration: schemas skipped; EKS_ACCESS_TESTDATA names no folder with them")
        return
    schema = json.loads((schemas / "eksctl-clusterconfig.schema.json").read_text())
    check_schema("eksctl", yaml.safe_load(output("eksctl")), schema)
    kinds = {}
    for path in schemas.glob("*.crd.yaml"):
        for crd in yaml.safe_load_all(path.read_text()):
            spec = crd["spec"]
            for version in spec["versions"]:
                key = f"{spec['group']}/{version['name']}", spec["names"]["kind"]
                kinds[key] = version["schema"]["openAPIV3Schema"]
    for form in ("ack", "crossplane"):
        for value in yaml.safe_load_all(output(form)):
            check_schema(form, value, kinds[value["apiVersion"], value["kind"]])


def check_schema(name, value, schema):
    checker = jsonschema.validators.validator_for(schema, jsonschema.Draft7Validator)(schema)
    errors = [f"{list(e.absolute_path)}: {e.message[:200]}" for e in checker.iter_errors(value)]
    check(not errors, f"{name} fits its schema {' '.join(errors)}")


def check_terraform(folder):
    text = output("terraform")
    path = pathlib.Path(folder) / "entries.tf"
    path.write_text(text)
    resources = hcl2.loads(text)["resource"]
    check(len(resources) > 5, f"python-hcl2 reads {len(resources)} resources")
    if not shutil.which("terraform"):
        print("check-migration: terraform skipped; it is not installed")
        return
    environment = dict(os.environ, TF_CLI_CONFIG_FILE="/dev/null", CHECKPOINT_DISABLE="1")
    run = subprocess.run(["terraform", "fmt", "-check", "-diff", path], env=environment)
    check(run.returncode == 0, "terraform fmt leaves the file alone")
    groups = re.findall(r"kubernetes_groups = (\[.*\])$", text, re.MULTILINE)
    run = subprocess.run(
        ["terraform", "console"], input=f"jsonencode([{', '.join(groups)}])\n", env=environment,
        cwd=tempfile.mkdtemp(dir=folder), capture_output=True, text=True,
    )
    planned = [
        entry["kubernetesGroups"]
        for decision in ("create", "update")
        for item in json.loads(output("json"))["items"]
        for entry in item["entries"]
        if item["decision"] == decision and entry["kubernetesGroups"]
    ]
    read = json.loads(json.loads(run.stdout)) if run.returncode == 0 else run.stderr
    check(read == planned, "terraform reads the groups of the plan")


with tempfile.TemporaryDirectory() as folder:
    check_inputs()
    check_cloudformation(folder)
    check_schemas()
    check_terraform(folder)
    check_kubectl(planner, folder)
    check_scripts(pathlib.Path(folder) / "scripts")
    check_broken_runs(Planner(planner.executable, FIXTURES / "broken-off.yaml"), folder)
    check_shells(planner, folder)
print(f"{len(failures)} failed")
sys.exit(bool(failures))
