"""The model of the page, written with SimPy, to compare the speed.

SimPy is the usual library for such models.

usage: simpy_model.py SCENARIO          for instance "tasks=1000&timeout=5&sleep=0&machine=linux-vm&seed=1"

Prints one JSON line: inserted (rows whose COMMIT returned to the program), polls (lock attempts),
seconds (run time of the model, without starting Python).  The mechanisms are those of
core/src/model: cores that have one queue each and sleep when idle, the GIL and its hand-overs,
timers with slack or ticks, cold caches, the iterations of the event loop, one worker thread per
connection, SQLite's locks and its busy handler.  The random numbers differ, so a run has the same
distribution as on the page, but not the same events.  Every task has its own connection.  The
machines are the asker's laptop and the measured Linux machine.

A thread is a SimPy process.  It holds its core (a SimPy resource) until it has to wait.  The
process that wakes it requests a core for it, as a kernel does.  Times are whole microseconds.
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
LONG_IDLE = 10_000
# (time since the last poll, coldness in percent)
COLD_POLLS = ((0, 0), (1_000, 7), (3_000, 19), (7_000, 39), (14_000, 63), (28_000, 86), (70_000, 100))
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


class Rng:
    """The only source of random numbers in a run."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, bound):
        """A random whole number from 0 to `bound` - 1."""
        return int(self.random() * bound)

    def sample(self, median, quantiles):
        """A random value with this median.

        `quantiles` are in percent of the median; values between them are interpolated.
        """
        position = self.random() * (len(quantiles) - 1)
        index = int(position)
        low, high = quantiles[index], quantiles[index + 1]
        return int(median * (low + (high - low) * (position - index)) + 50) // 100


class Caches:
    """Cold caches: the first poll, INSERT or sync after a pause is slower.

    Coldness is a number from 0 to 1.
    """

    def __init__(self):
        self.last_poll, self.poll_coldness, self.last_insert, self.last_sync = 0, 0, 0, 0

    def poll(self, now):
        """The coldness for a poll at `now`. The poll warms the caches for the next one."""
        coldness = max(poll_coldness_after(now - self.last_poll), self.poll_coldness)
        self.last_poll, self.poll_coldness = now, 0.35 * coldness
        return coldness


def poll_coldness_after(pause):
    """The coldness for a poll after this pause."""
    for (start, low), (end, high) in zip(COLD_POLLS, COLD_POLLS[1:]):
        if pause < end:
            return (low + (high - low) * (pause - start) // (end - start)) / 100
    return 1


def coldness_after(pause):
    """The coldness for an INSERT or a sync: the square root of the pause, and 1 from 100 ms on."""
    return (min(pause, 100_000) / 100_000) ** 0.5


class Core(simpy.Resource):
    """A core: its queue of threads, its timers, and its idle state."""

    def __init__(self, model):
        super().__init__(model.env, capacity=1)
        self.model, self.idle_since, self.awake_at, self.timers, self.sequence = model, 0, 0, [], 0

    def wake_delay(self, deep_idle_after):
        """How long an idle core takes to start work.

        It only has a delay after an idle time of more than `deep_idle_after`.
        """
        now = self.model.env.now
        if self.awake_at < now:
            idle = now - self.idle_since
            self.awake_at = now + (self.model.idle_exit(idle) if idle > deep_idle_after else 0)
            self.idle_since = self.awake_at
        return self.awake_at - now

    def add_timer(self, thread, duration):
        """Wakes `thread` when a sleep of `duration` microseconds really ends."""
        previous = self.next_interrupt()
        earliest = self.model.env.now + duration
        self.sequence += 1
        heapq.heappush(self.timers, (self.model.machine.latest_expiry(earliest), self.sequence, earliest, thread))
        self.schedule_interrupt(previous)

    def next_interrupt(self):
        return self.timers[0][0] if self.timers else None

    def schedule_interrupt(self, previous):
        at = self.next_interrupt()
        if at is not None and at != previous:
            self.model.env.process(self.interrupt(at))

    def interrupt(self, at):
        """Fires all timers that are due. An earlier interrupt may already have fired them."""
        yield self.model.env.timeout(at - self.model.env.now)
        if self.is_due() and not self.count:
            delay = self.wake_delay(0)
            if delay:
                yield self.model.env.timeout(delay)
        if self.is_due():
            now = self.model.env.now
            while self.timers and self.timers[0][2] <= now:
                thread = heapq.heappop(self.timers)[3]
                thread.wake(thread.poll_cost(), deep_idle_after=0)
            self.schedule_interrupt(None)

    def is_due(self):
        return bool(self.timers) and self.next_interrupt() <= self.model.env.now


class Gil:
    """The lock that only the thread running Python holds."""

    def __init__(self, model, unfair_percent):
        self.model, self.unfair_percent = model, unfair_percent
        self.waiters, self.is_free, self.next_owner, self.taken_at = deque(), True, None, 0

    def try_take(self, thread):
        if not self.is_free and self.next_owner is not thread:
            return False
        self.is_free, self.next_owner, self.taken_at = False, None, self.model.env.now
        return True

    def wait(self, thread):
        """Adds `thread` to the queue. A later release wakes it."""
        self.waiters.append((thread, self.model.env.now))

    def release(self):
        """Wakes the thread that has waited longest.

        Usually the lock is reserved for it. After an unfair release any thread may take the lock first.
        """
        is_unfair = self.model.rng.below(100) < self.unfair_percent
        if not self.waiters:
            self.is_free = True
            return
        thread, _ = self.waiters.popleft()
        self.is_free, self.next_owner = is_unfair, None if is_unfair else thread
        thread.wake(self.model.machine.gil_wake(len(self.waiters)))

    def is_drop_requested(self):
        return bool(self.waiters) and self.model.env.now - max(self.taken_at, self.waiters[0][1]) >= SWITCH_INTERVAL


class Locks:
    """The locks of the database file.  No task of this model reads for longer than an instant."""

    def __init__(self, model):
        self.model, self.writer, self.allows_readers = model, None, True
        self.is_wal = model.scenario["journal"] == "wal"

    def try_lock(self, worker, statement):
        """Tries once to get the lock for `statement`. Returns whether `worker` got it."""
        if statement == "prepare":
            return self.allows_readers
        if statement == "insert":
            self.writer = self.writer or worker
            return self.writer is worker
        self.allows_readers = self.is_wal
        return self.is_wal or not any(self.is_reading(other) for other in self.model.running() if other is not worker)

    def is_reading(self, other):
        """Whether a thread on another core holds SHARED at this moment (fact 1.10)."""
        percent = self.model.machine.shared_percent
        return percent > 0 and (other.doing == "schema" or other.doing == "poll" and self.model.rng.below(100) < percent)

    def release(self, worker):
        if self.writer is worker:
            self.writer, self.allows_readers = None, True


class Thread:
    """A thread that uses a core and the GIL: the base class of the event loop and the workers."""

    def __init__(self, model):
        self.model, self.env, self.machine = model, model.env, model.machine
        self.core, self.request = model.cores[0], None
        self.woken, self.length, self.doing = self.env.event(), 0, None

    def request_core(self, median, deep_idle_after=None):
        """Requests a core: the last one that the thread used if it is free, otherwise any free one.

        If no core is free, the thread joins the queue of the last one.
        """
        self.length = self.model.rng.sample(median, BURST_SPREAD)
        if self.core.count:
            self.core = next((core for core in self.model.cores if not core.count), self.core)
        if not self.core.count:
            self.length += self.core.wake_delay(self.machine.deep_idle_after if deep_idle_after is None else deep_idle_after)
        self.request = self.core.request()
        self.request.thread = self

    def run_burst(self):
        """Waits for the requested core and works on it."""
        yield self.request
        yield self.env.timeout(self.length)

    def compute(self, median, deep_idle_after=None):
        """Works for about `median`. The thread keeps its core unless other threads wait for it."""
        if self.request is not None and not self.core.queue:
            yield self.env.timeout(self.model.rng.sample(median, BURST_SPREAD))
            return
        held = self.core, self.request
        self.request_core(median, deep_idle_after)
        self.release_request(*held)
        yield from self.run_burst()

    def release_core(self):
        """Gives up the core because the thread has to wait."""
        self.release_request(self.core, self.request)
        self.request = None

    def release_request(self, core, request):
        if request is not None:
            core.idle_since = self.env.now
            core.release(request)

    def prepare_to_wait(self):
        self.woken = self.env.event()

    def wake(self, median, deep_idle_after=None):
        """Wakes this thread for work of about `median`. Another process calls this."""
        self.request_core(median, deep_idle_after)
        self.woken.succeed()

    def release_core_and_wait(self):
        self.release_core()
        yield from self.wait_until_woken()

    def wait_until_woken(self):
        yield self.woken
        yield from self.run_burst()

    def wait_for_gil(self):
        self.prepare_to_wait()
        self.model.gil.wait(self)
        yield from self.release_core_and_wait()

    def take_gil(self):
        while not self.model.gil.try_take(self):
            yield from self.wait_for_gil()

    def run_python(self):
        """Runs the Python code between two SQLite calls. The thread keeps the GIL at the end."""
        yield from self.take_gil()
        yield from self.compute(self.machine.python)


class EventLoop(Thread):
    """asyncio's event loop, with a ready queue of callbacks and their costs.

    Each iteration runs the callbacks that were ready at its start.
    """

    def __init__(self, model):
        super().__init__(model)
        self.ready, self.is_selecting, self.is_stopping, self.is_stopped = deque(), False, False, False

    def call_soon(self, cost, method, *arguments):
        self.ready.append((cost, method, arguments))

    def post(self, task, ok=True):
        """Delivers a result for `task`, or the end of its sleep, from outside the loop's thread."""
        if self.is_stopped:
            return
        self.call_soon(self.machine.callback, self.set_result, task, ok)
        if self.is_selecting:
            self.is_selecting = False
            self.wake(self.machine.wake)

    def set_result(self, task, ok):
        self.call_soon(task.resume_cost(), task.resume, ok)

    def gather_done(self):
        self.call_soon(self.machine.callback, self.finish_main)

    def finish_main(self):
        self.call_soon(self.machine.callback, self.stop)

    def stop(self):
        self.is_stopping = True

    def run(self):
        yield from self.take_gil()
        while not self.is_stopping:
            for left in reversed(range(len(self.ready))):
                cost, method, arguments = self.ready.popleft()
                yield from self.compute(cost)
                must_release = method(*arguments) or self.model.gil.is_drop_requested()
                if left and must_release:
                    self.model.gil.release()
                    yield from self.wait_for_gil()
                    yield from self.take_gil()
            self.model.gil.release()
            if not self.is_stopping:
                yield from self.select()
        self.is_stopped = True
        self.release_core()

    def select(self):
        if not self.ready:
            self.is_selecting = True
            self.prepare_to_wait()
            yield from self.release_core_and_wait()
        yield from self.take_gil()


class Task:
    """A task: the steps that its coroutine awaits, in order."""

    def __init__(self, model):
        self.model, self.worker, self.steps, self.awaited, self.failed = model, Worker(model, self), None, None, False

    def first_step(self):
        """Starts the worker thread. Returns True because starting a thread releases the GIL."""
        self.model.env.process(self.worker.run())
        self.steps = self.coroutine()
        self.await_next(None)
        return True

    def coroutine(self):
        """Yields each step to await. The caller sends back whether the step succeeded."""
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
        has_print = self.awaited in ("connect", "execute", "commit", "stop")
        return self.model.machine.resume + (self.model.machine.print if has_print else 0)

    def resume(self, ok):
        self.await_next(ok)

    def await_next(self, ok):
        try:
            self.awaited = self.steps.send(ok)
        except StopIteration:
            self.model.finish(self)
            return
        if self.awaited == "sleep":
            self.model.env.process(self.sleep())
        else:
            self.worker.put(self.awaited)

    def sleep(self):
        env = self.model.env
        yield env.timeout(self.model.machine.latest_expiry(env.now + self.model.sleep) - env.now)
        self.model.loop.post(self)


class Worker(Thread):
    """aiosqlite's worker thread of one connection. It runs the calls in its queue."""

    def __init__(self, model, task):
        super().__init__(model)
        self.task, self.queue, self.is_idle, self.has_schema = task, deque(), True, False

    def put(self, call):
        """Queues a call. The caller holds the GIL, so an idle worker now waits for the GIL."""
        self.queue.append(call)
        if self.is_idle:
            self.is_idle = False
            self.model.gil.wait(self)

    def run(self):
        call = None
        while call != "stop":
            yield from self.wait_until_woken()
            while self.queue:
                call = self.queue.popleft()
                yield from self.run_call(call)
            self.is_idle = True
            self.prepare_to_wait()
            self.release_core()

    def run_call(self, call):
        yield from self.run_python_and_release()
        ok = yield from getattr(self, call)()
        yield from self.run_python()
        self.model.loop.post(self.task, ok)
        self.model.gil.release()

    def run_python_and_release(self):
        yield from self.run_python()
        self.model.gil.release()

    def connect(self):
        yield from self.compute(self.machine.open)
        return True

    def pragma(self):
        if not (yield from self.read_schema()):
            return False
        yield from self.run_python_and_release()
        return True

    def execute(self):
        """Runs prepare, BEGIN and step, with Python code between them (fact 5.3)."""
        if not (yield from self.read_schema()):
            return False
        yield from self.run_python_and_release()
        yield from self.run_python_and_release()
        if not (yield from self.poll("insert")):
            return False
        caches = self.model.caches
        yield from self.compute(self.machine.insert + whole(self.machine.cold_insert * coldness_after(self.env.now - caches.last_insert)))
        caches.last_insert = self.env.now
        return True

    def commit(self):
        if not (yield from self.poll("commit")):
            return False
        for _ in range(self.machine.syncs):
            yield from self.compute(self.machine.write)
            self.release_core()
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
        """Reads the schema, unless an earlier statement of the connection has read it."""
        if self.has_schema:
            return True
        if not (yield from self.poll("prepare")):
            return False
        self.doing = "schema"
        yield from self.compute(self.machine.schema)
        self.doing, self.has_schema = None, True
        return True

    def poll(self, statement):
        """Polls for the lock that `statement` needs and sleeps between the polls.

        Returns False once the busy timeout is used up.
        """
        self.doing = "poll"
        yield from self.compute(self.poll_cost(), deep_idle_after=0)
        for duration in (*self.model.busy_sleeps, None):
            self.model.polls += 1
            is_granted = self.model.locks.try_lock(self, statement)
            if is_granted or duration is None:
                self.doing = None
                return is_granted
            self.prepare_to_wait()
            self.core.add_timer(self, duration)
            yield from self.release_core_and_wait()

    def poll_cost(self):
        """The cost of a poll. The first one after a pause takes longer."""
        extra = whole(self.machine.cold_poll * self.model.caches.poll(self.env.now))
        return self.machine.poll + self.model.rng.sample(extra, COLD_SPREAD)


class Model:
    """One run."""

    def __init__(self, scenario):
        self.scenario, self.env, self.rng = scenario, simpy.Environment(), Rng(scenario["seed"])
        self.machine = MACHINES[scenario["machine"]](scenario)
        least, most = self.machine.disk_scale_percent
        self.disk = whole(self.machine.disk * (least + self.rng.below(most - least + 1)) / 100)
        self.sleep = whole(scenario["sleep"] * 1e6)
        self.busy_sleeps = busy_sleeps(int(scenario["timeout"] * 1000))
        self.cores = [Core(self) for _ in range(self.machine.cores)]
        self.gil = Gil(self, self.rng.below(2 * self.machine.unfair_percent + 1))
        self.locks, self.loop = Locks(self), EventLoop(self)
        self.caches = Caches()
        self.inserted, self.polls, self.unfinished, self.is_gathered = 0, 0, scenario["tasks"], False

    def idle_exit(self, idle):
        """The time that a core needs to wake up after being idle for `idle`."""
        return self.rng.sample(self.machine.idle_exit * (2 if idle >= LONG_IDLE else 1), IDLE_EXIT_SPREAD)

    def disk_wait(self):
        """The duration of a wait for the disk. It is longer after a pause."""
        extra = whole(self.machine.cold_disk * coldness_after(max(0, self.env.now - self.caches.last_sync)))
        length = self.rng.sample(self.disk, self.machine.disk_spread) + extra
        self.caches.last_sync = max(self.caches.last_sync, self.env.now + length)
        return length

    def running(self):
        """The threads that run on a core now."""
        return [core.users[0].thread for core in self.cores if core.users]

    def run(self):
        for _ in range(self.scenario["tasks"]):
            self.loop.call_soon(self.machine.thread_start, Task(self).first_step)
        self.env.process(self.loop.run())
        self.env.run()

    def finish(self, task):
        """Called when a task ends. The first error or the last task ends the gather."""
        self.unfinished -= 1
        raises = task.failed and not self.scenario["keep_going"]
        if (raises or self.unfinished == 0) and not self.is_gathered:
            self.is_gathered = True
            self.loop.call_soon(self.machine.callback, self.loop.gather_done)


def busy_sleeps(timeout_ms):
    """The sleeps that SQLite's busy handler requests, in microseconds. Their sum is the timeout."""
    sleeps = []
    while timeout_ms > 0:
        sleeps.append(min(DELAYS_MS[min(len(sleeps), len(DELAYS_MS) - 1)], timeout_ms))
        timeout_ms -= sleeps[-1]
    return [1000 * sleep for sleep in sleeps]


def parse_scenario(text):
    """Parses a query string. Raises ValueError if a name or a value is not allowed."""
    scenario = dict(DEFAULTS)
    for name, value in urllib.parse.parse_qsl(text, keep_blank_values=True):
        if name not in scenario:
            raise ValueError(f"{name}: unknown name; known: {', '.join(scenario)}")
        scenario[name] = parse_value(name, value)
    return scenario


def parse_value(name, value):
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
        scenario = parse_scenario(sys.argv[1])
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
