"""The model's runs of many seeds: made side by side, and summed up."""
import concurrent.futures
import os
import statistics as st

MACHINE = "linux-vm"


def band(values):
    """Median, 10 % and 90 % of the model's seeds."""
    values = sorted(values)
    tenth = len(values) // 10
    return {"p10": values[tenth], "median": st.median(values), "p90": values[-1 - tenth]}


def bands(rows):
    """Bands of several quantities at a time: one list of values a seed."""
    columns = [band(column) for column in zip(*rows)]
    return {name: [column[name] for column in columns] for name in ("p10", "median", "p90")}


def in_parallel(function, items):
    """The results in order; the work is done by other programs, so threads will do."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(function, items))
