"""The cost of each step on a machine, in whole microseconds, as in core/src/model/machine.

The costs of `linux-vm` come from its profile in data/machine_profile.jsonl.  `windows-laptop` is
the same machine with the asker's cores, tick, console and disk.  docs/model.md gives the reasons
for the numbers.
"""
import json
import math
import pathlib
import statistics
from dataclasses import dataclass, replace

PROFILE = pathlib.Path(__file__).parent.parent / "data" / "machine_profile.jsonl"
# Distributions of durations: evenly spaced quantiles, in percent of the median.
BURST_SPREAD = (60, 80, 100, 130, 220)
IDLE_EXIT_SPREAD = (15, 60, 85, 100, 115, 130, 150, 190, 400)
COLD_SPREAD = (25, 40, 60, 85, 100, 130, 160, 200, 250)
LINUX_DISK_SPREAD = (
    72, 78, 82, 85, 87, 89, 91, 92, 94, 95, 96, 97, 98, 99, 100, 100, 101, 102, 104, 105, 107, 109, 112, 115, 119, 124, 130, 138,
    150, 170, 210, 330, 700,
)
STEADY_DISK_SPREAD = (95, 98, 100, 102, 106)
# Microseconds.
WINDOWS_COMMIT = 23_000
WINDOWS_TICK = 15_625
# Disk waits in a COMMIT, by journal mode, for synchronous normal, full and extra (fact 4.1).
SYNCS = {
    "delete": (3, 4, 5), "truncate": (3, 5, 5), "persist": (4, 5, 5), "memory": (1, 1, 1), "off": (1, 1, 1), "wal": (0, 1, 1),
}


@dataclass(frozen=True)
class Machine:
    """The costs of one machine, in microseconds unless the name says otherwise."""
    cores: int
    slack: int | None
    tick: int | None
    deep_idle_after: int
    idle_exit: int
    thread_start: int
    open: int
    callback: int
    resume: int
    print: int
    wake: int
    wake_per_waiter_ns: int
    unfair_percent: int
    python: int
    poll: int
    cold_poll: int
    shared_percent: int
    schema: int
    insert: int
    cold_insert: int
    syncs: int
    write: int
    disk: int
    cold_disk: int
    disk_spread: tuple
    disk_scale_percent: tuple
    close: int

    def latest_expiry(self, earliest):
        """The latest time at which a timer fires that may fire from `earliest` on."""
        return earliest + self.slack if self.tick is None else math.ceil(earliest / self.tick) * self.tick

    def gil_wake(self, waiters):
        """The cost of waking a thread for the GIL while `waiters` other threads wait for it."""
        return self.wake + (self.wake_per_waiter_ns * waiters + 500) // 1000


def read_profile():
    """The median of each number over the profiles in PROFILE."""
    runs = [json.loads(line) for line in PROFILE.read_text().splitlines()]

    def median(get):
        return statistics.median(get(run) for run in runs)

    tables = ("insert_us", "commit_us")
    numbers = {name: median(lambda run: run[name]) for name in ("cores", "connect_us", "schema_us", "loop_callback_us")}
    return numbers | {name: {mode: median(lambda run: run[name][mode]) for mode in runs[0][name]} for name in tables}


def commit_cost(costs, journal, synchronous):
    """The cost of a COMMIT. For modes that were not measured it follows from the other modes."""
    name = "memory" if journal == "off" else journal
    extra = (costs["delete/full"] - costs["delete/off"]) / 4 if (journal, synchronous) == ("delete", "extra") else 0
    return costs[f"{name}/{'full' if synchronous == 'extra' else synchronous}"] + extra


def syncs(journal, synchronous):
    """The number of times that a COMMIT waits for the disk."""
    return 0 if synchronous == "off" else SYNCS[journal][("normal", "full", "extra").index(synchronous)]


def linux_vm(scenario):
    """The measured Linux machine."""
    costs, journal, synchronous = read_profile(), scenario["journal"], scenario["synchronous"]
    mode = f"{'memory' if journal == 'off' else journal}/{'full' if synchronous == 'extra' else synchronous}"
    waits, alone = syncs(journal, synchronous), commit_cost(costs["commit_us"], journal, synchronous)
    commit, all_syncs = 1.13 * alone, alone - commit_cost(costs["commit_us"], journal, "off")
    work = (0.2 if waits else 1) * commit
    return Machine(
        cores=int(costs["cores"]), slack=50, tick=None, deep_idle_after=200, idle_exit=37,
        thread_start=whole(0.87 * costs["connect_us"] - 2 * 37), open=whole(0.2 * costs["connect_us"]),
        callback=whole(costs["loop_callback_us"]), resume=8, print=0, wake=14, wake_per_waiter_ns=75, unfair_percent=10, python=14, poll=12,
        cold_poll=200, shared_percent=55, schema=whole(costs["schema_us"]), insert=whole(costs["insert_us"][mode]) + 100,
        cold_insert=400, syncs=waits, write=whole(work / (waits + 1)), disk=whole((commit - work) / waits) if waits else 0,
        cold_disk=whole(2.5 * all_syncs / waits) if waits else 0, disk_spread=LINUX_DISK_SPREAD, disk_scale_percent=(70, 130), close=20,
    )


def windows_laptop(scenario):
    """The asker's laptop: a hypothesis based on the question."""
    costs = read_profile()["commit_us"]
    share = commit_cost(costs, scenario["journal"], scenario["synchronous"]) / costs["delete/full"]
    return replace(
        linux_vm(scenario), cores=4, slack=None, tick=WINDOWS_TICK, shared_percent=0, print=150, syncs=1, write=0, cold_disk=0,
        disk=whole(WINDOWS_COMMIT * share), disk_spread=STEADY_DISK_SPREAD, disk_scale_percent=(100, 100),
    )


def whole(microseconds):
    """Rounds to the nearest whole number; halves are rounded up."""
    return math.floor(microseconds + 0.5)


MACHINES = {"linux-vm": linux_vm, "windows-laptop": windows_laptop}
