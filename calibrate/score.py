"""Score a model against measured runs, beside how far the measured runs are from each other.

usage: score.py RUNS.jsonl [--with "machine=linux-vm"] [--ceiling 1.6] -- COMMAND [ARG ...]

COMMAND gets one more argument, a scenario such as "tasks=1000&timeout=5&sleep=0&journal=delete&synchronous=full&keep_going=0"
with what --with adds, and prints one JSON line a seed with at least inserted, elapsed and committed_at.  Give it 20 seeds.

For each setting, over n real runs and m seeds (real runs that the machine stalled are left out: last connection later than
twice the setting's median):
  rows    |median model rows - median real rows| / median real rows
  curve   mean over 50 instants, up to the real median elapsed, of |mean model rows(t) - mean real rows(t)| / largest real rows
  time    |median model elapsed - median real elapsed| / median real elapsed; self: each real run against that median
  spread  of the row counts: interquartile-like range (80 % central) of the model's seeds, and of the real runs, / median rows
  self    rows and curve of each real run against the other real runs, averaged
The last line sums up: means, and the ratio of model error to self error (or to FLOOR where that is larger).  A perfect
model lands near 0.5; 1.0 is as far from reality as one real run is from the others.  With --ceiling, a ratio above it fails.
"""
import argparse
import bisect
import json
import statistics as st
import subprocess
import sys

FLOOR = 0.05
KEYS = ("tasks", "timeout", "sleep", "journal", "synchronous", "keep_going")
# What older runs do not name, and what it was then.
LATER = {"strategy": "connection-per-task", "limit": 10, "begin": "deferred", "read_first": False, "retries": 0, "retry_pause": 0.05}


def key_of(run):
    """The setting of a run, as words and numbers in a fixed order."""
    return (*(run[name] for name in KEYS), *(run.get(name, usual) for name, usual in LATER.items()))


def query(setting):
    """The setting as a scenario; of the later names only those with another value than the usual."""
    named = list(zip((*KEYS, *LATER), setting))
    setting = named[:len(KEYS)] + [(name, value) for name, value in named[len(KEYS):] if value != LATER[name]]
    return "&".join(f"{name}={as_text(value)}" for name, value in setting)


def as_text(v):
    return str(int(v)) if isinstance(v, bool) else v if isinstance(v, str) else f"{v:.9f}".rstrip("0").rstrip(".")


def curve(runs, instants):
    return [st.mean(bisect.bisect_right(r["committed_at"], t) for r in runs) for t in instants]


def apart(a, b, top):
    return st.mean(abs(x - y) for x, y in zip(a, b)) / top


def relative(x, truth):
    return abs(x - truth) / max(truth, 1)


def spread(counts):
    counts = sorted(counts)
    cut = len(counts) // 10
    return (counts[-1 - cut] - counts[cut]) / max(st.median(counts), 1)


def unstalled(runs):
    limit = 2 * st.median(r["last_connected_at"] for r in runs)
    return [r for r in runs if r["last_connected_at"] <= limit]


def arguments():
    cut = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("runs")
    p.add_argument("--with", dest="added", default="")
    p.add_argument("--ceiling", type=float, default=float("inf"))
    a = p.parse_args(sys.argv[1:cut])
    a.command = sys.argv[cut + 1:]
    if not a.command:
        p.error("a COMMAND is needed after --")
    return a


def settings_of(path):
    """The measured runs of each setting, in the order of the file."""
    settings = {}
    with open(path) as lines:
        for line in lines:
            run = json.loads(line)
            settings.setdefault(key_of(run), []).append(run)
    return settings


def modelled(command, scenario):
    """What the model says of a scenario: one run a seed."""
    out = subprocess.run(command + [scenario], capture_output=True, text=True, timeout=600)
    if out.returncode:
        sys.exit(f"{scenario}: exit {out.returncode}: {out.stderr.strip()}")
    runs = [json.loads(line) for line in out.stdout.splitlines() if line.startswith("{")]
    for m in runs:
        if len(m["committed_at"]) != m["inserted"] or m["committed_at"] != sorted(m["committed_at"]):
            sys.exit(f"{scenario}: committed_at is not {m['inserted']} times in order")
    return runs


def instants_of(real):
    """The 50 moments at which curves are compared, in seconds."""
    end = st.median(r["elapsed"] for r in real)
    return [end * i / 50 for i in range(1, 51)]


def own_figures(real):
    """How far the measured runs of a setting are from each other."""
    counts, end, instants = [r["inserted"] for r in real], st.median(r["elapsed"] for r in real), instants_of(real)
    top = max(*counts, 1)
    own_rows = own_curve = 0
    for i, run in enumerate(real):
        rest = real[:i] + real[i + 1:]
        own_rows += relative(run["inserted"], st.median(r["inserted"] for r in rest)) / len(real)
        own_curve += apart(curve([run], instants), curve(rest, instants), top) / len(real)
    return {
        "rows self": own_rows, "curve self": own_curve,
        "time self": st.mean(abs(r["elapsed"] - end) / end for r in real), "spread self": spread(counts),
    }


def model_figures(real, model, model_curve=None):
    """How far the model's runs of a setting are from the measured ones; its mean curve if that is known already."""
    counts, guesses, instants = [r["inserted"] for r in real], [m["inserted"] for m in model], instants_of(real)
    end = st.median(r["elapsed"] for r in real)
    return {
        "rows": relative(st.median(guesses), st.median(counts)),
        "curve": apart(model_curve or curve(model, instants), curve(real, instants), max(*counts, 1)),
        "time": abs(st.median(m["elapsed"] for m in model) - end) / end,
        "spread": spread(guesses),
    }


def figures_of(real, model):
    """All figures of a setting, each beside its own."""
    figures, own = model_figures(real, model), own_figures(real)
    return {name: value for key in figures for name, value in ((key, figures[key]), (key + " self", own[key + " self"]))}


def means_of(all_figures):
    """The mean of each figure over the settings."""
    return {name: st.mean(figures[name] for figures in all_figures) for name in all_figures[0]}


def ratios_of(mean):
    """Model error over self error."""
    return {name: mean[name] / max(mean[name + " self"], FLOOR) for name in ("rows", "curve")}


def summary(mean, ratio):
    """The last line."""
    return ("; ".join(f"{n} {mean[n]:.3f}, self {mean[n + ' self']:.3f}, ratio {ratio[n]:.2f}" for n in ratio)
            + f"; time {mean['time']:.3f}, self {mean['time self']:.3f}; spread {mean['spread']:.3f}, self {mean['spread self']:.3f}")


def main():
    a = arguments()
    added = "&" + a.added if a.added else ""
    total = []
    for setting, all_runs in settings_of(a.runs).items():
        model, real = modelled(a.command, query(setting) + added), unstalled(all_runs)
        figures = figures_of(real, model)
        total.append(figures)
        print(f"{query(setting):84s} real {sorted(r['inserted'] for r in real)} model {st.median(m['inserted'] for m in model):g} "
              + " ".join(f"{name} {value:.3f}" for name, value in figures.items()))
    mean = means_of(total)
    ratio = ratios_of(mean)
    print(summary(mean, ratio))
    above = [name for name in ratio if ratio[name] > a.ceiling]
    if above:
        sys.exit(f"ratio above {a.ceiling}: {', '.join(above)}")


if __name__ == "__main__":
    main()
