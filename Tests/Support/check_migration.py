"""Checks the outputs of a migration: check_migration.py PLAN-EXECUTABLE MANIFEST

The scripts run with the AWS CLI on the PATH against the stand-in beside this file.
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

HERE = pathlib.Path(__file__).parent
PLAN, MANIFEST = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
ROLE = "arn:aws:iam::444455556666:role/"
failures = []


def check(condition, message):
    print("ok  " if condition else "FAIL", message)
    if not condition:
        failures.append(message)


def output(form, *mode):
    with open(MANIFEST) as manifest:
        words = [PLAN, form, *mode]
        return subprocess.run(words, stdin=manifest, check=True, capture_output=True, text=True).stdout


class Cluster:
    """A stand-in with its state, and the folder in which scripts run."""

    def __init__(self, folder, mode):
        self.folder = pathlib.Path(folder)
        self.state_file, self.log = self.folder / "state.json", self.folder / "log"
        self.log.touch()
        self.state = {
            "name": "shop", "account": "444455556666", "status": "ACTIVE", "mode": mode,
            "update": "Successful",
            "principals": [ROLE + name for name in ("nodes", "platform", "readers", "partner", "orders")]
            + ["arn:aws:iam::444455556666:user/jane"],
            "entries": {
                ROLE + "partner": self.entry("partner", ["guests"], "AmazonEKSViewPolicy", ["web"]),
                ROLE + "orders": self.entry("orders", ["orders"]),
            },
        }
        kubectl = self.folder / "kubectl"
        kubectl.write_text('#!/bin/sh\n{ echo "$@"; case $* in *"-f -"*) cat ;; esac; } >>kubectl.log\n')
        kubectl.chmod(0o755)
        self.server = subprocess.Popen(
            [sys.executable, HERE / "eks_stand_in.py", self.state_file, self.log],
            stdout=subprocess.PIPE, text=True,
        )
        self.port = int(self.server.stdout.readline())

    @staticmethod
    def entry(name, groups, policy=None, namespaces=()):
        arn = f"arn:aws:eks::aws:cluster-access-policy/{policy}"
        scope = {"type": "namespace", "namespaces": list(namespaces)}
        return {
            "entry": {
                "clusterName": "shop", "principalArn": ROLE + name, "type": "STANDARD",
                "username": name, "kubernetesGroups": groups, "tags": {},
            },
            "policies": {arn: {"policyArn": arn, "accessScope": scope}} if policy else {},
        }

    @property
    def state(self):
        return json.loads(self.state_file.read_text())

    @state.setter
    def state(self, value):
        self.state_file.write_text(json.dumps(value))

    @property
    def changes(self):
        return len(self.log.read_text().splitlines())

    def run(self, script, *options):
        """Runs a script; gives its exit code and what it printed."""
        environment = {
            "PATH": f"{self.folder}:{os.environ['PATH']}", "TMPDIR": str(self.folder),
            "HOME": str(self.folder), "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "s", "AWS_CONFIG_FILE": "/dev/null",
            "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1", "POLL_SECONDS": "0",
        }
        (self.folder / "script").write_text(script)
        run = subprocess.run(
            ["sh", "script", *options], cwd=self.folder, env=environment, capture_output=True,
            text=True, timeout=300,
        )
        return run.returncode, run.stdout + run.stderr

    def close(self):
        self.server.terminate()
        self.server.wait()
        self.server.stdout.close()


def check_scripts(folder):
    script, rollback = output("aws-cli"), output("rollback")
    planned = json.loads(output("json"))
    cluster = Cluster(folder, "CONFIG_MAP")
    try:
        before = cluster.state
        code, text = cluster.run(script, "--bindings-added")
        check(code == 1 and "--change-mode" in text, "CONFIG_MAP is not changed unasked")
        code, text = cluster.run(script, "--bindings-added", "--change-mode", "--dry-run")
        check(code == 0 and "would change the mode" in text, "the dry run tells of the mode")
        check(cluster.changes == 0 and cluster.state == before, "the dry run changes nothing")

        code, text = cluster.run(script, "--bindings-added", "--change-mode")
        check(code == 0, f"the script succeeds\n{text if code else ''}")
        after = cluster.state
        check(after["mode"] == "API_AND_CONFIG_MAP", "the mode is API_AND_CONFIG_MAP")
        for item in planned["items"]:
            for entry in item["entries"]:
                check_entry(entry, after["entries"].get(entry["principalArn"]))
        changes = cluster.changes
        code, text = cluster.run(script, "--bindings-added")
        check(code == 0 and "there already" in text, "a second run succeeds")
        check(cluster.changes == changes and cluster.state == after, "and changes nothing")
        check(not (cluster.folder / "canary").exists(), "no name was run as a command")

        backup = cluster.folder / "aws-auth.backup.yaml"
        backup.write_text(MANIFEST.read_text().split("---")[0] + "  resourceVersion: '1'\n")
        code, text = cluster.run(rollback, "--dry-run")
        check(code == 0 and cluster.changes == changes, "the roll-back has a dry run")
        code, text = cluster.run(rollback)
        check(code == 0 and "cannot go back" in text, f"the roll-back succeeds\n{text if code else ''}")
        check(cluster.state["entries"] == before["entries"], "the entries are those of before")
        kubectl = (cluster.folder / "kubectl.log").read_text()
        check("replace -f -" in kubectl and "resourceVersion" not in kubectl, "the ConfigMap is put back")
        check("delete --ignore-not-found -f -" in kubectl, "the binding is deleted")

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
    check(run.returncode == 0, f"cfn-lint\n{run.stdout}{run.stderr}" if run.returncode else "cfn-lint")


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
    check_scripts(folder)
print(f"{len(failures)} failed")
sys.exit(bool(failures))
