"""Runs Lockstep's program once with a real database. Drop its output onto the page.

    pip install aiosqlite
    python lockstep_run.py > run.json

Settings: ?@query@

This is the program on the page, line for line, except that it records the time instead of printing.
It needs Python 3.10 or newer. It creates a new folder for the database inside the current folder,
or inside the folder that you give as the first argument, and so measures the disk of that folder.
It deletes the new folder at the end if the system allows it. It sends nothing anywhere.
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
events = []
unexpected_errors = []


def record(event, number):
    """Records that this task reached this event, with the time."""
    events.append((event, number, time.perf_counter()))


def is_locked(error):
    return isinstance(error, sqlite3.OperationalError) and 'database is locked' in str(error)


async def record_failure(number, task):
    """Runs the task, and records it if it fails."""
    try:
        await task
    except Exception as error:
        record('failed', number)
        if not is_locked(error):
            unexpected_errors.append(error)
        raise


def allow_open_files(count):
    """Raises the limit of open files.

    Each connection needs a few. With the usual limit the program would fail above 1000 tasks, on a
    Mac above 250.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


allow_open_files(3 * SETTINGS['tasks'] + 200)
folder = tempfile.mkdtemp(dir=sys.argv[1] if len(sys.argv) > 1 else '.')
os.chdir(folder)

# From here on, this is the program of the question, by Ali Safapour.
