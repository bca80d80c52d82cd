#!/usr/bin/env python3
"""Writes a repository of 20,000 Kubernetes manifests: the same bytes on every machine.

usage: tree.py FOLDER

One file in fifty is an aws-auth ConfigMap, one in twenty holds roles and bindings, one in twenty a
ServiceAccount; the rest has nothing to do with access. Files have 1 to 4 KiB, as most manifests do.
The tree is free of findings: a linter that has something to say would be measured printing.
"""

import os
import random
import sys

from generate import SERVICES, STAGES, manifest

FILES = 20_000
FILES_OF_AN_APP = 8
WORDS = (
    "backend batch buffer cache channel config consumer cursor delay endpoint event exporter feature"
    " handler index limit metrics mirror notifier offset pool producer queue region replica request"
    " retry router schema session shard signal stream tenant timeout token topic tracing worker"
).split()


def head(api, kind, name, namespace):
    return (
        f"apiVersion: {api}\nkind: {kind}\nmetadata:\n  name: {name}\n  namespace: {namespace}\n"
        f"  labels:\n    app.kubernetes.io/name: {name}\n    app.kubernetes.io/part-of: {namespace}\n"
        "    app.kubernetes.io/managed-by: kustomize\n"
    )


def deployment(dice, name, namespace):
    text = head("apps/v1", "Deployment", name, namespace) + (
        f"spec:\n  replicas: {dice.randint(1, 9)}\n  selector:\n    matchLabels:\n"
        f"      app.kubernetes.io/name: {name}\n  template:\n    metadata:\n      labels:\n"
        f"        app.kubernetes.io/name: {name}\n    spec:\n      serviceAccountName: {name}\n"
        "      securityContext:\n        runAsNonRoot: true\n      containers:\n"
        f"        - name: {name}\n          image: registry.example.org/{namespace}/{name}:v{dice.randint(1, 99)}\n"
        "          ports:\n            - name: http\n              containerPort: 8080\n          env:\n"
    )
    for _ in range(dice.randint(6, 30)):
        text += f"            - name: {dice.choice(WORDS).upper()}_{dice.choice(WORDS).upper()}\n"
        text += f'              value: "{dice.choice(WORDS)}.{namespace}.svc:{dice.randint(1000, 9999)}"\n'
    return text + (
        "          resources:\n            requests:\n              cpu: 100m\n              memory: 256Mi\n"
        "          readinessProbe:\n            httpGet:\n              path: /ready\n              port: http\n"
    )


def configuration(dice, name, namespace):
    text = head("v1", "ConfigMap", name + "-config", namespace) + "data:\n  application.yaml: |\n"
    for _ in range(dice.randint(15, 70)):
        text += f"    {dice.choice(WORDS)}.{dice.choice(WORDS)}.{dice.choice(WORDS)}: {dice.randint(0, 10**6)}\n"
    return text


def ingress(dice, name, namespace):
    text = head("networking.k8s.io/v1", "Ingress", name, namespace) + "spec:\n  rules:\n"
    for _ in range(dice.randint(3, 8)):
        text += (
            f"    - host: {name}.{dice.choice(WORDS)}.example.org\n      http:\n        paths:\n"
            f"          - path: /{dice.choice(WORDS)}\n            pathType: Prefix\n            backend:\n"
            f"              service:\n                name: {name}\n                port:\n"
            "                  name: http\n"
        )
    return text


def account(dice, name, namespace):
    text = head("v1", "ServiceAccount", name, namespace) + "  annotations:\n"
    for number in range(dice.randint(15, 30)):
        text += f"    example.org/{dice.choice(WORDS)}-{number}: {dice.choice(WORDS)} {dice.choice(WORDS)}\n"
    return text


def roles(dice, name, namespace):
    text = head("rbac.authorization.k8s.io/v1", "Role", name, namespace) + "rules:\n"
    for _ in range(dice.randint(3, 9)):
        text += (
            '  - apiGroups: ["", apps]\n    resources: [pods, pods/log, deployments, services]\n'
            "    verbs: [get, list, watch]\n"
        )
    stage = dice.choice(STAGES)
    return text + "---\n" + head("rbac.authorization.k8s.io/v1", "RoleBinding", name, namespace) + (
        f"roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: {name}\nsubjects:\n"
        f"  - kind: Group\n    name: {dice.choice(SERVICES)}-{stage}-readers\n"
        "    apiGroup: rbac.authorization.k8s.io\n"
    )


def bindings():
    """Binds each group of the aws-auth maps, so that none of them is reported."""
    groups = [f"{service}-{stage}-{job}" for service in SERVICES for stage in STAGES for job in ("deployers", "readers")]
    groups += [f"{service}-releasers" for service in SERVICES]
    text = (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: people\n"
        "roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: view\nsubjects:\n"
    )
    return text + "".join(
        f"  - kind: Group\n    name: {group}\n    apiGroup: rbac.authorization.k8s.io\n" for group in groups
    )


def kind(number):
    if number % 50 == 7:
        return "aws-auth"
    if number % 20 == 3:
        return "rbac"
    if number % 20 == 13:
        return "serviceaccount"
    return ("deployment", "configmap", "ingress")[number % 3]


MAKERS = {
    "rbac": roles, "serviceaccount": account, "deployment": deployment, "configmap": configuration,
    "ingress": ingress,
}


def write(folder, name, text):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "w", encoding="ascii", newline="\n") as file:
        file.write(text)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    top = sys.argv[1]
    dice = random.Random(1)
    write(os.path.join(top, "platform"), "bindings.yaml", bindings())
    for number in range(FILES - 1):
        app, place = divmod(number, FILES_OF_AN_APP)
        namespace = SERVICES[app % len(SERVICES)]
        name = f"{namespace}-{WORDS[app // len(SERVICES) % len(WORDS)]}-{app}"
        folder = os.path.join(top, "teams", namespace, STAGES[app % len(STAGES)], name)
        what = kind(number)
        text = manifest(dice.randint(5, 18)) if what == "aws-auth" else MAKERS[what](dice, name, namespace)
        write(folder, f"{place}-{what}.yaml", text)


main()
