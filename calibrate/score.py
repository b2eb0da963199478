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
import collections
import json
import statistics as st
import subprocess
import sys

FLOOR = 0.05
KEYS = ("tasks", "timeout", "sleep", "journal", "synchronous", "keep_going")


def query(setting):
    texts = (str(int(v)) if isinstance(v, bool) else v if isinstance(v, str) else f"{v:.9f}".rstrip("0").rstrip(".") for v in setting)
    return "&".join(f"{k}={v}" for k, v in zip(KEYS, texts))


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


def main():
    a = arguments()
    added = "&" + a.added if a.added else ""
    settings = collections.OrderedDict()
    for line in open(a.runs):
        run = json.loads(line)
        settings.setdefault(tuple(run[k] for k in KEYS), []).append(run)
    total = collections.defaultdict(list)
    for setting, all_runs in settings.items():
        scenario = query(setting) + added
        out = subprocess.run(a.command + [scenario], capture_output=True, text=True, timeout=600)
        if out.returncode:
            sys.exit(f"{scenario}: exit {out.returncode}: {out.stderr.strip()}")
        model = [json.loads(line) for line in out.stdout.splitlines() if line.startswith("{")]
        for m in model:
            if len(m["committed_at"]) != m["inserted"] or m["committed_at"] != sorted(m["committed_at"]):
                sys.exit(f"{scenario}: committed_at is not {m['inserted']} times in order")
        real = unstalled(all_runs)
        counts, guesses = [r["inserted"] for r in real], [m["inserted"] for m in model]
        end = st.median(r["elapsed"] for r in real)
        instants = [end * i / 50 for i in range(1, 51)]
        top = max(*counts, 1)
        real_curve = curve(real, instants)
        own_rows = own_curve = 0
        for i, run in enumerate(real):
            rest = real[:i] + real[i + 1:]
            own_rows += relative(run["inserted"], st.median(r["inserted"] for r in rest)) / len(real)
            own_curve += apart(curve([run], instants), curve(rest, instants), top) / len(real)
        figures = {
            "rows": relative(st.median(guesses), st.median(counts)), "rows self": own_rows,
            "curve": apart(curve(model, instants), real_curve, top), "curve self": own_curve,
            "time": abs(st.median(m["elapsed"] for m in model) - end) / end,
            "time self": st.mean(abs(r["elapsed"] - end) / end for r in real),
            "spread": spread(guesses), "spread self": spread(counts),
        }
        for name, value in figures.items():
            total[name].append(value)
        print(f"{query(setting):84s} real {sorted(counts)} model {st.median(guesses):g} "
              + " ".join(f"{name} {value:.3f}" for name, value in figures.items()))
    mean = {name: st.mean(values) for name, values in total.items()}
    ratio = {name: mean[name] / max(mean[name + " self"], FLOOR) for name in ("rows", "curve")}
    print("; ".join(f"{n} {mean[n]:.3f}, self {mean[n + ' self']:.3f}, ratio {ratio[n]:.2f}" for n in ratio)
          + f"; time {mean['time']:.3f}, self {mean['time self']:.3f}; spread {mean['spread']:.3f}, self {mean['spread self']:.3f}")
    above = [name for name in ratio if ratio[name] > a.ceiling]
    if above:
        sys.exit(f"ratio above {a.ceiling}: {', '.join(above)}")


main()
