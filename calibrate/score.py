"""Score a model against measured runs, and for comparison the measured runs against each other.

usage: score.py RUNS.jsonl [--with "machine=linux-vm"] [--ceiling 1.6] -- COMMAND [ARG ...]

COMMAND gets one more argument, a scenario such as
"tasks=1000&timeout=5&sleep=0&journal=delete&synchronous=full&keep_going=0", followed by the text of
--with.  COMMAND prints one JSON line per seed, with at least inserted, elapsed and committed_at.
Let it run 20 seeds.

The figures of a setting compare its real runs with the model's seeds.  Real runs in which the
machine stalled are left out: their last connection opened more than twice as late as in the
setting's median run.
  rows    |median model rows - median real rows| / median real rows
  curve   mean over 50 instants, up to the real median elapsed, of |mean model rows(t) - mean real rows(t)| / largest real rows
  time    |median model elapsed - median real elapsed| / median real elapsed;
          self: each real run against that median
  spread  range of the middle 80 % of the row counts / median rows, for the model's seeds;
          self: for the real runs
  self    for rows and curve: each real run against the other real runs, averaged
The last line is a summary: the means, and the ratio of model error to self error (or to FLOOR where
that is larger).  A perfect model gets about 0.5.  At 1.0 the model is as far from a real run as one
real run is from the others.  With --ceiling, the exit code is 1 if a ratio is above the ceiling.
"""
import argparse
import bisect
import json
import statistics as st
import subprocess
import sys

FLOOR = 0.05
KEYS = ("tasks", "timeout", "sleep", "journal", "synchronous", "keep_going")
# Settings that older runs do not name, with the values that those runs had.
LATER = {"strategy": "connection-per-task", "limit": 10, "begin": "deferred", "read_first": False, "retries": 0, "retry_pause": 0.05}


def key_of(run):
    """The setting of a run: its values in the order of KEYS and LATER."""
    return (*(run[name] for name in KEYS), *(run.get(name, default) for name, default in LATER.items()))


def query(setting):
    """The setting as a query string.

    It has all names of KEYS, and those of LATER whose value is not the default.
    """
    named = list(zip((*KEYS, *LATER), setting))
    setting = named[:len(KEYS)] + [(name, value) for name, value in named[len(KEYS):] if value != LATER[name]]
    return "&".join(f"{name}={as_text(value)}" for name, value in setting)


def as_text(v):
    """A value as a query string has it."""
    return str(int(v)) if isinstance(v, bool) else v if isinstance(v, str) else f"{v:.9f}".rstrip("0").rstrip(".")


def curve(runs, instants):
    """The mean number of committed rows at each instant."""
    return [st.mean(bisect.bisect_right(r["committed_at"], t) for r in runs) for t in instants]


def curve_distance(a, b, top):
    """The mean distance of two curves, as a share of `top`."""
    return st.mean(abs(x - y) for x, y in zip(a, b)) / top


def relative_error(x, truth):
    """The error of `x` as a share of `truth`."""
    return abs(x - truth) / max(truth, 1)


def spread(counts):
    """The range of the middle 80 % of the counts, as a share of the median."""
    counts = sorted(counts)
    cut = len(counts) // 10
    return (counts[-1 - cut] - counts[cut]) / max(st.median(counts), 1)


def unstalled(runs):
    """The runs in which the machine did not stall."""
    limit = 2 * st.median(r["last_connected_at"] for r in runs)
    return [r for r in runs if r["last_connected_at"] <= limit]


def parse_arguments():
    cut = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("runs")
    p.add_argument("--with", dest="suffix", default="")
    p.add_argument("--ceiling", type=float, default=float("inf"))
    a = p.parse_args(sys.argv[1:cut])
    a.command = sys.argv[cut + 1:]
    if not a.command:
        p.error("a COMMAND is needed after --")
    return a


def read_settings(path):
    """The measured runs of each setting, in the order of the file."""
    settings = {}
    with open(path) as lines:
        for line in lines:
            run = json.loads(line)
            settings.setdefault(key_of(run), []).append(run)
    return settings


def run_model(command, scenario):
    """Runs the model on a scenario and returns one run per seed."""
    out = subprocess.run(command + [scenario], capture_output=True, text=True, timeout=600)
    if out.returncode:
        sys.exit(f"{scenario}: exit {out.returncode}: {out.stderr.strip()}")
    runs = [json.loads(line) for line in out.stdout.splitlines() if line.startswith("{")]
    for m in runs:
        if len(m["committed_at"]) != m["inserted"] or m["committed_at"] != sorted(m["committed_at"]):
            sys.exit(f"{scenario}: committed_at does not have {m['inserted']} times in ascending order")
    return runs


def instants_of(real):
    """The 50 instants at which curves are compared, in seconds."""
    end = st.median(r["elapsed"] for r in real)
    return [end * i / 50 for i in range(1, 51)]


def self_figures(real):
    """How far the measured runs of a setting are from each other."""
    counts, end, instants = [r["inserted"] for r in real], st.median(r["elapsed"] for r in real), instants_of(real)
    top = max(*counts, 1)
    self_rows = self_curve = 0
    for i, run in enumerate(real):
        rest = real[:i] + real[i + 1:]
        self_rows += relative_error(run["inserted"], st.median(r["inserted"] for r in rest)) / len(real)
        self_curve += curve_distance(curve([run], instants), curve(rest, instants), top) / len(real)
    return {
        "rows self": self_rows, "curve self": self_curve,
        "time self": st.mean(abs(r["elapsed"] - end) / end for r in real), "spread self": spread(counts),
    }


def model_figures(real, model, model_curve=None):
    """How far the model's runs of a setting are from the measured ones.

    `model_curve` is their mean curve, if the caller has it.
    """
    counts, modelled, instants = [r["inserted"] for r in real], [m["inserted"] for m in model], instants_of(real)
    end = st.median(r["elapsed"] for r in real)
    return {
        "rows": relative_error(st.median(modelled), st.median(counts)),
        "curve": curve_distance(model_curve or curve(model, instants), curve(real, instants), max(*counts, 1)),
        "time": abs(st.median(m["elapsed"] for m in model) - end) / end,
        "spread": spread(modelled),
    }


def figures_of(real, model):
    """All figures of a setting, each followed by the one of the measured runs among themselves."""
    figures, among_real = model_figures(real, model), self_figures(real)
    return {name: value for key in figures for name, value in ((key, figures[key]), (key + " self", among_real[key + " self"]))}


def means_of(all_figures):
    """The mean of each figure over the settings."""
    return {name: st.mean(figures[name] for figures in all_figures) for name in all_figures[0]}


def ratios_of(mean):
    """The ratio of model error to self error."""
    return {name: mean[name] / max(mean[name + " self"], FLOOR) for name in ("rows", "curve")}


def summary(mean, ratio):
    """The text of the summary line."""
    return ("; ".join(f"{n} {mean[n]:.3f}, self {mean[n + ' self']:.3f}, ratio {ratio[n]:.2f}" for n in ratio)
            + f"; time {mean['time']:.3f}, self {mean['time self']:.3f}; spread {mean['spread']:.3f}, self {mean['spread self']:.3f}")


def main():
    a = parse_arguments()
    suffix = "&" + a.suffix if a.suffix else ""
    all_figures = []
    for setting, all_runs in read_settings(a.runs).items():
        model, real = run_model(a.command, query(setting) + suffix), unstalled(all_runs)
        figures = figures_of(real, model)
        all_figures.append(figures)
        print(f"{query(setting):84s} real {sorted(r['inserted'] for r in real)} model {st.median(m['inserted'] for m in model):g} "
              + " ".join(f"{name} {value:.3f}" for name, value in figures.items()))
    mean = means_of(all_figures)
    ratio = ratios_of(mean)
    print(summary(mean, ratio))
    above = [name for name in ratio if ratio[name] > a.ceiling]
    if above:
        sys.exit(f"ratio above {a.ceiling}: {', '.join(above)}")


if __name__ == "__main__":
    main()
