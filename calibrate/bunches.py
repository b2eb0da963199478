"""Waiters, bunches, rows per turn and hold times of a run with a poll log, measured or modelled.

A run is a dictionary with `executed` and `committed` as [[task, seconds], ...] and `polls` as
[[thread, requested us, sleep start us, wake-up us], ...], sorted by wake-up.  Fact 13.1 defines a
bunch, and core/src/trace/bunches.rs uses the same definition: three or more waiters whose next
polls, on the circle of one turn, follow each other by less than 1 ms.  The width of a bunch covers
the middle 90 % of its polls.

    >>> bunches([10_000, 10_999, 11_998, 20_000, 20_100, 30_000, 31_000, 32_000], 100_000)
    [[10000, 10999, 11998]]
    >>> bunches([99_700, 200_300, 300_900, 50_000], 100_000)     # across the end of the turn
    [[99700, 100300, 100900]]
    >>> [len(bunch) for bunch in bunches([500 * n for n in range(200)], 100_000)]     # the whole turn
    [200]
    >>> width(bunches([100 * n for n in range(40)], 100_000)[0])
    3500
"""
import bisect
import statistics as st

GAP_US = 1000
MIN_WAITERS = 3
LONG_SLEEP_US = 100_000
# A thread that sleeps again within this time after it woke up found the lock taken.
FAILED_POLL_US = 500
# Rows per turn are averaged over this many seconds, with the moment in the middle.
WINDOW_S = 0.5


def turn_of(run):
    """One turn of the poll clock: the median real duration of the 100 ms sleep, in us."""
    slept = sorted(woke - start for _, requested, start, woke in run["polls"] if requested == LONG_SLEEP_US)
    return slept[len(slept) // 2] if slept else LONG_SLEEP_US


def next_polls(run, at):
    """The next poll of every waiter that sleeps in the busy handler at `at` seconds, in us."""
    at_us = at * 1e6
    return [woke for _, _, start, woke in run["polls"] if start <= at_us < woke]


def bunches(polls, turn):
    """The phases of each bunch's waiters, in us.

    In a bunch across the end of the turn the phases exceed `turn`.
    """
    phases = sorted(poll % turn for poll in polls)
    gaps = [index + 1 for index, (a, b) in enumerate(zip(phases, phases[1:])) if b - a >= GAP_US]
    if phases and gaps and phases[0] + turn - phases[-1] < GAP_US:
        phases = phases[gaps[0]:] + [phase + turn for phase in phases[:gaps[0]]]
        gaps = [gap - gaps[0] for gap in gaps[1:]]
    groups = [phases[a:b] for a, b in zip([0, *gaps], [*gaps, len(phases)])]
    return [group for group in groups if len(group) >= MIN_WAITERS]


def width(bunch):
    """The time between the first and the last of the middle 90 % of a bunch's polls, in us."""
    outside = len(bunch) // 20
    return bunch[-1 - outside] - bunch[outside]


def rows_per_turn(run, at, turn):
    """The mean number of rows committed per turn, in the window around `at` seconds."""
    times = [seconds for _, seconds in run["committed"]]
    rows = bisect.bisect_right(times, at + WINDOW_S / 2) - bisect.bisect_right(times, at - WINDOW_S / 2)
    return rows * turn / 1e6 / WINDOW_S


def moment(run, at, turn):
    """The waiters, the bunches and the rows per turn at `at` seconds.

    `bunched` is the number of waiters in bunches. `width_ms` is 0 if there is no bunch.
    """
    waiters = next_polls(run, at)
    found = bunches(waiters, turn)
    return {
        "waiters": len(waiters), "bunches": len(found), "bunched": sum(map(len, found)),
        "width_ms": st.median(map(width, found)) / 1000 if found else 0, "rows_a_turn": rows_per_turn(run, at, turn),
    }


def phases_by_turn(run, turn):
    """The number of polls in each hundredth (about 1 ms) of each turn: {turn: {hundredth: polls}}."""
    counts = {}
    for _, _, _, woke in run["polls"]:
        number, phase = divmod(woke, turn)
        row = counts.setdefault(number, {})
        hundredth = phase * 100 // turn
        row[hundredth] = row.get(hundredth, 0) + 1
    return counts


def granted_wakes(run):
    """The ends of the sleeps after which the thread got the lock, in us, sorted.

    After them the thread did not sleep again soon.
    """
    next_sleep, wakes = {}, []
    for thread, _, start, woke in reversed(run["polls"]):
        if next_sleep.get(thread, woke + FAILED_POLL_US) >= woke + FAILED_POLL_US:
            wakes.append(woke)
        next_sleep[thread] = start
    return wakes[::-1]


def hold_times(run):
    """How long each row held the lock, in ms, sorted, until its coroutine saw the COMMIT return.

    `executed` counts from the moment when the coroutine saw its INSERT return. `granted` counts
    from the last granted wake-up before that moment, and leaves out a row if that wake-up came
    before the previous row's INSERT returned.  The log has threads, not tasks.  But only one thread
    holds the lock at a time, so the rows and the grants have the same order.
    """
    committed, wakes = dict(run["committed"]), granted_wakes(run)
    held, previous = {"granted": [], "executed": []}, 0
    for task, at in run["executed"]:
        if task in committed:
            held["executed"].append((committed[task] - at) * 1000)
            index = bisect.bisect_right(wakes, at * 1e6) - 1
            if index >= 0 and wakes[index] > previous * 1e6:
                held["granted"].append(committed[task] * 1000 - wakes[index] / 1000)
        previous = at
    return {name: sorted(times) for name, times in held.items()}
