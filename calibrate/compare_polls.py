"""Compares the waiters, bunches and hold times of the model with those of the logged runs."""
import json
import statistics as st
import subprocess

import bunches
import pack_polls
import score
from seeds import MACHINE, bands, map_in_threads

SEEDS = 10
# The times of the table's columns, in seconds.
MOMENTS = (0.6, 1, 2, 3, 4.5)
# The distance of two points in the charts, in seconds.
STEP_S = 0.1


def poll_summary(run):
    """The table's figures, the bunches over time, the hold times and the phases of one run."""
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
    """The 5th, 50th and 95th percentile of hold times, in ms. `times` must be sorted."""
    return {name: times[int(share * (len(times) - 1))] for name, share in (("p5", 0.05), ("median", 0.5), ("p95", 0.95))}


def medians(values):
    """The median over the seeds of every number.

    `values` has one dictionary or list per seed, all of the same shape.
    """
    if isinstance(values[0], dict):
        return {name: medians([value[name] for value in values]) for name in values[0]}
    if isinstance(values[0], list):
        return [medians(list(column)) for column in zip(*values)]
    return st.median(values)


def simulate_polls(program, scenario, seed):
    """Runs the model once and returns the run with all its polls."""
    command = [str(program), "polls", f"{scenario}&machine={MACHINE}&seed={seed}"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def pad(series, length):
    """Pads with zeros: a run that has ended has no waiters and no bunches."""
    return (series + [0] * length)[:length]


def compare_polls(program):
    """Compares each logged run with the model.

    Returns the entries for data/report.json, and the phases of all polls. Only a chart needs the
    phases, so they are not saved.
    """
    entries, phases = [], []
    for run in pack_polls.read():
        scenario = score.query(score.key_of(run))
        seeds = map_in_threads(lambda seed: poll_summary(simulate_polls(program, scenario, seed)), range(1, SEEDS + 1))
        real = poll_summary(run)
        length = max(len(summary["bunches"]) for summary in [real, *seeds])
        over_time = {}
        for name in ("bunches", "width_ms"):
            over_time[name] = {"real": pad(real[name], length), "model": bands([pad(seed[name], length) for seed in seeds])}
        summaries = [{name: seed[name] for name in ("turn_ms", "moments", "holds")} for seed in seeds]
        entries.append({
            "scenario": scenario, "tasks": run["tasks"], "at": MOMENTS,
            "real": {name: real[name] for name in summaries[0]}, "model": medians(summaries),
            "step": STEP_S, "over_time": over_time,
        })
        phases.append({"tasks": run["tasks"], "real": real["phases"], "model": seeds[0]["phases"]})
    return entries, phases
