"""One run of Lockstep's program, for real. Run it, and drop what it prints onto the page.

    pip install aiosqlite
    python lockstep_run.py > run.json

Settings: ?@query@

Where the program on the page prints, this one notes the time; all else is the same, line for line. It needs Python 3.10
or newer. The database lies in a new folder here, or in the one that you name behind the program, so that this disk is
measured; it is removed at the end where the system lets it. Nothing is sent anywhere.
"""
import asyncio
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time

import aiosqlite

SETTINGS = {
@settings@
}
notes = []
broken = []


def note(what, number):
    """Remembers that a task comes by here, and when."""
    notes.append((what, number, time.perf_counter()))


def is_locked(error):
    return isinstance(error, sqlite3.OperationalError) and 'database is locked' in str(error)


async def noted(number, task):
    """A task whose end by an error is noted."""
    try:
        await task
    except Exception as error:
        note('failed', number)
        if not is_locked(error):
            broken.append(error)
        raise


def allow_open_files(number):
    """Each connection needs a few; the usual limit would fail above 1000 tasks, on a Mac above 250."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = number if hard == resource.RLIM_INFINITY else min(number, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


allow_open_files(3 * SETTINGS['tasks'] + 200)
folder = tempfile.mkdtemp(dir=sys.argv[1] if len(sys.argv) > 1 else '.')
os.chdir(folder)

# From here on the program of the question, by Ali Safapour.
