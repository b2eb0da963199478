"""Waiters, bunches, rows a turn and hold times of a run with every poll, measured or modelled.

A run is a dictionary with `executed` and `committed` as [[task, seconds], ...] and `polls` as [[thread, asked us, slept from
us, woke at us], ...], in order of waking.  Bunches are those of fact 13.1, as src/trace/bunches.rs has them: waiters whose next
polls, on the circle of one turn, follow each other by less than 1 ms; three or more; the width holds the middle nine tenths.

    >>> bunches([10_000, 10_999, 11_998, 20_000, 20_100, 30_000, 31_000, 32_000], 100_000)
    [[10000, 10999, 11998]]
    >>> bunches([99_700, 200_300, 300_900, 50_000], 100_000)     # across the top of the dial
    [[99700, 100300, 100900]]
    >>> [len(bunch) for bunch in bunches([500 * n for n in range(200)], 100_000)]     # all around the circle
    [200]
    >>> width(bunches([100 * n for n in range(40)], 100_000)[0])
    3500
"""
import bisect
import statistics as st

GAP_US = 1000
SMALLEST = 3
LONG_US = 100_000
# A thread that sleeps again so soon after waking found the lock taken.
SOON_US = 500
# Rows a turn are counted over so long, half of it on either side of the moment.
WINDOW_S = 0.5


def turn_of(run):
    """How long the 100 ms sleep really takes, in us: one turn of the poll clock."""
    slept = sorted(woke - since for _, asked, since, woke in run["polls"] if asked == LONG_US)
    return slept[len(slept) // 2] if slept else LONG_US


def waiting(run, at):
    """When those that sleep in the busy handler `at` seconds will poll next, in us."""
    us = at * 1e6
    return [woke for _, _, since, woke in run["polls"] if since <= us < woke]


def bunches(next_polls, turn):
    """The phases of each bunch's members, in us; past the top of the dial they go on counting."""
    phases = sorted(poll % turn for poll in next_polls)
    gaps = [number + 1 for number, (a, b) in enumerate(zip(phases, phases[1:])) if b - a >= GAP_US]
    if phases and gaps and phases[0] + turn - phases[-1] < GAP_US:
        phases = phases[gaps[0]:] + [phase + turn for phase in phases[:gaps[0]]]
        gaps = [gap - gaps[0] for gap in gaps[1:]]
    groups = [phases[a:b] for a, b in zip([0, *gaps], [*gaps, len(phases)])]
    return [group for group in groups if len(group) >= SMALLEST]


def width(bunch):
    """How far the middle nine tenths of a bunch are spread, in us."""
    outside = len(bunch) // 20
    return bunch[-1 - outside] - bunch[outside]


def rows_a_turn(run, at, turn):
    """Rows committed within the window around `at` seconds, for each turn in it."""
    times = [seconds for _, seconds in run["committed"]]
    rows = bisect.bisect_right(times, at + WINDOW_S / 2) - bisect.bisect_right(times, at - WINDOW_S / 2)
    return rows * turn / 1e6 / WINDOW_S


def moment(run, at, turn):
    """A run `at` seconds: waiters, bunches, waiters that are in one, median width in ms (0 without), rows a turn."""
    waiters = waiting(run, at)
    found = bunches(waiters, turn)
    return {
        "waiters": len(waiters), "bunches": len(found), "bunched": sum(map(len, found)),
        "width_ms": st.median(map(width, found)) / 1000 if found else 0, "rows_a_turn": rows_a_turn(run, at, turn),
    }


def phases_by_turn(run, turn):
    """For each turn, how many polls fall on each hundredth of the dial, a millisecond: {turn: {hundredth: polls}}."""
    counts = {}
    for _, _, _, woke in run["polls"]:
        number, phase = divmod(woke, turn)
        row = counts.setdefault(number, {})
        hundredth = phase * 100 // turn
        row[hundredth] = row.get(hundredth, 0) + 1
    return counts


def granted_wakes(run):
    """When the sleeps ended that were a wait's last, in us, in order: those after which the thread did not sleep again soon."""
    slept_next, wakes = {}, []
    for thread, _, since, woke in reversed(run["polls"]):
        if slept_next.get(thread, woke + SOON_US) >= woke + SOON_US:
            wakes.append(woke)
        slept_next[thread] = since
    return wakes[::-1]


def hold_times(run):
    """For each row, in ms, until the coroutine saw its COMMIT return: `executed` from when it saw its INSERT return, `granted`
    from the last granted wake before that, if that came after the row before it.  The log knows threads, not tasks; but the
    lock is one, so that rows and grants come in the same order."""
    committed, wakes = dict(run["committed"]), granted_wakes(run)
    held, before = {"granted": [], "executed": []}, 0
    for task, at in run["executed"]:
        if task in committed:
            held["executed"].append((committed[task] - at) * 1000)
            place = bisect.bisect_right(wakes, at * 1e6) - 1
            if place >= 0 and wakes[place] > before * 1e6:
                held["granted"].append(committed[task] * 1000 - wakes[place] / 1000)
        before = at
    return {name: sorted(times) for name, times in held.items()}
