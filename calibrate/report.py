"""Compare the model with all measured runs, and write the report.

usage: report.py [--program FILE]            write data/report.json, docs/report.md and its charts
       report.py --check [--program FILE]    compare new figures with the saved ones; exit code 1 if
                                             one is worse

FILE is the lockstep-cli binary (default: target/release/lockstep-cli).  The same model and the same
measured runs give a report with the same bytes.  The check compares the mean figures of score.py; for the spread
it compares the distance from the spread of the measured runs.  A figure is worse if it exceeds the
saved one by more than twice the noise of the difference.  The noise of a figure is its standard
deviation when the seeds are resampled with replacement (bootstrap).  The noise of the difference
combines the noise of the saved figure and of the new one.
"""
import argparse
import json
import pathlib
import sys

import compare
import compare_polls
import report_charts
import report_page
import score
from seeds import MACHINE

ROOT = pathlib.Path(__file__).parent.parent
SAVED = ROOT / "data" / "report.json"
PAGE = ROOT / "docs" / "report.md"
CHARTS = ROOT / "docs" / "report"
BUILD = "cargo build --release --package lockstep-cli"
# The settings whose curves are saved and drawn: (tasks, timeout, sleep), in seconds. All have
# delete/full and stop at the first error.
CURVE_SETTINGS = [(100, 5, 0), (200, 5, 0), (1000, 5, 0), (2000, 5, 0), (1000, 10, 0), (1000, 5, 0.01)]


def rounded(value, digits=4):
    """`value` with every number rounded, also in nested dictionaries and lists.

    Whole numbers become integers.
    """
    if isinstance(value, dict):
        return {name: rounded(part, digits) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(part, digits) for part in value]
    if isinstance(value, float):
        number = round(value, digits)
        return int(number) if number == int(number) else number
    return value


def json_text(report):
    """The text of data/report.json. Lists have one entry per line."""
    lines = []
    for name, value in report.items():
        if isinstance(value, list):
            entries = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in value)
            lines.append(f'"{name}":[\n{entries}\n]')
        else:
            lines.append(f'"{name}":{json.dumps(value, separators=(",", ":"))}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write_report(program):
    """Computes the report and writes its data, its page and its charts."""
    all_settings = compare.run_settings(program, compare.MAIN)
    polls, phases = compare_polls.compare_polls(program)
    drawn = [setting for setting in all_settings if setting.key in [(*key, "delete", "full", False, *score.LATER.values()) for key in CURVE_SETTINGS]]
    report = {"machine": MACHINE, "seeds": compare.SEEDS, "poll_seeds": compare_polls.SEEDS} | rounded(compare.compare(all_settings))
    report["curves"] = [rounded(setting.curves(), 3) for setting in drawn]
    report["polls"] = rounded(polls, 3)
    report["others"] = [
        {"name": measured.name, "words": measured.words} | rounded(compare.compare(compare.run_settings(program, measured)))
        for measured in compare.OTHERS
    ]
    SAVED.write_text(json_text(report))
    CHARTS.mkdir(exist_ok=True)
    for name, svg in report_charts.all_charts(report, phases).items():
        (CHARTS / f"{name}.svg").write_text(svg)
    PAGE.write_text(report_page.page(report))
    for name, part in parts(report).items():
        print(f"{name}: " + score.summary(part["mean"], part["ratio"]))


def parts(report):
    """The comparison for each machine, by the machine's name."""
    return {report["machine"]: report} | {part["name"]: part for part in report["others"]}


def check_report(program):
    """Exits with an error if a figure is worse than the saved one by more than twice the noise."""
    saved = parts(json.loads(SAVED.read_text()))
    problems = []
    for measured in (compare.MAIN, *compare.OTHERS):
        new = rounded(compare.compare(compare.run_settings(program, measured)))
        problems += [f"{measured.name}, {line}" for line in worse_figures(saved[measured.name], new, measured.name)]
    if problems:
        sys.exit("worse than the saved report by more than twice the noise\n" + "\n".join(problems))


def worse_figures(saved, new, machine):
    """Prints the figures of a machine and returns a message for each one that is worse."""
    print(f"{machine}, saved: " + score.summary(saved["mean"], saved["ratio"]))
    print(f"{machine}, now:   " + score.summary(new["mean"], new["ratio"]))
    before, after = compare.badness(saved["mean"], saved["mean"]), compare.badness(new["mean"], new["mean"])
    problems = []
    for name in before:
        allowed = 2 * (saved["noise"][name] ** 2 + new["noise"][name] ** 2) ** 0.5
        if after[name] > before[name] + allowed:
            what = "distance of the spread from the measured one" if name == "spread" else name
            problems.append(f"{what}: {before[name]:.4f} saved, {after[name]:.4f} now, allowed {before[name] + allowed:.4f}")
    if not problems and new["settings"] != saved["settings"]:
        print("no figure is worse, but the model has changed since the report was written: run calibrate/report.py")
    return problems


def main():
    """Parses the command line and runs the command."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--program", type=pathlib.Path, default=ROOT / "target" / "release" / "lockstep-cli")
    p.add_argument("--check", action="store_true")
    a = p.parse_args()
    if not a.program.exists():
        sys.exit(f"{a.program} does not exist; build it with: {BUILD}")
    (check_report if a.check else write_report)(a.program.resolve())


if __name__ == "__main__":
    main()
