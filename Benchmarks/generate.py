#!/usr/bin/env python3
"""Writes aws-auth ConfigMaps for the benchmark: the same bytes on every machine.

usage: generate.py FOLDER

FOLDER/small.yaml holds 10 rows (about 2 KB), FOLDER/big.yaml about 5,000 rows in just under the
1 MiB that a ConfigMap may hold. Both are clean: a linter that has something to say about them
would be measured printing.
"""

import os
import sys

ACCOUNT = "444455556666"
SERVICES = ("billing", "catalogue", "checkout", "delivery", "inventory", "payments", "search", "stock")
STAGES = ("development", "production", "staging")


def role(number):
    service = SERVICES[number % len(SERVICES)]
    stage = STAGES[number // len(SERVICES) % len(STAGES)]
    if number % 16 == 0:
        return (
            f"    - rolearn: arn:aws:iam::{ACCOUNT}:role/eks-{stage}-node-role-{number:05}\n"
            "      username: system:node:{{EC2PrivateDNSName}}\n"
            "      groups:\n"
            "        - system:bootstrappers\n"
            "        - system:nodes\n"
        )
    return (
        f"    - rolearn: arn:aws:iam::{ACCOUNT}:role/{service}-{stage}-deploy-{number:05}\n"
        f"      username: {service}-{stage}-deploy-{number:05}:{{{{SessionName}}}}\n"
        "      groups:\n"
        f"        - {service}-{stage}-deployers\n"
        f"        - {service}-{stage}-readers\n"
    )


def user(number):
    service = SERVICES[number % len(SERVICES)]
    return (
        f"    - userarn: arn:aws:iam::{ACCOUNT}:user/pipelines/{service}-release-{number:05}\n"
        f"      username: {service}-release-{number:05}\n"
        "      groups:\n"
        f"        - {service}-releasers\n"
    )


def manifest(rows, limit=None):
    """A ConfigMap of that many rows, one user for four roles, or of fewer when it would pass the limit."""
    head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n"
    roles, users = "  mapRoles: |\n", "  mapUsers: |\n"
    roles_parts, users_parts = [roles], [users]
    size = len(head) + len(roles) + len(users)
    for number in range(rows):
        to_users = number % 5 == 4
        text = user(number) if to_users else role(number)
        if limit is not None and size + len(text) > limit:
            break
        (users_parts if to_users else roles_parts).append(text)
        size += len(text)
    return head + "".join(roles_parts) + "".join(users_parts)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for name, text in (("small", manifest(10)), ("big", manifest(5000, 1024 * 1024 - 1024))):
        with open(os.path.join(folder, name + ".yaml"), "w", encoding="ascii", newline="\n") as file:
            file.write(text)


if __name__ == "__main__":
    main()
