#!/usr/bin/env python3
"""Times the linter against other programs, run for run in turn, and prints a table.

usage: measure.py --tool PATH --parse PATH --spawn PATH [--max-ratio 4] [--max-tree-ratio 4] FOLDER

FOLDER holds small.yaml, big.yaml and tree. Exits 1 when the linter takes more than max-ratio times
as long as the C program on a file, or more than max-tree-ratio times as long as ripgrep on the tree.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys

ROUNDS = 3


def runs(spawn, commands, count):
    """For each of the commands: milliseconds of every run, peak MiB."""
    arguments = [word for command in commands for word in ["--", *command]][1:]
    output = subprocess.run(
        [spawn, str(count), *arguments], check=True, capture_output=True, text=True
    ).stdout
    times, peaks = [[] for _ in commands], [0] * len(commands)
    for line in output.splitlines():
        index, took, peak, status = map(int, line.split())
        if status != 0:
            sys.exit(f"{' '.join(commands[index])}: exit status {status}, expected 0")
        times[index].append(took / 1e6)
        peaks[index] = max(peaks[index], peak / 1024)
    return times, peaks


def measure(arguments, name, programs, count):
    """Prints a line for each program; gives the middle ratio of the last to the first.

    The middle of the rounds by that ratio: a burst of other work spoils one round only.
    """
    commands = list(programs.values())
    rounds = []
    for _ in range(ROUNDS):
        runs(arguments.spawn, commands, max(count // 10, 1))
        times, peaks = runs(arguments.spawn, commands, count)
        medians = [statistics.median(values) for values in times]
        rounds.append(([median / medians[0] for median in medians], medians, peaks))
    rounds.sort(key=lambda one: one[0][-1])
    ratios, medians, peaks = rounds[ROUNDS // 2]
    for index, program in enumerate(programs):
        spread = [one[0][index] for one in rounds]
        line(name, program, f"{ROUNDS} x {count}", medians[index], ratios[index], peaks[index],
             f"{min(spread):.2f}..{max(spread):.2f}")
    return medians[0], ratios[-1]


def once(arguments, name, program, command, reference):
    """A line for a program that takes too long to be run often."""
    times, peaks = runs(arguments.spawn, [command], 1)
    line(name, program, "1", times[0][0], times[0][0] / reference, peaks[0], "")


def line(name, program, count, took, ratio, peak, spread):
    print(f"{name:<6} {program:<11} {count:<8} {took:>11.3f} {ratio:>9.2f}  {spread:<14} {peak:>7.1f}",
          flush=True)


def found(program, variable):
    path = shutil.which(os.environ.get(variable) or program)
    if path is None:
        print(f"left out: {program} is not installed (or name it by {variable})", flush=True)
    return path


def main():
    parser = argparse.ArgumentParser()
    for option in ("tool", "parse", "spawn"):
        parser.add_argument("--" + option, required=True)
    parser.add_argument("--max-ratio", type=float, default=4)
    parser.add_argument("--max-tree-ratio", type=float, default=4)
    parser.add_argument("folder")
    arguments = parser.parse_args()

    ripgrep = found("rg", "RIPGREP")
    yamllint = found("yamllint", "YAMLLINT")
    style = [yamllint, "--no-warnings", "-d", "{extends: relaxed, rules: {line-length: disable}}"]
    limits = []
    print("input  program     runs              ms     ratio  of the rounds  peak MiB")
    for name, count in (("small", 400), ("big", 60)):
        file = os.path.join(arguments.folder, name + ".yaml")
        programs = {"C": [arguments.parse, file], "eks-access": [arguments.tool, "lint", file]}
        reference, ratio = measure(arguments, name, programs, count)
        limits.append((name, ratio, "the C program", arguments.max_ratio))
        if yamllint:
            once(arguments, name, "yamllint", [*style, file], reference)
    tree = os.path.join(arguments.folder, "tree")
    programs = {"eks-access": [arguments.tool, "lint", tree]}
    if ripgrep:
        programs = {"rg": [ripgrep, "--no-ignore", "-l", "aws-auth", tree], **programs}
    reference, ratio = measure(arguments, "tree", programs, 15)
    if ripgrep:
        limits.append(("tree", ratio, "ripgrep", arguments.max_tree_ratio))
    if yamllint:
        # The whole tree takes it minutes; one of its eight teams stands for an eighth.
        part = os.path.join(tree, "teams", "billing")
        once(arguments, "tree/8", "yamllint", [*style, part], reference / 8)

    slow = [limit for limit in limits if limit[1] > limit[3]]
    for name, ratio, program, limit in slow:
        print(f"{name}: {ratio:.2f} times {program}, more than {limit:g}", file=sys.stderr)
    sys.exit(1 if slow else 0)


main()
