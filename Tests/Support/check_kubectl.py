"""Checks with the real kubectl: what it reads in the outputs of a plan, and what the steps and the
roll-back do by it."""

import json
import os
import subprocess

import yaml

from migration_cluster import KUBECTL, check

OTHER = "https://4567.eks.example"
CONFIG_MAP = "/api/v1/namespaces/kube-system/configmaps/aws-auth"


def read(folder, words, text):
    """What kubectl reads in a text, without a server."""
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "KUBECONFIG": "/dev/null"}
    run = subprocess.run(
        ["kubectl", *words, "--local", "-f", "-", "-o", "json"], input=text, env=environment,
        capture_output=True, text=True,
    )
    check(run.returncode == 0, f"kubectl {words[0]}", run.stderr)
    # JSON is YAML, and kubectl writes each object from the beginning of a line.
    return list(yaml.safe_load_all(run.stdout.replace("\n{", "\n---\n{")))


def read_bindings(folder, text):
    """Bindings as kubectl decodes them into its own types, for which it needs something to do."""
    values = read(folder, ["set", "subject", "--group=another", "--dry-run=client"], text)
    for value in values:
        value["subjects"] = [s for s in value["subjects"] if s["name"] != "another"]
        value["metadata"].pop("creationTimestamp", None)
    return values


def check_kubectl(planner, folder):
    if not KUBECTL:
        print("check-migration: kubectl skipped; it is not installed, or older than 1.29")
        return
    plan = planner.plan
    manifests = [binding["manifest"] for binding in plan["bindings"]]
    check(
        len(manifests) > 2 and read_bindings(folder, planner.output("rbac")) == manifests,
        f"kubectl reads the {len(manifests)} bindings of the plan in rbac",
    )
    text = "".join(json.dumps(manifest) for manifest in manifests)
    check(read_bindings(folder, text) == manifests, "and in the plan's JSON")
    entries = [entry for item in plan["items"] for entry in item["entries"]]
    names = {
        "Group": {group for entry in entries for group in entry["kubernetesGroups"]},
        "User": {entry.get("username") for entry in entries},
    }
    subjects = [subject for manifest in manifests for subject in manifest["subjects"]]
    check(all(s["name"] in names[s["kind"]] for s in subjects), "entries have the names they bind")

    (value,) = read(folder, ["annotate", "a=b"], planner.output("aws-auth"))
    rows = [
        {"rolearn": item["principal"], **item["identity"]}
        for item in plan["items"] if item["keepsRow"]
    ]
    data = {key: yaml.safe_load(text) for key, text in value.pop("data").items()}
    check(rows and data == {"mapRoles": rows}, "kubectl reads the rows that stay in aws-auth")
    metadata = {"name": "aws-auth", "namespace": "kube-system", "annotations": {"a": "b"}}
    check(
        value == {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata},
        "and nothing else",
    )


class KubernetesRun:
    """What happens to the ConfigMap and the bindings while the scripts of a plan run."""

    def __init__(self, planner, cluster):
        self.planner, self.plan, self.cluster = planner, planner.plan, cluster
        self.kubernetes = cluster.kubernetes
        self.before = self.kubernetes and self.kubernetes.contents

    def step(self, name):
        """Runs the commands of a step as they stand in the plan."""
        step = next(step for step in self.plan["steps"] if step["id"] == name)
        code, text = self.cluster.run("set -e\n" + "\n".join(step["commands"]))
        check(code == 0, f"the step {name} succeeds", text)

    def begin(self):
        if not self.kubernetes:
            backup = self.planner.manifest.read_text().split("---")[0] + "  resourceVersion: '1'\n"
            (self.cluster.folder / "aws-auth.backup.yaml").write_text(backup)
            return
        for form in ("rbac", "aws-auth"):
            (self.cluster.folder / f"{form}.yaml").write_text(self.planner.output(form))
            code, text = self.cluster.run(
                f"kubectl create --dry-run=client --validate=false -f {form}.yaml"
            )
            check(code == 0 and "created (dry run)" in text, f"kubectl would create {form}", text)
        check(self.kubernetes.contents == self.before, "and creates nothing")
        self.step("back-up")
        self.step("add-bindings")
        added = [
            value for path, value in self.kubernetes.contents.items() if path not in self.before
        ]
        for value in added:
            del value["metadata"]["annotations"]
        manifests = [binding["manifest"] for binding in self.plan["bindings"]]
        check(added == manifests, f"the {len(added)} bindings are those of the plan")
        version = self.kubernetes.version
        self.step("add-bindings")
        check(self.kubernetes.version == version, "and stay when they are added again")

    def remove_rows(self):
        if not self.kubernetes:
            return
        remaining = self.planner.output("aws-auth")
        (self.cluster.folder / "aws-auth.yaml").write_text(remaining)
        self.step("remove-rows")
        there = self.kubernetes.contents[CONFIG_MAP]
        check(there == yaml.safe_load(remaining), "the ConfigMap has the rows that stay")

    @property
    def contents(self):
        """What kubectl has changed."""
        log = self.cluster.folder / "kubectl.log"
        return self.kubernetes.contents if self.kubernetes else log.exists() and log.read_text()

    def check_context(self, rollback):
        """The roll-back stops where kubectl speaks to another cluster than AWS."""
        state, changes, contents = self.cluster.state, self.cluster.changes, self.contents
        self.cluster.state = {**state, "endpoint": OTHER}
        for options in ([], ["--dry-run"], ["--keep-config-map"]):
            code, text = self.cluster.run(rollback, *options)
            told = OTHER in text and "update-kubeconfig --name=shop" in text
            check(code == 1 and told, f"the roll-back {options} stops at another context", text)
            check("would" not in text, "before everything")
            same = self.cluster.changes == changes and self.contents == contents
            check(same, "and changes neither side")
        code, text = self.cluster.run(rollback, "--dry-run", "--any-context")
        check(code == 0 and "would put" in text, "--any-context does not compare", text)
        self.cluster.state = state

    def check_rolled_back(self, rollback):
        if not self.kubernetes:
            log = (self.cluster.folder / "kubectl.log").read_text()
            check("replace -f -" in log and "resourceVersion" not in log, "the ConfigMap is put back")
            check("delete --ignore-not-found -f -" in log, "the bindings are deleted")
            return
        same = self.kubernetes.contents == self.before
        check(same, "the ConfigMap and the bindings are those of before")
        del self.kubernetes.objects[CONFIG_MAP]
        self.cluster.state = {**self.cluster.state, "endpoint": OTHER}
        code, text = self.cluster.run(rollback, "--any-context")
        check(code == 0, "the roll-back can be run again, by any context", text)
        check(self.kubernetes.contents == self.before, "and makes a ConfigMap that is gone")
