"""A small stand-in for the API of Kubernetes, for runs of kubectl on loopback.

It has ConfigMaps and bindings, in memory, and refuses what the API refuses: fields that it does not
know, names that are no segment of a path, an object of another version or identity.
"""

import copy
import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

GROUP = "rbac.authorization.k8s.io"
REFERENCE = {"apiGroup": str, "kind": str, "name": str}
METADATA = {
    "name": str, "namespace": str, "labels": {str: str}, "annotations": {str: str}, "uid": str,
    "resourceVersion": str, "creationTimestamp": str,
}
OBJECT = {"apiVersion": str, "kind": str, "metadata": METADATA}
BINDING = {**OBJECT, "roleRef": REFERENCE, "subjects": [{**REFERENCE, "namespace": str}]}
CONFIG_MAP = {**OBJECT, "data": {str: str}, "binaryData": {str: str}, "immutable": bool}
# The resources with their versions, kinds, forms, and whether they are of a namespace.
RESOURCES = {
    "configmaps": ("v1", "ConfigMap", CONFIG_MAP, True),
    "rolebindings": (f"{GROUP}/v1", "RoleBinding", BINDING, True),
    "clusterrolebindings": (f"{GROUP}/v1", "ClusterRoleBinding", BINDING, False),
}
MARKS = ("uid", "resourceVersion", "creationTimestamp")


class Refusal(Exception):
    def __init__(self, code, reason, message):
        super().__init__(message)
        self.code = code
        self.status = {
            "kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code,
            "reason": reason, "message": message, "metadata": {},
        }


def root(version):
    return f"/apis/{version}" if "/" in version else f"/api/{version}"


def discovery():
    """What kubectl asks before anything else, by path."""
    version = {"groupVersion": f"{GROUP}/v1", "version": "v1"}
    group = {"name": GROUP, "versions": [version], "preferredVersion": version}
    versions = {"v1", f"{GROUP}/v1"}
    answers = {
        "/version": {"major": "1", "minor": "32", "gitVersion": "v1.32.0"},
        "/api": {"kind": "APIVersions", "versions": ["v1"]},
        "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": [group]},
        "/openapi/v3": {
            "paths": {root(v)[1:]: {"serverRelativeURL": "/openapi/v3" + root(v)} for v in versions}
        },
    }
    for version in versions:
        resources, paths = [], {}
        for name, (of, kind, _, namespaced) in RESOURCES.items():
            if of != version:
                continue
            resources.append({
                "name": name, "singularName": kind.lower(), "namespaced": namespaced, "kind": kind,
                "verbs": ["create", "delete", "get", "list", "update"],
            })
            # By this parameter kubectl sees that the server checks fields, and needs no schema.
            paths[f"{root(version)}/{name}/{{name}}"] = {
                "patch": {
                    "parameters": [{"name": "fieldValidation", "in": "query"}],
                    "x-kubernetes-group-version-kind": {
                        "group": version.rpartition("/")[0], "version": "v1", "kind": kind,
                    },
                }
            }
        answers[root(version)] = {
            "kind": "APIResourceList", "groupVersion": version, "resources": resources,
        }
        answers["/openapi/v3" + root(version)] = {"openapi": "3.0.0", "paths": paths}
    return answers


def check_form(value, form, path=""):
    """Refuses a value that has not the form: a type, or a list or mapping of forms."""
    if not isinstance(value, form if isinstance(form, type) else type(form)):
        raise Refusal(400, "BadRequest", f"json: cannot unmarshal {value!r} into {path}")
    if isinstance(form, list):
        for item in value:
            check_form(item, form[0], path)
    elif isinstance(form, dict):
        for name, item in value.items():
            inner = form.get(name, form.get(str))
            if inner is None:
                message = f'strict decoding error: unknown field "{path}.{name}"'
                raise Refusal(400, "BadRequest", message)
            check_form(item, inner, f"{path}.{name}")


class Kubernetes:
    """The stand-in, which listens at `port`; `objects` holds what there is by its path."""

    def __init__(self, objects):
        self.objects, self.version = {}, 0
        for value in objects:
            path = root(value["apiVersion"])
            if namespace := value["metadata"].get("namespace"):
                path += f"/namespaces/{namespace}"
            name = next(n for n, (_, kind, *_) in RESOURCES.items() if kind == value["kind"])
            self.answer("POST", f"{path}/{name}", {}, copy.deepcopy(value))
        self.discovery, self.lock = discovery(), threading.Lock()
        handler = type("BoundHandler", (Handler,), {"kubernetes": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def contents(self):
        """The objects without what the API adds to them."""
        contents = copy.deepcopy(self.objects)
        for value in contents.values():
            for mark in MARKS:
                del value["metadata"][mark]
        return contents

    def answer(self, method, path, query, body):
        for resource, (version, kind, form, namespaced) in RESOURCES.items():
            before, found, rest = path.partition(f"/{resource}")
            scope = before.removeprefix(root(version))
            if not found or not before.startswith(root(version)) or rest[:1] not in ("", "/"):
                continue
            namespace = unquote(scope.removeprefix("/namespaces/")) if namespaced else None
            if method in ("POST", "PUT"):
                check_form(body, form, kind)
                self.check(body, version, kind, namespace)
            return self.call(method, path, rest[1:], query, body)
        if method == "GET" and path in self.discovery:
            return self.discovery[path]
        raise Refusal(404, "NotFound", f"there is no {path}")

    @staticmethod
    def check(body, version, kind, namespace):
        metadata = body["metadata"]
        name = metadata.get("name", "")
        if (body["apiVersion"], body["kind"], metadata.get("namespace")) != (version, kind, namespace):
            raise Refusal(400, "BadRequest", f"the object is no {kind} of {version} in {namespace}")
        if name in ("", ".", "..") or "/" in name or "%" in name:
            raise Refusal(422, "Invalid", f"metadata.name: {name}")
        for subject in body.get("subjects", []):
            if not subject.get("name") or subject.get("kind") not in ("User", "Group"):
                raise Refusal(422, "Invalid", f"subjects: {subject}")
            if subject.get("apiGroup") != GROUP:
                raise Refusal(422, "Invalid", f"subjects: {subject}")

    def call(self, method, path, name, query, body):
        if not name:
            if method == "GET":
                return self.list(path, query)
            return self.create(f"{path}/{body['metadata']['name']}", body)
        if path not in self.objects:
            raise Refusal(404, "NotFound", f"{path} not found")
        there = self.objects[path]
        if method == "GET":
            return there
        if method == "DELETE":
            return self.objects.pop(path)
        if method != "PUT":
            raise Refusal(405, "MethodNotAllowed", f"{method} {path}")
        for mark in ("uid", "resourceVersion"):
            if body["metadata"].get(mark, there["metadata"][mark]) != there["metadata"][mark]:
                raise Refusal(409, "Conflict", f"the object has been modified: {mark}")
        if body.get("roleRef") != there.get("roleRef"):
            raise Refusal(422, "Invalid", "roleRef: cannot change roleRef")
        return self.store(path, {**body, "metadata": {
            **body["metadata"], **{mark: there["metadata"][mark] for mark in MARKS},
        }})

    def list(self, path, query):
        selector = query.get("fieldSelector", [""])[0].removeprefix("metadata.name=")
        items = [
            value for key, value in self.objects.items()
            if key.rpartition("/")[0] == path and selector in ("", value["metadata"]["name"])
        ]
        return {"kind": "List", "apiVersion": "v1", "metadata": {}, "items": items}

    def create(self, path, body):
        if path in self.objects:
            raise Refusal(409, "AlreadyExists", f"{path} already exists")
        if "resourceVersion" in body["metadata"]:
            raise Refusal(400, "BadRequest", "resourceVersion should not be set")
        body["metadata"].update(uid=str(uuid.uuid4()), creationTimestamp="2024-01-01T00:00:00Z")
        return self.store(path, body)

    def store(self, path, body):
        self.version += 1
        body["metadata"]["resourceVersion"] = str(self.version)
        self.objects[path] = body
        return body


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def respond(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        try:
            with self.kubernetes.lock:
                answer, code = self.kubernetes.answer(
                    self.command, url.path, parse_qs(url.query), json.loads(body or "null")
                ), 200
        except Refusal as refusal:
            answer, code = refusal.status, refusal.code
        data = json.dumps(answer).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = respond

    def log_message(self, *arguments):
        pass
