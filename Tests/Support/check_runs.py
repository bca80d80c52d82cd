"""Runs the scripts of a migration again and again: broken off at each change, and by each shell."""

import pathlib
import shutil
import subprocess

from migration_cluster import Cluster, check

REFUSALS = (
    (400, "AccessDeniedException"), (400, "ThrottlingException"), (403, "ExpiredTokenException"),
    (403, "UnrecognizedClientException"),
)
SHELLS = (["dash"], ["bash", "--posix"], ["busybox", "sh"])


class Runs:
    """Runs the scripts of a plan from the same beginning."""

    def __init__(self, planner, folder):
        self.script, self.rollback = planner.output("aws-cli"), planner.output("rollback")
        self.cluster = Cluster(folder, planner, "CONFIG_MAP")
        self.before = self.cluster.state

    def begin(self, moment=None, fails=None, lost=False, refusal=None):
        """Takes the cluster to a moment, by default before everything, in which a change fails."""
        state, journal = moment or (self.before, None)
        self.cluster.state = {**state, "fails": fails, "lost": lost, "refusal": refusal}
        self.cluster.log.write_text("")
        self.cluster.journal.unlink(missing_ok=True)
        if journal is not None:
            self.cluster.journal.write_text(journal)

    @property
    def moment(self):
        return self.cluster.state, self.cluster.journal.read_text()

    @property
    def entries(self):
        return self.cluster.state["entries"]

    def migrate(self, **options):
        return self.cluster.run(self.script, "--change-mode", "--bindings-added", **options)

    def roll_back(self, **options):
        return self.cluster.run(self.rollback, "--keep-config-map", **options)


def check_broken_runs(planner, folder):
    runs = Runs(planner, pathlib.Path(folder) / "broken-off")
    try:
        runs.begin()
        code, text = runs.migrate()
        check(code == 0, "the script that will be broken off succeeds", text)
        done, number = runs.moment, runs.cluster.changes
        runs.roll_back()
        check(runs.entries == runs.before["entries"], "the roll-back restores groups and scopes")
        runs.begin((done[0], runs.moment[1]))
        runs.roll_back()
        check(runs.entries == done[0]["entries"], "and leaves alone what somebody makes afterwards")
        for lost in (False, True):
            for fails in range(1, number + 1):
                check_broken_run(runs, done, fails, lost)
        for refusal in REFUSALS:
            runs.begin(fails=2, refusal=refusal)
            code, text = runs.migrate()
            last = runs.moment[1].splitlines()[-1]
            same = code == 1 and last.startswith("refused created ")
            check(same, f"the journal tells of {refusal[1]}", text)
        runs.begin(done)
        runs.roll_back()
        number = runs.cluster.changes
        for lost in (False, True):
            for fails in range(1, number + 1):
                check_broken_roll_back(runs, done, fails, lost)
    finally:
        runs.cluster.close()


def check_broken_run(runs, done, fails, lost):
    name = f"change {fails}, {'made without an answer' if lost else 'not made'}"
    runs.begin(fails=fails, lost=lost)
    code, text = runs.migrate()
    check(code == 1 and "stopped: " in text, f"the script stops at {name}")
    broken = runs.moment
    runs.begin(broken)
    code, text = runs.roll_back()
    same = code == 0 and runs.entries == runs.before["entries"]
    check(same, f"the roll-back takes back a run broken off at {name}", text)
    runs.begin(broken)
    code, text = runs.migrate()
    same = code == 0 and runs.entries == done[0]["entries"]
    check(same, f"a second run completes one broken off at {name}", text)
    code, text = runs.roll_back()
    same = code == 0 and runs.entries == runs.before["entries"]
    check(same, "the roll-back takes back both runs", text)


def check_broken_roll_back(runs, done, fails, lost):
    name = f"change {fails}, {'made without an answer' if lost else 'not made'}"
    runs.begin(done, fails=fails, lost=lost)
    code, text = runs.roll_back()
    check(code == 1 and "stopped: " in text, f"the roll-back stops at {name}")
    runs.begin(runs.moment)
    code, text = runs.roll_back()
    same = code == 0 and runs.entries == runs.before["entries"]
    check(same, f"a second roll-back completes one broken off at {name}", text)


def check_shells(planner, folder):
    runs = Runs(planner, pathlib.Path(folder) / "shells")
    try:
        ends = []
        for shell in SHELLS:
            name = " ".join(shell)
            if not shutil.which(shell[0]):
                print(f"check-migration: {name} skipped; it is not installed")
                continue
            runs.begin()
            code, text = runs.migrate(shell=shell)
            check(code == 0, f"the script succeeds by {name}", text)
            ends.append(runs.moment)
            check(ends[-1] == ends[0], f"{name} does what the others do")
            code, text = runs.roll_back(shell=shell)
            check(code == 0, f"the roll-back succeeds by {name}", text)
            check(runs.entries == runs.before["entries"], f"{name} takes everything back")
        check(not (runs.cluster.folder / "canary").exists(), "no shell ran a name as a command")
        for form in ("aws-cli", "rollback"):
            run = subprocess.run(
                ["shellcheck", "--severity=style", "--shell=sh", "-"], input=planner.output(form),
                capture_output=True, text=True,
            )
            check(run.returncode == 0, f"shellcheck: {form}", run.stdout + run.stderr)
    finally:
        runs.cluster.close()
