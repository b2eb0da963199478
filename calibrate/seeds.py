"""Runs the model with many seeds in parallel and summarises the results."""
import concurrent.futures
import os
import statistics as st

# The machine on which data/real_runs.jsonl was measured.
MACHINE = "linux-vm"


def band(values):
    """The median and the 10th and 90th percentile of `values`, one value per seed."""
    values = sorted(values)
    tenth = len(values) // 10
    return {"p10": values[tenth], "median": st.median(values), "p90": values[-1 - tenth]}


def bands(rows):
    """The band of each column of `rows`, which has one list of values per seed."""
    columns = [band(column) for column in zip(*rows)]
    return {name: [column[name] for column in columns] for name in ("p10", "median", "p90")}


def map_in_threads(function, items):
    """Calls `function` for each item in parallel and returns the results in the order of `items`.

    Threads are enough, because the model runs in child processes.
    """
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(function, items))
