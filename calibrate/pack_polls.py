"""Pack the poll log of measured runs into columns of whole numbers, and unpack it again.

usage: pack_polls.py LOG.jsonl > ../data/real_polls.json    pack, and check that unpacking restores
                                                            the log
       pack_polls.py --unpack [PACKED.json]                 print the log, one JSON line per run
       pack_polls.py --check [PACKED.json]                  unpack and pack again; exit code 1 if the
                                                            bytes differ

A run in the log is the output of real_run.py --events, merged with the file of poll_log.c.  Times
are seconds since just before the gather.  `polls` is a list of [thread, requested us, sleep start
us, wake-up us].  Threads are numbered from 1 in the order in which they first woke up; these are
not the task numbers.  Unpacking sorts the polls by wake-up, then by thread, and changes nothing
else.

A packed run keeps its plain fields and has these columns (all times in microseconds):
  connected, executed, committed   [tasks, times]: the first time, then the differences
  sleeps   the number of sleeps in each wait.  A wait belongs to one statement.  The requested
           durations follow from the timeout
  whose    the thread of each wait, as the difference from the previous wait
  first    the start of each wait's first sleep, as the difference from the previous wait
  gaps     for each wait, the time from each wake-up to the next sleep: the duration of the failed
           poll
  late     for each wait, how much longer than requested each sleep took
"""
import itertools
import json
import pathlib
import sys

PACKED = pathlib.Path(__file__).parent.parent / "data" / "real_polls.json"
LISTS = ("connected", "executed", "committed")
COLUMNS = ("sleeps", "whose", "first", "gaps", "late")
# The delays of SQLite's busy handler, in milliseconds. The last one repeats (fact 3.2).
DELAYS = (1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100)


def requested_sleeps(timeout):
    """The requested durations of a wait's sleeps, in us.

    Their sum is the timeout, which is in seconds (facts 3.2, 3.3).
    """
    left = round(timeout * 1e6)
    for delay in itertools.chain(DELAYS, itertools.repeat(DELAYS[-1])):
        if left <= 0:
            return
        yield min(delay * 1000, left)
        left -= delay * 1000


def sort_polls(polls):
    """Sorts the polls by wake-up, then by thread."""
    return sorted(polls, key=lambda poll: (poll[3], poll[0]))


def waits_of(polls):
    """The polls of each wait. A wait begins at each sleep that requests the first delay."""
    waits = []
    for _, thread_polls in itertools.groupby(sorted(polls, key=lambda poll: (poll[0], poll[2])), key=lambda poll: poll[0]):
        for poll in thread_polls:
            if poll[1] == DELAYS[0] * 1000:
                waits.append([])
            waits[-1].append(poll)
    return waits


def differences(numbers):
    """The first number, then the difference of each number from the previous one."""
    return [b - a for a, b in itertools.pairwise([0, *numbers])]


def pack_times(pairs):
    """Turns [[task, seconds], ...] into [tasks, differences in us]."""
    return [[task for task, _ in pairs], differences([round(at * 1e6) for _, at in pairs])]


def unpack_times(columns):
    """The inverse of pack_times."""
    return [[task, us / 1e6] for task, us in zip(columns[0], itertools.accumulate(columns[1]))]


def pack(run):
    """Turns one run into columns."""
    waits = waits_of(run["polls"])
    plain = {name: value for name, value in run.items() if name not in LISTS and name != "polls"}
    columns = {
        "sleeps": [len(wait) for wait in waits],
        "whose": differences([wait[0][0] for wait in waits]),
        "first": differences([wait[0][2] for wait in waits]),
        "gaps": [later[2] - earlier[3] for wait in waits for earlier, later in itertools.pairwise(wait)],
        "late": [woke - start - requested for wait in waits for _, requested, start, woke in wait],
    }
    return plain | {name: pack_times(run[name]) for name in LISTS} | columns


def unpack_polls(packed):
    """The polls of a packed run."""
    gaps, late = iter(packed["gaps"]), iter(packed["late"])
    threads, first = itertools.accumulate(packed["whose"]), itertools.accumulate(packed["first"])
    for thread, at, sleeps in zip(threads, first, packed["sleeps"]):
        for index, requested in zip(range(sleeps), requested_sleeps(packed["timeout"])):
            start = at if index == 0 else woke + next(gaps)
            woke = start + requested + next(late)
            yield [thread, requested, start, woke]


def unpack(packed):
    """The inverse of pack. The polls are sorted."""
    plain = {name: value for name, value in packed.items() if name not in LISTS + COLUMNS}
    return plain | {name: unpack_times(packed[name]) for name in LISTS} | {"polls": sort_polls(unpack_polls(packed))}


def packed_text(runs):
    """The text of the packed file, with one run per line."""
    lines = (json.dumps(pack(run), separators=(",", ":")) for run in runs)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def read(path=PACKED):
    """Reads a packed file and unpacks its runs."""
    return [unpack(packed) for packed in json.loads(pathlib.Path(path).read_text())]


def main():
    """Handles the command line."""
    paths = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    if "--unpack" in sys.argv:
        for run in read(*paths):
            print(json.dumps(run, separators=(",", ":")))
    elif "--check" in sys.argv:
        path = pathlib.Path(*paths or [PACKED])
        if packed_text(read(path)) != path.read_text():
            sys.exit(f"{path}: unpacking and packing again does not give the same bytes")
    elif len(paths) == 1:
        runs = [json.loads(line) for line in pathlib.Path(paths[0]).read_text().splitlines()]
        text = packed_text(runs)
        if [unpack(packed) for packed in json.loads(text)] != [run | {"polls": sort_polls(run["polls"])} for run in runs]:
            sys.exit(f"{paths[0]}: unpacking does not restore the log")
        print(text, end="")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
