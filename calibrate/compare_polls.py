"""The model against the measured runs with every poll: waiters, bunches and hold times."""
import json
import statistics as st
import subprocess

import bunches
import pack_polls
import score
from seeds import MACHINE, bands, in_parallel

SEEDS = 10
# Seconds at which tables look, and between the points of charts.
MOMENTS = (0.6, 1, 2, 3, 4.5)
STEP_S = 0.1


def poll_summary(run):
    """Moments, bunches over time and hold times of one run."""
    turn = bunches.turn_of(run)
    steps = [STEP_S * i for i in range(1, int(run["elapsed"] / STEP_S) + 1)]
    series = [bunches.moment(run, at, turn) for at in steps]
    return {
        "turn_ms": turn / 1000,
        "moments": [bunches.moment(run, at, turn) for at in MOMENTS],
        "bunches": [moment["bunches"] for moment in series],
        "width_ms": [moment["width_ms"] for moment in series],
        "holds": {name: quantiles(times) for name, times in bunches.hold_times(run).items()},
        "phases": bunches.phases_by_turn(run, turn),
    }


def quantiles(times):
    """5, 50 and 95 % of hold times in ms."""
    return {name: times[int(share * (len(times) - 1))] for name, share in (("p5", 0.05), ("median", 0.5), ("p95", 0.95))}


def medians(values):
    """The median over seeds of every number in dictionaries and lists of the same shape."""
    if isinstance(values[0], dict):
        return {name: medians([value[name] for value in values]) for name in values[0]}
    if isinstance(values[0], list):
        return [medians(list(column)) for column in zip(*values)]
    return st.median(values)


def modelled_polls(program, scenario, seed):
    """One run of the model, with every poll."""
    command = [str(program), "polls", f"{scenario}&machine={MACHINE}&seed={seed}"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def filled(series, length):
    """A run that ended has no more waiters, so no bunches."""
    return (series + [0] * length)[:length]


def compared_polls(program):
    """The measured runs with every poll, each beside the model; and what charts draw of them that nobody loads."""
    kept, drawn = [], []
    for run in pack_polls.read():
        scenario = score.query(score.key_of(run))
        seeds = in_parallel(lambda seed: poll_summary(modelled_polls(program, scenario, seed)), range(1, SEEDS + 1))
        real = poll_summary(run)
        length = max(len(summary["bunches"]) for summary in [real, *seeds])
        over_time = {}
        for name in ("bunches", "width_ms"):
            over_time[name] = {"real": filled(real[name], length), "model": bands([filled(seed[name], length) for seed in seeds])}
        plain = [{name: seed[name] for name in ("turn_ms", "moments", "holds")} for seed in seeds]
        kept.append({
            "scenario": scenario, "tasks": run["tasks"], "at": MOMENTS,
            "real": {name: real[name] for name in plain[0]}, "model": medians(plain),
            "step": STEP_S, "over_time": over_time,
        })
        drawn.append({"tasks": run["tasks"], "real": real["phases"], "model": seeds[0]["phases"]})
    return kept, drawn
