"""Compare the model with all measured runs, and write down what comes of it.

usage: report.py [--program FILE]            write data/report.json, docs/report.md and its charts
       report.py --check [--program FILE]    compute anew, print kept and new figures; exit code 1 if one got worse

FILE is lockstep-cli, built (default: target/release/lockstep-cli).  The same model and the same measured
runs give the same bytes.  Worse means: a mean figure of score.py (of the spread: its distance from the measured runs'
own) is larger than the kept one by more than twice the noise of the difference.  The noise is what choosing other seeds does:
standard deviation over resampled seeds, with replacement, of the kept and of the new report.
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
KEPT = ROOT / "data" / "report.json"
PAGE = ROOT / "docs" / "report.md"
CHARTS = ROOT / "docs" / "report"
BUILD = "cargo build --release --package lockstep-cli"
# Settings whose curves are kept and drawn: (tasks, timeout, sleep) in seconds, delete/full, stopping at the first error.
TELLING = [(100, 5, 0), (200, 5, 0), (1000, 5, 0), (2000, 5, 0), (1000, 10, 0), (1000, 5, 0.01)]


def rounded(value, digits=4):
    """Numbers of at most so many decimals, whole ones without any, in whatever they lie."""
    if isinstance(value, dict):
        return {name: rounded(part, digits) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(part, digits) for part in value]
    if isinstance(value, float):
        short = round(value, digits)
        return int(short) if short == int(short) else short
    return value


def json_text(report):
    """The report as a file: an entry a line where there are many."""
    lines = []
    for name, value in report.items():
        if isinstance(value, list):
            entries = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in value)
            lines.append(f'"{name}":[\n{entries}\n]')
        else:
            lines.append(f'"{name}":{json.dumps(value, separators=(",", ":"))}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write(program):
    """Everything anew."""
    all_settings = compare.settings(program, compare.MAIN)
    polls, phases = compare_polls.compared_polls(program)
    telling = [setting for setting in all_settings if setting.key in [(*key, "delete", "full", False, *score.LATER.values()) for key in TELLING]]
    report = {"machine": MACHINE, "seeds": compare.SEEDS, "poll_seeds": compare_polls.SEEDS} | rounded(compare.compared(all_settings))
    report["curves"] = [rounded(setting.curves(), 3) for setting in telling]
    report["polls"] = rounded(polls, 3)
    report["others"] = [
        {"name": measured.name, "words": measured.words} | rounded(compare.compared(compare.settings(program, measured)))
        for measured in compare.OTHERS
    ]
    KEPT.write_text(json_text(report))
    CHARTS.mkdir(exist_ok=True)
    for name, svg in report_charts.all_charts(report, phases).items():
        (CHARTS / f"{name}.svg").write_text(svg)
    PAGE.write_text(report_page.page(report))
    for name, part in parts(report).items():
        print(f"{name}: " + score.summary(part["mean"], part["ratio"]))


def parts(report):
    """What is held against each machine's runs, by the machine's name."""
    return {report["machine"]: report} | {part["name"]: part for part in report["others"]}


def check(program):
    """Fails if a figure got worse than the kept one by more than its noise."""
    kept = parts(json.loads(KEPT.read_text()))
    worse = []
    for measured in (compare.MAIN, *compare.OTHERS):
        new = rounded(compare.compared(compare.settings(program, measured)))
        worse += [f"{measured.name}, {line}" for line in worse_than(kept[measured.name], new, measured.name)]
    if worse:
        sys.exit("worse than the kept report by more than the noise\n" + "\n".join(worse))


def worse_than(kept, new, name):
    """The figures of a machine's runs that got worse, in words."""
    print(f"{name}, kept: " + score.summary(kept["mean"], kept["ratio"]))
    print(f"{name}, now:  " + score.summary(new["mean"], new["ratio"]))
    before, after = compare.badness(kept["mean"], kept["mean"]), compare.badness(new["mean"], new["mean"])
    worse = []
    for name in before:
        allowed = 2 * (kept["noise"][name] ** 2 + new["noise"][name] ** 2) ** 0.5
        if after[name] > before[name] + allowed:
            what = "distance of the spread from its own" if name == "spread" else name
            worse.append(f"{what}: {before[name]:.4f} kept, {after[name]:.4f} now, allowed {before[name] + allowed:.4f}")
    if not worse and new["settings"] != kept["settings"]:
        print("no worse, but the kept report is of another model: calibrate/report.py writes it anew")
    return worse


def main():
    """The command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--program", type=pathlib.Path, default=ROOT / "target" / "release" / "lockstep-cli")
    p.add_argument("--check", action="store_true")
    a = p.parse_args()
    if not a.program.exists():
        sys.exit(f"{a.program} does not exist; build with: {BUILD}")
    (check if a.check else write)(a.program.resolve())


if __name__ == "__main__":
    main()
