"""The model of the page, written with SimPy: how fast would it be in the usual tool for such models?

usage: simpy_model.py SCENARIO          for instance "tasks=1000&timeout=5&sleep=0&machine=linux-vm&seed=1"

Prints one JSON line: inserted (rows whose commit the program saw), polls (lock attempts), seconds (how long the model took, without
starting Python).  The mechanisms are those of `src/model`: cores with a queue each that sleep when idle, the GIL and its hand-overs, timers with
slack or ticks, caches that go cold, the event loop's passes, a worker thread a connection, SQLite's locks and its busy handler.  Chance is another, so a run agrees
with the page's in its distribution, not event for event.  Every task has its own connection; the asker's and the measured Linux machine
are known.

A thread is a process.  It holds its core (a SimPy resource) until it has to wait, and whoever wakes it asks for a core in its name, as a
kernel does.  Times are whole microseconds.
"""
import heapq
import json
import random
import sys
import time
import urllib.parse
from collections import deque

import simpy
from simpy_machine import BURST_SPREAD, COLD_SPREAD, IDLE_EXIT_SPREAD, MACHINES, whole

SWITCH_INTERVAL = 5_000
LONG_REST = 10_000
COLD_RESTS = ((0, 0), (1_000, 7), (3_000, 19), (7_000, 39), (14_000, 63), (28_000, 86), (70_000, 100))
DELAYS_MS = (1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100)
DEFAULTS = {
    "tasks": 1000, "timeout": 5.0, "sleep": 0.0, "journal": "delete", "synchronous": "full", "keep_going": 0,
    "machine": "windows-laptop", "seed": 1,
}
CHOICES = {
    "journal": ("delete", "truncate", "persist", "memory", "off", "wal"), "synchronous": ("off", "normal", "full", "extra"),
    "keep_going": (0, 1), "machine": tuple(MACHINES),
}
BOUNDS = {"tasks": (1, 10_000), "timeout": (0, 600), "sleep": (0, 60), "seed": (0, 2**32 - 1)}


class Chance:
    """The run's only source of it."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, bound):
        return int(self.random() * bound)

    def spread(self, median, quantiles):
        """`median` in percent of a distribution that is given by its quantiles, with straight lines between."""
        place = self.random() * (len(quantiles) - 1)
        piece = int(place)
        low, high = quantiles[piece], quantiles[piece + 1]
        return int(median * (low + (high - low) * (place - piece)) + 50) // 100


class Caches:
    """What has gone cold: shares of the coldest."""

    def __init__(self):
        self.polled, self.left, self.inserted, self.synced = 0, 0, 0, 0

    def poll(self, now):
        """How cold a poll finds its way; the next one finds it warmer."""
        cold = max(poll_after(now - self.polled), self.left)
        self.polled, self.left = now, 0.35 * cold
        return cold


def poll_after(rest):
    for (start, low), (end, high) in zip(COLD_RESTS, COLD_RESTS[1:]):
        if rest < end:
            return (low + (high - low) * (rest - start) // (end - start)) / 100
    return 1


def cold_after(rest):
    """As the square root of a rest, all of it from 100 ms on."""
    return (min(rest, 100_000) / 100_000) ** 0.5


class Core(simpy.Resource):
    """A processor: its queue of threads, its timers, and whether it sleeps."""

    def __init__(self, model):
        super().__init__(model.env, capacity=1)
        self.model, self.idle_since, self.awake_at, self.sleepers, self.order = model, 0, 0, [], 0

    def wakes(self, halts_after):
        """How long it takes until an idle core does what it is given."""
        now = self.model.env.now
        if self.awake_at < now:
            rest = now - self.idle_since
            self.awake_at = now + (self.model.idle_exit(rest) if rest > halts_after else 0)
            self.idle_since = self.awake_at
        return self.awake_at - now

    def sleep(self, thread, asked):
        """Wakes `thread` when a sleep of so many microseconds really ends."""
        before = self.interrupt_at()
        may_wake = self.model.env.now + asked
        self.order += 1
        heapq.heappush(self.sleepers, (self.model.machine.latest(may_wake), self.order, may_wake, thread))
        self.arm(before)

    def interrupt_at(self):
        return self.sleepers[0][0] if self.sleepers else None

    def arm(self, before):
        at = self.interrupt_at()
        if at is not None and at != before:
            self.model.env.process(self.interrupt(at))

    def interrupt(self, at):
        """All timers whose time has come fire together; an earlier interrupt may have served them."""
        yield self.model.env.timeout(at - self.model.env.now)
        if self.is_due() and not self.count:
            delay = self.wakes(0)
            if delay:
                yield self.model.env.timeout(delay)
        if self.is_due():
            now = self.model.env.now
            while self.sleepers and self.sleepers[0][2] <= now:
                thread = heapq.heappop(self.sleepers)[3]
                thread.wake(thread.poll_cost(), halts_after=0)
            self.arm(None)

    def is_due(self):
        return bool(self.sleepers) and self.interrupt_at() <= self.model.env.now


class Gil:
    """One thread runs Python at a time."""

    def __init__(self, model, free_for_all_percent):
        self.model, self.free_for_all_percent = model, free_for_all_percent
        self.waiters, self.is_free, self.heir, self.switched = deque(), True, None, 0

    def try_take(self, thread):
        if not self.is_free and self.heir is not thread:
            return False
        self.is_free, self.heir, self.switched = False, None, self.model.env.now
        return True

    def wait(self, thread):
        """Who lets go, now or after others have had it, wakes `thread`."""
        self.waiters.append((thread, self.model.env.now))

    def release(self):
        """Wakes the thread that has waited longest; mostly the lock is then its own, sometimes anybody's."""
        is_free_for_all = self.model.chance.below(100) < self.free_for_all_percent
        if not self.waiters:
            self.is_free = True
            return
        thread, _ = self.waiters.popleft()
        self.is_free, self.heir = is_free_for_all, None if is_free_for_all else thread
        thread.wake(self.model.machine.gil_wake(len(self.waiters)))

    def is_drop_requested(self):
        return bool(self.waiters) and self.model.env.now - max(self.switched, self.waiters[0][1]) >= SWITCH_INTERVAL


class Locks:
    """The database file: who may write, and whether readers are let in.  No task reads for longer than an instant."""

    def __init__(self, model):
        self.model, self.writer, self.lets_readers_in = model, None, True
        self.is_wal = model.scenario["journal"] == "wal"

    def ask(self, worker, statement):
        """Whether `worker`, which asks once, gets what `statement` needs."""
        if statement == "prepare":
            return self.lets_readers_in
        if statement == "insert":
            self.writer = self.writer or worker
            return self.writer is worker
        self.lets_readers_in = self.is_wal
        return self.is_wal or not any(self.reads(other) for other in self.model.running() if other is not worker)

    def reads(self, other):
        """Whether a thread on another core has SHARED at this moment (fact 1.10)."""
        percent = self.model.machine.shared_percent
        return percent > 0 and (other.doing == "schema" or other.doing == "poll" and self.model.chance.below(100) < percent)

    def release(self, worker):
        if self.writer is worker:
            self.writer, self.lets_readers_in = None, True


class Thread:
    """What the event loop's thread and the workers have in common: cores and the GIL."""

    def __init__(self, model):
        self.model, self.env, self.machine = model, model.env, model.machine
        self.core, self.request = model.cores[0], None
        self.woken, self.length, self.doing = self.env.event(), 0, None

    def ask_for_core(self, median, halts_after=None):
        """Where the thread ran last if that is free, else on any free core, else in the queue of its own."""
        self.length = self.model.chance.spread(median, BURST_SPREAD)
        if self.core.count:
            self.core = next((core for core in self.model.cores if not core.count), self.core)
        if not self.core.count:
            self.length += self.core.wakes(self.machine.halts_after if halts_after is None else halts_after)
        self.request = self.core.request()
        self.request.thread = self

    def burst(self):
        """The core that was asked for, and the work on it."""
        yield self.request
        yield self.env.timeout(self.length)

    def compute(self, median, halts_after=None):
        """Work of about `median`: on the thread's core, unless others wait there."""
        if self.request is not None and not self.core.queue:
            yield self.env.timeout(self.model.chance.spread(median, BURST_SPREAD))
            return
        held = self.core, self.request
        self.ask_for_core(median, halts_after)
        self.release(*held)
        yield from self.burst()

    def leave(self):
        """The thread has nothing to do for now."""
        self.release(self.core, self.request)
        self.request = None

    def release(self, core, request):
        if request is not None:
            core.idle_since = self.env.now
            core.release(request)

    def will_be_woken(self):
        self.woken = self.env.event()

    def wake(self, median, halts_after=None):
        """Called by whoever wakes it: for work of about `median`."""
        self.ask_for_core(median, halts_after)
        self.woken.succeed()

    def until_woken(self):
        self.leave()
        yield from self.woken_up()

    def woken_up(self):
        yield self.woken
        yield from self.burst()

    def wait_for_gil(self):
        self.will_be_woken()
        self.model.gil.wait(self)
        yield from self.until_woken()

    def take_gil(self):
        while not self.model.gil.try_take(self):
            yield from self.wait_for_gil()

    def python(self):
        """A piece of Python between two calls of SQLite, at whose end the thread still has the GIL."""
        yield from self.take_gil()
        yield from self.compute(self.machine.turn)


class EventLoop(Thread):
    """asyncio's: a ready queue of methods with their costs and the task, run in passes."""

    def __init__(self, model):
        super().__init__(model)
        self.ready, self.is_selecting, self.is_stopping, self.is_stopped = deque(), False, False, False

    def call_soon(self, cost, method, *arguments):
        self.ready.append((cost, method, arguments))

    def post(self, task, ok=True):
        """An answer for `task`, or the end of its sleep, from outside of the loop's thread."""
        if self.is_stopped:
            return
        self.call_soon(self.machine.callback, self.set_result, task, ok)
        if self.is_selecting:
            self.is_selecting = False
            self.wake(self.machine.wake)

    def set_result(self, task, ok):
        self.call_soon(task.resume_cost(), task.resume, ok)

    def gather_done(self):
        self.call_soon(self.machine.callback, self.main_ends)

    def main_ends(self):
        self.call_soon(self.machine.callback, self.stop)

    def stop(self):
        self.is_stopping = True

    def run(self):
        yield from self.take_gil()
        while not self.is_stopping:
            for left in reversed(range(len(self.ready))):
                cost, method, arguments = self.ready.popleft()
                yield from self.compute(cost)
                lets_go = method(*arguments) or self.model.gil.is_drop_requested()
                if left and lets_go:
                    self.model.gil.release()
                    yield from self.wait_for_gil()
                    yield from self.take_gil()
            self.model.gil.release()
            if not self.is_stopping:
                yield from self.select()
        self.is_stopped = True
        self.leave()

    def select(self):
        if not self.ready:
            self.is_selecting = True
            self.will_be_woken()
            yield from self.until_woken()
        yield from self.take_gil()


class Task:
    """A coroutine: what it awaits, one thing after another."""

    def __init__(self, model):
        self.model, self.worker, self.steps, self.awaited, self.failed = model, Worker(model, self), None, None, False

    def first_step(self):
        self.model.env.process(self.worker.run())
        self.steps = self.coroutine()
        self.await_next(None)
        return True

    def coroutine(self):
        """Yields what it awaits and is sent whether that went well."""
        scenario = self.model.scenario
        steps = ["connect"]
        if scenario["journal"] not in ("delete", "wal"):
            steps.append("pragma")
        if scenario["synchronous"] != "full":
            steps.append("pragma")
        steps.append("execute")
        if self.model.sleep:
            steps.append("sleep")
        for step in steps + ["commit", "close", "stop"]:
            ok = yield step
            if not ok:
                self.failed = True
                if scenario["keep_going"]:
                    yield "close"
                    yield "stop"
                return
            self.model.inserted += step == "commit"

    def resume_cost(self):
        prints = self.awaited in ("connect", "execute", "commit", "stop")
        return self.model.machine.resume + (self.model.machine.print if prints else 0)

    def resume(self, ok):
        self.await_next(ok)

    def await_next(self, ok):
        try:
            self.awaited = self.steps.send(ok)
        except StopIteration:
            self.model.finished(self)
            return
        if self.awaited == "sleep":
            self.model.env.process(self.sleep())
        else:
            self.worker.put(self.awaited)

    def sleep(self):
        env = self.model.env
        yield env.timeout(self.model.machine.latest(env.now + self.model.sleep) - env.now)
        self.model.loop.post(self)


class Worker(Thread):
    """aiosqlite's thread of one connection: it makes the calls in its queue."""

    def __init__(self, model, task):
        super().__init__(model)
        self.task, self.queue, self.is_idle, self.knows_schema = task, deque(), True, False

    def put(self, call):
        """The caller has the GIL, which a worker that waits in its queue needs to go on: so it waits for that now."""
        self.queue.append(call)
        if self.is_idle:
            self.is_idle = False
            self.model.gil.wait(self)

    def run(self):
        call = None
        while call != "stop":
            yield from self.woken_up()
            while self.queue:
                call = self.queue.popleft()
                yield from self.make(call)
            self.is_idle = True
            self.will_be_woken()
            self.leave()

    def make(self, call):
        yield from self.python_piece()
        ok = yield from getattr(self, call)()
        yield from self.python()
        self.model.loop.post(self.task, ok)
        self.model.gil.release()

    def python_piece(self):
        yield from self.python()
        self.model.gil.release()

    def connect(self):
        yield from self.compute(self.machine.open)
        return True

    def pragma(self):
        if not (yield from self.read_schema()):
            return False
        yield from self.python_piece()
        return True

    def execute(self):
        """Prepare, BEGIN, step; Python between them (fact 5.3)."""
        if not (yield from self.read_schema()):
            return False
        yield from self.python_piece()
        yield from self.python_piece()
        if not (yield from self.ask("insert")):
            return False
        caches = self.model.caches
        yield from self.compute(self.machine.insert + whole(self.machine.cold_insert * cold_after(self.env.now - caches.inserted)))
        caches.inserted = self.env.now
        return True

    def commit(self):
        if not (yield from self.ask("commit")):
            return False
        for _ in range(self.machine.syncs):
            yield from self.compute(self.machine.write)
            self.leave()
            yield self.env.timeout(self.model.disk_wait())
        yield from self.compute(self.machine.write)
        self.model.locks.release(self)
        return True

    def close(self):
        self.model.locks.release(self)
        yield from self.compute(self.machine.close)
        return True

    def stop(self):
        yield from ()
        return True

    def read_schema(self):
        """The first statement of a connection does."""
        if self.knows_schema:
            return True
        if not (yield from self.ask("prepare")):
            return False
        self.doing = "schema"
        yield from self.compute(self.machine.schema)
        self.doing, self.knows_schema = None, True
        return True

    def ask(self, statement):
        """Polls for what `statement` needs, and sleeps between the polls; false once the busy timeout is used up."""
        self.doing = "poll"
        yield from self.compute(self.poll_cost(), halts_after=0)
        for asked in (*self.model.sleeps, None):
            self.model.polls += 1
            is_granted = self.model.locks.ask(self, statement)
            if is_granted or asked is None:
                self.doing = None
                return is_granted
            self.will_be_woken()
            self.core.sleep(self, asked)
            yield from self.until_woken()


    def poll_cost(self):
        """The first poll after a rest takes longer."""
        cold = whole(self.machine.cold_poll * self.model.caches.poll(self.env.now))
        return self.machine.poll + self.model.chance.spread(cold, COLD_SPREAD)


class Model:
    """One run."""

    def __init__(self, scenario):
        self.scenario, self.env, self.chance = scenario, simpy.Environment(), Chance(scenario["seed"])
        self.machine = MACHINES[scenario["machine"]](scenario)
        least, most = self.machine.disk_mood
        self.disk = whole(self.machine.disk * (least + self.chance.below(most - least + 1)) / 100)
        self.sleep = whole(scenario["sleep"] * 1e6)
        self.sleeps = busy_sleeps(int(scenario["timeout"] * 1000))
        self.cores = [Core(self) for _ in range(self.machine.cores)]
        self.gil = Gil(self, self.chance.below(2 * self.machine.free_for_all_percent + 1))
        self.locks, self.loop = Locks(self), EventLoop(self)
        self.caches = Caches()
        self.inserted, self.polls, self.unfinished, self.is_gathered = 0, 0, scenario["tasks"], False

    def idle_exit(self, rest):
        """Waking a core after such a rest."""
        return self.chance.spread(self.machine.idle_exit * (2 if rest >= LONG_REST else 1), IDLE_EXIT_SPREAD)

    def disk_wait(self):
        """A wait for the disk; longer if it has had nothing to do for a while."""
        cold = whole(self.machine.cold_disk * cold_after(max(0, self.env.now - self.caches.synced)))
        length = self.chance.spread(self.disk, self.machine.disk_spread) + cold
        self.caches.synced = max(self.caches.synced, self.env.now + length)
        return length

    def running(self):
        """The threads that have a core now."""
        return [core.users[0].thread for core in self.cores if core.users]

    def run(self):
        for _ in range(self.scenario["tasks"]):
            self.loop.call_soon(self.machine.thread_start, Task(self).first_step)
        self.env.process(self.loop.run())
        self.env.run()

    def finished(self, task):
        """The gather's outcome is decided by the first error, or by the last task."""
        self.unfinished -= 1
        raises = task.failed and not self.scenario["keep_going"]
        if (raises or self.unfinished == 0) and not self.is_gathered:
            self.is_gathered = True
            self.loop.call_soon(self.machine.callback, self.loop.gather_done)


def busy_sleeps(timeout_ms):
    """What SQLite's busy handler asks for, in microseconds, until the timeout is used up."""
    sleeps = []
    while timeout_ms > 0:
        sleeps.append(min(DELAYS_MS[min(len(sleeps), len(DELAYS_MS) - 1)], timeout_ms))
        timeout_ms -= sleeps[-1]
    return [1000 * sleep for sleep in sleeps]


def scenario_of(text):
    """Reads a query string; says what cannot be used."""
    scenario = dict(DEFAULTS)
    for name, value in urllib.parse.parse_qsl(text, keep_blank_values=True):
        if name not in scenario:
            raise ValueError(f"{name}: not in this model; it has {', '.join(scenario)}")
        scenario[name] = number_or_word(name, value)
    return scenario


def number_or_word(name, value):
    try:
        value = type(DEFAULTS[name])(value)
    except ValueError:
        raise ValueError(f"{name}: '{value}' is not allowed; allowed: a number") from None
    if name in CHOICES and value not in CHOICES[name]:
        raise ValueError(f"{name}: '{value}' is not allowed; allowed: {', '.join(map(str, CHOICES[name]))}")
    least, most = BOUNDS.get(name, (None, None))
    if least is not None and not least <= value <= most:
        raise ValueError(f"{name}: '{value}' is not allowed; allowed: {least} to {most}")
    return value


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        scenario = scenario_of(sys.argv[1])
    except ValueError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    start = time.perf_counter()
    model = Model(scenario)
    model.run()
    seconds = time.perf_counter() - start
    print(json.dumps({"inserted": model.inserted, "polls": model.polls, "seconds": round(seconds, 4)}))


if __name__ == "__main__":
    main()
