#!/usr/bin/env python3
"""Times the linter against the C program, run for run in turn, and prints a table.

usage: measure.py --tool PATH --parse PATH --spawn PATH [--max-ratio 4] SMALL BIG

Exits 1 when the linter takes more than max-ratio times as long as the C program on SMALL.
"""

import argparse
import statistics
import subprocess
import sys

ROUNDS = 3


def runs(arguments, file, count):
    """For each of the two commands: milliseconds of every run, peak MiB."""
    commands = [[arguments.parse, file], [arguments.tool, "lint", file]]
    lines = []
    for number in (max(count // 10, 1), count):
        output = subprocess.run(
            [arguments.spawn, str(number), *commands[0], "--", *commands[1]],
            check=True, capture_output=True, text=True,
        ).stdout
        # The first batch only warms up.
        lines = output.splitlines()
    times, peaks = ([], []), [0, 0]
    for line in lines:
        index, took, peak, status = map(int, line.split())
        if status != 0:
            sys.exit(f"{' '.join(commands[index])}: exit status {status}, expected 0")
        times[index].append(took / 1e6)
        peaks[index] = max(peaks[index], peak)
    return times, [peak / 1024 for peak in peaks]


def measure(arguments, name, file, count):
    """The middle of the rounds by ratio: a burst of other work spoils one round only."""
    rounds = []
    for _ in range(ROUNDS):
        times, peaks = runs(arguments, file, count)
        medians = [statistics.median(values) for values in times]
        rounds.append((medians[1] / medians[0], medians, peaks))
    rounds.sort(key=lambda one: one[0])
    ratio, medians, peaks = rounds[ROUNDS // 2]
    print(
        f"{name:<6} {ROUNDS} x {count:<5} {medians[0]:>9.3f} {medians[1]:>11.3f} {ratio:>7.2f}"
        f" {rounds[0][0]:>6.2f}..{rounds[-1][0]:<6.2f} {peaks[0]:>7.1f} {peaks[1]:>12.1f}"
    )
    return ratio


def main():
    parser = argparse.ArgumentParser()
    for option in ("tool", "parse", "spawn"):
        parser.add_argument("--" + option, required=True)
    parser.add_argument("--max-ratio", type=float, default=4)
    parser.add_argument("small")
    parser.add_argument("big")
    arguments = parser.parse_args()

    print("file   runs         C, ms  eks-access   ratio  of the rounds  C, MiB   eks-access")
    ratios = {
        "small": measure(arguments, "small", arguments.small, 400),
        "big": measure(arguments, "big", arguments.big, 60),
    }
    slow = [name for name, ratio in ratios.items() if ratio > arguments.max_ratio]
    for name in slow:
        print(
            f"{name}: {ratios[name]:.2f} times the C program, more than {arguments.max_ratio:g}",
            file=sys.stderr,
        )
    sys.exit(1 if slow else 0)


main()
