"""Runs the scripts of a migration again and again, broken off at each change."""

import pathlib

from migration_cluster import Cluster, check


class Runs:
    """Runs the scripts of a plan from the same beginning."""

    def __init__(self, planner, folder):
        self.script, self.rollback = planner.output("aws-cli"), planner.output("rollback")
        self.cluster = Cluster(folder, planner, "CONFIG_MAP")
        self.before = self.cluster.state

    def begin(self, moment=None, fails=None, lost=False):
        """Takes the cluster to a moment, by default before everything, in which a change fails."""
        state, journal = moment or (self.before, None)
        self.cluster.state = {**state, "fails": fails, "lost": lost}
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
        for lost in (False, True):
            for fails in range(1, number + 1):
                check_broken_run(runs, done, fails, lost)
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
