"""Pack a log of every poll of measured runs into columns of whole numbers, and unpack it.

usage: pack_polls.py LOG.jsonl > ../data/real_polls.json    pack, after checking that unpacking gives the log back
       pack_polls.py --unpack [PACKED.json]                 print the log again, a JSON line a run
       pack_polls.py --check [PACKED.json]                  packing what was unpacked gives the same bytes, or exit code 1

A run of the log is what real_run.py --events prints, the file of poll_log.c merged into it: times in seconds since just
before the gather, and `polls` = [thread, asked us, slept from us, woke at us]; threads count from 1 in the order in which they
first woke, not as tasks do.  Polls come back in order of waking, those of one microsecond in order of thread; nothing else
changes.

Packed, a run keeps its plain fields and has these columns (all times in microseconds):
  connected, executed, committed   [tasks, time of the first and then from one to the next]
  sleeps   how many sleeps each wait has; a wait is one statement's, and what its sleeps ask for follows from the timeout
  whose    the thread whose wait it is, as the difference from the wait before
  first    when its first sleep began, as the difference from the first sleep of the wait before
  gaps     from a wake-up to the next sleep of the same wait, wait by wait: how long the failed poll took
  late     how much longer than asked each sleep took, wait by wait
"""
import itertools
import json
import pathlib
import sys

PACKED = pathlib.Path(__file__).parent.parent / "data" / "real_polls.json"
LISTS = ("connected", "executed", "committed")
COLUMNS = ("sleeps", "whose", "first", "gaps", "late")
# What SQLite's busy handler asks for, in milliseconds; the last one for ever (fact 3.2).
DELAYS = (1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100)


def asked_sleeps(timeout):
    """What a wait's sleeps ask for until the timeout (in seconds) is used up, in us (facts 3.2, 3.3)."""
    left = round(timeout * 1e6)
    for delay in itertools.chain(DELAYS, itertools.repeat(DELAYS[-1])):
        if left <= 0:
            return
        yield min(delay * 1000, left)
        left -= delay * 1000


def in_order(polls):
    """Polls in order of waking, those of one microsecond in order of thread."""
    return sorted(polls, key=lambda poll: (poll[3], poll[0]))


def waits_of(polls):
    """The polls of each wait: a wait begins where a thread's sleeps ask for the first delay."""
    waits = []
    for _, own in itertools.groupby(sorted(polls, key=lambda poll: (poll[0], poll[2])), key=lambda poll: poll[0]):
        for poll in own:
            if poll[1] == DELAYS[0] * 1000:
                waits.append([])
            waits[-1].append(poll)
    return waits


def differences(numbers):
    """The first number, then from each to the next."""
    return [b - a for a, b in itertools.pairwise([0, *numbers])]


def pack_times(pairs):
    """[[task, seconds], ...] as [tasks, differences in us]."""
    return [[task for task, _ in pairs], differences([round(at * 1e6) for _, at in pairs])]


def unpack_times(columns):
    """What pack_times was given."""
    return [[task, us / 1e6] for task, us in zip(columns[0], itertools.accumulate(columns[1]))]


def pack(run):
    """One run as columns."""
    waits = waits_of(run["polls"])
    plain = {name: value for name, value in run.items() if name not in LISTS and name != "polls"}
    columns = {
        "sleeps": [len(wait) for wait in waits],
        "whose": differences([wait[0][0] for wait in waits]),
        "first": differences([wait[0][2] for wait in waits]),
        "gaps": [after[2] - before[3] for wait in waits for before, after in itertools.pairwise(wait)],
        "late": [woke - slept_from - asked for wait in waits for _, asked, slept_from, woke in wait],
    }
    return plain | {name: pack_times(run[name]) for name in LISTS} | columns


def unpack_polls(packed):
    """The polls of a packed run."""
    gaps, late = iter(packed["gaps"]), iter(packed["late"])
    threads, first = itertools.accumulate(packed["whose"]), itertools.accumulate(packed["first"])
    for thread, at, sleeps in zip(threads, first, packed["sleeps"]):
        for number, asked in zip(range(sleeps), asked_sleeps(packed["timeout"])):
            slept_from = at if number == 0 else woke + next(gaps)
            woke = slept_from + asked + next(late)
            yield [thread, asked, slept_from, woke]


def unpack(packed):
    """The run that was packed, its polls in order."""
    plain = {name: value for name, value in packed.items() if name not in LISTS + COLUMNS}
    return plain | {name: unpack_times(packed[name]) for name in LISTS} | {"polls": in_order(unpack_polls(packed))}


def text_of(runs):
    """The packed file: a run a line."""
    lines = (json.dumps(pack(run), separators=(",", ":")) for run in runs)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def read(path=PACKED):
    """The runs of a packed file, unpacked."""
    return [unpack(packed) for packed in json.loads(pathlib.Path(path).read_text())]


def main():
    """The command line."""
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    if "--unpack" in sys.argv:
        for run in read(*words):
            print(json.dumps(run, separators=(",", ":")))
    elif "--check" in sys.argv:
        path = pathlib.Path(*words or [PACKED])
        if text_of(read(path)) != path.read_text():
            sys.exit(f"{path}: packing what was unpacked gives something else")
    elif len(words) == 1:
        runs = [json.loads(line) for line in pathlib.Path(words[0]).read_text().splitlines()]
        text = text_of(runs)
        if [unpack(packed) for packed in json.loads(text)] != [run | {"polls": in_order(run["polls"])} for run in runs]:
            sys.exit(f"{words[0]}: unpacking does not give the log back")
        print(text, end="")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
