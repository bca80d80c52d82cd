"""The AWS CLI without the time that it takes to load, which is most of the time of a call.

    warm_aws.py SOCKET            loads the CLI, prints a line, and serves calls
    warm_aws.py SOCKET WORD...    calls the CLI with the words

The server forks for each call, so that none sees what another one has done.
"""

import json
import os
import socket
import sys

# Calls that load what the other ones need.
FIRST = (
    ["sts", "get-caller-identity"],
    ["eks", "describe-cluster", "--cli-input-json", '{"name": "shop"}', "--query", "cluster"],
    ["iam", "get-role", "--role-name=a"],
)


def serve(path):
    import signal

    from awscli.clidriver import create_clidriver

    driver = create_clidriver()
    out, errors = os.dup(1), os.dup(2)
    with open(os.devnull, "w") as null:
        for descriptor in (1, 2):
            os.dup2(null.fileno(), descriptor)
    for words in FIRST:
        driver.main([*words, "--region=eu-central-1"])
    sys.stdout.flush()
    os.dup2(out, 1)
    os.dup2(errors, 2)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    print("ready", flush=True)
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            answer(connection, driver)
        connection.close()


def answer(connection, driver):
    code = 255
    try:
        data, descriptors, _, _ = socket.recv_fds(connection, 1 << 16, 2)
        while not data.endswith(b"\n"):
            data += connection.recv(1 << 16)
        for number, descriptor in enumerate(descriptors, 1):
            os.dup2(descriptor, number)
        words, folder, environment = json.loads(data)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        code = driver.main(words)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        connection.send(bytes([code]))
        os._exit(0)


def call(path, words):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    data = json.dumps([words, os.getcwd(), dict(os.environ)]).encode() + b"\n"
    sent = socket.send_fds(connection, [data], [1, 2])
    connection.sendall(data[sent:])
    return connection.recv(1)[0]


if len(sys.argv) > 2:
    sys.exit(call(sys.argv[1], sys.argv[2:]))
serve(sys.argv[1])
