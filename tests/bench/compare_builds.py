#!/usr/bin/env python3
"""Runs one benchmark of two builds in turn and sets their figures side by side.

    compare_builds.py [--runs N] THIS OTHER [ARGUMENT...]

THIS and OTHER are the same program of two builds; both get the arguments. They run A B A B ..., so that a machine whose
speed drifts treats both alike. Lines that say the same but for their numbers belong together. Of each number the medians
are printed, and their ratio, this build divided by the other one. What is the same in every run is no figure.
"""

import re
import subprocess
import sys
from statistics import median

SIZES = {"B": 1, "KB": 10**3, "kB": 10**3, "MB": 10**6, "GB": 10**9, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?: (?:" + "|".join(SIZES) + r")(?![\w/]))?")


def value(text):
    """A figure as a number; a size in bytes."""
    digits, _, unit = text.replace(",", "").partition(" ")
    return float(digits) * SIZES.get(unit, 1)


def skeleton(line):
    """What is left of a line without its numbers: what tells that two lines say the same."""
    return " ".join(NUMBER.sub("#", line).split())


def read_lines(outputs):
    """{(skeleton, how many alike came before): [the line in each run that has it]}, in the order of the first run."""
    lines = {}
    for output in outputs:
        seen = {}
        for line in output.splitlines():
            kind = skeleton(line)
            if not kind:
                continue
            seen[kind] = seen.get(kind, 0) + 1
            lines.setdefault((kind, seen[kind]), []).append(line)
    return lines


def median_text(texts):
    """The figure whose value is the (lower) median, as it was printed."""
    return sorted(texts, key=value)[(len(texts) - 1) // 2]


def fill(line, texts, words=True):
    """The line with other texts in the places of its numbers, each ending where its number ended if there is room.

    Without words only the texts stay, in the columns that they have under the line.
    """
    filled = ""
    end = 0
    for match, text in zip(NUMBER.finditer(line), texts):
        between = line[end:match.start()]
        filled += between if words else " " * len(between)
        filled += text.rjust(match.end() - len(filled))
        end = match.end()
    return filled + (line[end:] if words else "")


def ratio_text(these, others):
    if len({*these, *others}) == 1:
        return ""
    other = median(map(value, others))
    return f"{median(map(value, these)) / other:.2f}" if other else "-"


def report(these, others):
    """The lines to print for the outputs of both builds' runs."""
    this_lines = read_lines(these)
    other_lines = read_lines(others)
    for key, lines in this_lines.items():
        columns = list(zip(*(NUMBER.findall(line) for line in lines)))
        if key not in other_lines:
            yield f"this   {fill(lines[0], map(median_text, columns))}"
            continue
        other_columns = list(zip(*(NUMBER.findall(line) for line in other_lines[key])))
        ratios = [ratio_text(*pair) for pair in zip(columns, other_columns)]
        if not any(ratios):
            yield f"       {lines[0]}"
            continue
        yield f"this   {fill(lines[0], map(median_text, columns))}"
        yield f"other  {fill(lines[0], map(median_text, other_columns))}"
        yield f"ratio  {fill(lines[0], ratios, words=False).rstrip()}"
    for key, lines in other_lines.items():
        if key not in this_lines:
            yield f"other  {lines[0]}"


def main(arguments):
    runs = 3
    if arguments[:1] == ["--runs"] and len(arguments) > 1:
        runs = int(arguments[1])
        arguments = arguments[2:]
    if len(arguments) < 2 or runs < 1:
        sys.exit(__doc__)
    programs = arguments[:2]
    outputs = ([], [])
    for run in range(runs):
        for kept, program in zip(outputs, programs):
            print(f"Run {run + 1} of {runs}: {program}", file=sys.stderr, flush=True)
            done = subprocess.run([program, *arguments[2:]], stdout=subprocess.PIPE, text=True, check=False)
            if done.returncode != 0:
                sys.exit(f"{program} ended with {done.returncode}")
            kept.append(done.stdout)
    for line in report(*outputs):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
