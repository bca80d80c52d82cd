"""What the checks of a migration share: plans, and a cluster in which their scripts run."""

import copy
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

import yaml

from kubernetes_stand_in import RESOURCES, Kubernetes

HERE = pathlib.Path(__file__).parent
ROLE = "arn:aws:iam::444455556666:role/"
FAKE_KUBECTL = """case $* in
  "config view "*) echo SERVER ;;
  *) { echo "$@"; case $* in *"-f -"*) cat ;; esac; } >>kubectl.log ;;
esac"""
failures = []


def has_kubectl():
    """Whether there is a kubectl that needs no schema from the stand-in: one of 1.29 or later."""
    if not shutil.which("kubectl"):
        return False
    words = ["kubectl", "version", "--client", "--output=json"]
    run = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "KUBECONFIG": ""})
    version = json.loads(run.stdout or "{}").get("clientVersion", {}).get("minor", "0")
    return int(version.rstrip("+")) >= 29


KUBECTL = has_kubectl()


def check(condition, message, details=""):
    print("ok  " if condition else "FAIL", message)
    if not condition:
        failures.append(message)
        print(details)


class Planner:
    """Writes plans for a manifest."""

    def __init__(self, executable, manifest):
        self.executable, self.manifest = pathlib.Path(executable).resolve(), pathlib.Path(manifest)
        self.documents = list(yaml.safe_load_all(self.manifest.read_text()))

    def output(self, form, *mode):
        with open(self.manifest) as manifest:
            words = [self.executable, form, *mode]
            run = subprocess.run(words, stdin=manifest, check=True, capture_output=True, text=True)
        return run.stdout

    @property
    def plan(self):
        return json.loads(self.output("json"))

    def documents_of(self, *kinds):
        return [value for value in self.documents if value["kind"] in kinds]


class Cluster:
    """Stand-ins with the state of a planner's manifest, and the folder in which scripts run.

    Without kubectl there is no Kubernetes, and what kubectl would be given goes to `kubectl.log`,
    apart from the question for its server.
    """

    def __init__(self, folder, planner, mode):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.state_file, self.log = self.folder / "state.json", self.folder / "log"
        self.journal = self.folder / "eks-access-migration.journal"
        self.log.touch()
        data = planner.documents_of("ConfigMap")[0]["data"]
        rows = [row for section in data.values() for row in yaml.safe_load(section)]
        entries = [self.entry(value["spec"]) for value in planner.documents_of("AccessEntry")]
        self.environment = {}
        self.kubernetes = None
        server = "https://0123.eks.example"
        if KUBECTL:
            kinds = (kind for _, kind, *_ in RESOURCES.values())
            server = self.start_kubernetes(planner.documents_of(*kinds))
        else:
            self.write_command("kubectl", FAKE_KUBECTL.replace("SERVER", server))
        self.state = {
            # As the same host may be written, too.
            "endpoint": server.upper() + "/",
            "name": "shop", "account": "444455556666", "status": "ACTIVE", "mode": mode,
            "update": "Successful",
            "principals": [row.get("rolearn") or row["userarn"] for row in rows],
            "entries": {value["entry"]["principalArn"]: value for value in entries},
        }
        self.server = subprocess.Popen(
            [sys.executable, HERE / "eks_stand_in.py", self.state_file, self.log],
            stdout=subprocess.PIPE, text=True,
        )
        self.environment |= {
            "TMPDIR": str(self.folder), "HOME": str(self.folder),
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{int(self.server.stdout.readline())}",
            "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "s", "AWS_CONFIG_FILE": "/dev/null",
            "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1", "POLL_SECONDS": "0",
        }
        self.start_warm_aws()

    @staticmethod
    def entry(spec):
        keys = ("clusterName", "type", "username", "kubernetesGroups")
        return {
            "entry": {
                "principalArn": spec["principalARN"], "tags": {}, **{key: spec[key] for key in keys},
            },
            "policies": {
                policy["policyARN"]: {
                    "policyArn": policy["policyARN"],
                    "accessScope": {"namespaces": [], **policy["accessScope"]},
                }
                for policy in spec.get("accessPolicies", [])
            },
        }

    def start_warm_aws(self):
        socket = self.folder / "aws.socket"
        words = [sys.executable, HERE / "warm_aws.py", socket]
        self.warm_aws = subprocess.Popen(
            words, stdout=subprocess.PIPE, text=True, env={**os.environ, **self.environment}
        )
        self.warm_aws.stdout.readline()
        words.insert(1, "-IS")
        call = shlex.join(str(word) for word in words)
        self.write_command("warm/aws", f'exec {call} "$@"')

    def start_kubernetes(self, objects):
        objects = copy.deepcopy(objects)
        # What the roll-back must not take for the marks of the object.
        objects[0]["data"]["notes"] = "uid: 1\nresourceVersion: 2\n"
        objects[0]["metadata"]["annotations"] = {"uid": "1", "creationTimestamp": "it's\n uid: 2"}
        self.kubernetes = Kubernetes(objects)
        self.environment["KUBECONFIG"] = str(self.folder / "kubeconfig")
        server = f"http://localhost:{self.kubernetes.port}"
        (self.folder / "kubeconfig").write_text(json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "shop",
            "clusters": [{"name": "shop", "cluster": {"server": server}}],
            "contexts": [{"name": "shop", "context": {"cluster": "shop", "user": "somebody"}}],
            "users": [{"name": "somebody", "user": {}}],
        }))
        return server

    def write_command(self, name, line):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{line}\n")
        path.chmod(0o755)

    @property
    def state(self):
        return json.loads(self.state_file.read_text())

    @state.setter
    def state(self, value):
        self.state_file.write_text(json.dumps(value))

    @property
    def changes(self):
        return len(self.log.read_text().splitlines())

    def run(self, script, *options, shell=("sh",), warm=True):
        """Runs a script; gives its exit code and what it printed."""
        folders = [*([self.folder / "warm"] if warm else []), self.folder, os.environ["PATH"]]
        (self.folder / "script").write_text(script)
        run = subprocess.run(
            [*shell, "script", *options], cwd=self.folder, capture_output=True, text=True,
            timeout=300, env={**self.environment, "PATH": ":".join(map(str, folders))},
        )
        return run.returncode, run.stdout + run.stderr

    def close(self):
        for server in (self.server, self.warm_aws):
            server.terminate()
            server.wait()
            server.stdout.close()
        if self.kubernetes:
            self.kubernetes.close()
