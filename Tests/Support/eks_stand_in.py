"""A small stand-in for the APIs of EKS, IAM and STS, for runs of the AWS CLI on loopback.

    eks_stand_in.py STATE.json LOG

prints the port on which it listens. STATE.json holds the cluster's mode, its entries and the
principals of IAM, and is read and written at every call, so that a test can change and compare it.
LOG gets one line for each call that changes something. With `fails` in the state the change of that
number, counted from 1, fails with a 500: before it is made, or after it if `lost` is true. With
`refusal`, a status and a code, it fails with that.
Refusals have the texts of the EKS API.
"""

import json
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote

ACCOUNT = "444455556666"
RESERVED = ("system:", "eks:", "aws:", "amazon:", "iam:")
NODES = ("EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "EC2")
lock = threading.Lock()


class Refusal(Exception):
    def __init__(self, status, code, message):
        self.status, self.code, self.message = status, code, message


def invalid(message):
    return Refusal(400, "InvalidParameterException", message)


class Cluster:
    def __init__(self, state):
        self.state = state
        self.entries = state["entries"]

    def route(self, method, parts, body):
        """Answers a call of EKS; `parts` is the path without `/clusters`."""
        if parts[0] != self.state["name"]:
            raise Refusal(404, "ResourceNotFoundException", f"No cluster found for name: {parts[0]}.")
        match method, parts[1:]:
            case "GET", []:
                return False, {"cluster": self.describe()}
            case "POST", ["update-config"]:
                return True, self.change_mode(body["accessConfig"]["authenticationMode"])
            case "GET", ["updates", _]:
                return False, {"update": {"id": parts[2], "status": self.state["update"]}}
        self.needs_entries()
        match method, parts[1:]:
            case "GET", ["access-entries"]:
                return False, {"accessEntries": list(self.entries)}
            case "POST", ["access-entries"]:
                return True, self.create(body)
            case "GET", ["access-entries", arn]:
                return False, {"accessEntry": self.entry(arn)["entry"]}
            case "POST", ["access-entries", arn]:
                return True, self.update(arn, body)
            case "DELETE", ["access-entries", arn]:
                self.entry(arn)
                del self.entries[arn]
                return True, {}
            case "GET", ["access-entries", arn, "access-policies"]:
                policies = list(self.standard(arn)["policies"].values())
                return False, {"principalArn": arn, "associatedAccessPolicies": policies}
            case "POST", ["access-entries", arn, "access-policies"]:
                return True, self.associate(arn, body)
            case "DELETE", ["access-entries", arn, "access-policies", policy]:
                if self.standard(arn)["policies"].pop(policy, None) is None:
                    raise Refusal(404, "ResourceNotFoundException", "The policy is not associated.")
                return True, {}
        raise Refusal(404, "UnknownOperationException", f"{method} {parts}")

    def describe(self):
        return {
            "name": self.state["name"],
            "status": self.state["status"],
            "endpoint": self.state["endpoint"],
            "accessConfig": {"authenticationMode": self.state["mode"]},
        }

    def change_mode(self, mode):
        way = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"]
        old = self.state["mode"]
        if way.index(mode) != way.index(old) + 1:
            text = f"Unsupported authentication mode update from {old} to {mode}"
            raise Refusal(400, "InvalidRequestException", text)
        self.state["mode"] = mode
        return {"update": {"id": "update-1", "status": "InProgress"}}

    def needs_entries(self):
        if self.state["mode"] == "CONFIG_MAP":
            raise Refusal(
                400,
                "InvalidRequestException",
                "The cluster's authentication mode must be set to one of "
                "[API, API_AND_CONFIG_MAP] to perform this operation.",
            )

    def entry(self, arn):
        if arn not in self.entries:
            raise Refusal(
                404,
                "ResourceNotFoundException",
                "The specified principalArn could not be found. You can view your available "
                "access entries with 'list-access-entries'.",
            )
        return self.entries[arn]

    def standard(self, arn):
        if self.entry(arn)["entry"]["type"] in NODES[:4]:
            text = 'This operation can only be performed on Access Entries with a type of "STANDARD".'
            raise Refusal(400, "InvalidRequestException", text)
        return self.entry(arn)

    def create(self, body):
        arn, kind = body["principalArn"], body.get("type", "STANDARD")
        if arn in self.entries:
            text = "The specified access entry resource is already in use on this cluster."
            raise Refusal(409, "ResourceInUseException", text)
        account = arn.split(":")[4]
        if account == ACCOUNT and arn not in self.state["principals"]:
            raise invalid("The specified principalArn is invalid: invalid principal.")
        if ":role/aws-service-role/" in arn:
            text = "The caller is not allowed to modify access entries with a principalArn value of a Service Linked Role"
            raise Refusal(400, "InvalidRequestException", text)
        groups = body.get("kubernetesGroups", [])
        if kind in NODES:
            for field in ("username", "kubernetesGroups"):
                if body.get(field):
                    raise invalid(
                        f"The specified {field} is invalid: setting {field} is not allowed "
                        f'when the type is "{kind}"'
                    )
            username, groups = "system:node:{{EC2PrivateDNSName}}", ["system:nodes"]
        else:
            username = body.get("username") or self.username(arn)
            self.check_names(body.get("username"), groups)
        entry = {
            "clusterName": self.state["name"],
            "principalArn": arn,
            "type": kind,
            "username": username,
            "kubernetesGroups": groups,
            "tags": body.get("tags", {}),
        }
        self.entries[arn] = {"entry": entry, "policies": {}}
        return {"accessEntry": entry}

    @staticmethod
    def username(arn):
        parts = arn.split(":")
        if not parts[5].startswith("role/"):
            return arn
        name = parts[5].split("/")[-1]
        return f"arn:{parts[1]}:sts::{parts[4]}:assumed-role/{name}/{{{{SessionName}}}}"

    @staticmethod
    def check_names(username, groups):
        for prefix in RESERVED:
            if username and username.startswith(prefix):
                raise invalid(f"The username must not begin with {prefix}")
            for group in groups:
                if group.startswith(prefix):
                    raise invalid(
                        f"The kubernetes group name {group} is invalid, "
                        f"it cannot start with {prefix}"
                    )

    def update(self, arn, body):
        entry = self.entry(arn)["entry"]
        self.check_names(body.get("username"), body.get("kubernetesGroups", []))
        for field in ("username", "kubernetesGroups"):
            entry[field] = body.get(field, entry[field])
        return {"accessEntry": entry}

    def associate(self, arn, body):
        policy, scope = body["policyArn"], body["accessScope"]
        if not re.match(r"^arn:[a-z-]+:eks::aws:cluster-access-policy/\w+$", policy):
            raise invalid("The policyArn parameter format is not valid")
        if scope["type"] == "namespace" and not scope.get("namespaces"):
            raise invalid("At least 1 namespace must be provided if the type is set as namespace")
        if scope["type"] == "cluster" and scope.get("namespaces"):
            raise invalid(
                "accessScope should not include namespaces if the type is not set as namespace"
            )
        scope = {"type": scope["type"], "namespaces": scope.get("namespaces", [])}
        associated = {"policyArn": policy, "accessScope": scope}
        self.standard(arn)["policies"][policy] = associated
        return {"clusterName": self.state["name"], "associatedAccessPolicy": associated}


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.split("?")[0]
        with lock:
            with open(sys.argv[1]) as file:
                state = json.load(file)
            if path.startswith("/clusters/"):
                self.eks(state, path, body)
            else:
                self.query(state, parse_qs(body.decode()))

    def eks(self, state, path, body):
        parts = [unquote(part) for part in path.split("/")[2:]]
        try:
            changes, answer = Cluster(state).route(
                self.command, parts, json.loads(body) if body else {}
            )
        except Refusal as refusal:
            headers = {"x-amzn-ErrorType": refusal.code}
            return self.send(refusal.status, json.dumps({"message": refusal.message}), headers)
        if changes:
            with open(sys.argv[2], "r+") as log:
                fails = len(log.readlines()) + 1 == state.get("fails")
                log.write(f"{self.command} {json.dumps(parts)}\n")
            if not fails or state["lost"]:
                with open(sys.argv[1], "w") as file:
                    json.dump(state, file, indent=1, sort_keys=True)
            if fails:
                status, code = state.get("refusal") or (500, "ServerException")
                headers = {"x-amzn-ErrorType": code}
                return self.send(status, json.dumps({"message": "not done"}), headers)
        self.send(200, json.dumps(answer), {})

    def query(self, state, form):
        """IAM and STS, which speak XML."""
        action = form["Action"][0]
        if action == "GetCallerIdentity":
            result = f"<Account>{state['account']}</Account><Arn>a</Arn><UserId>u</UserId>"
            return self.xml(action, result)
        kind = action.removeprefix("Get")
        name = form[f"{kind}Name"][0]
        for arn in state["principals"]:
            if f":{kind.lower()}/" in arn and arn.split("/")[-1] == name:
                text = arn.replace("&", "&amp;").replace("<", "&lt;")
                result = f"<{kind}><Arn>{text}</Arn><Path>/</Path></{kind}>"
                return self.xml(action, result)
        error = "<Error><Code>NoSuchEntity</Code><Message>not found</Message></Error>"
        self.send(404, f"<ErrorResponse>{error}</ErrorResponse>", {})

    def xml(self, action, result):
        result = f"<{action}Result>{result}</{action}Result>"
        self.send(200, f"<{action}Response>{result}</{action}Response>", {})

    def send(self, status, text, headers):
        body = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_DELETE = answer

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
