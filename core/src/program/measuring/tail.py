

def committed_rows():
    """Each row with the time at which its COMMIT returned.

    On a shared connection a COMMIT commits all rows whose INSERT was queued before it, because the
    worker runs its calls in order.
    """
    is_shared = SETTINGS['strategy'] in ('shared-connection', 'single-transaction')
    queued, rows_of_commit, rows = [], {}, []
    for event, number, at in events:
        if event == 'inserting':
            queued.append(number)
        elif event == 'committing':
            rows_of_commit[number] = queued if is_shared else [number]
            queued = []
        elif event == 'committed':
            rows += [(row, at) for row in rows_of_commit.pop(number)]
    return rows


def outcome(end):
    """The JSON to print. Times are seconds since just before the gather, tasks count from 1."""
    start = next(at for event, _, at in events if event == 'gather')

    def seconds(at):
        return None if at is None else round(at - start, 4)

    def times(wanted):
        return [at for event, _, at in events if event == wanted]

    failed_at = {}
    for event, number, at in events:
        if event == 'failed':
            failed_at.setdefault(number, at)
    first_error = min(failed_at.values(), default=None)
    rows = committed_rows()
    connected = times('connected')
    return {
        **SETTINGS,
        'inserted': len(rows),
        'errors': len(failed_at),
        'retried': len(times('retried')),
        'first_error_at': seconds(first_error),
        'inserted_before_first_error': sum(first_error is None or at <= first_error for _, at in rows),
        'elapsed': seconds(end),
        'first_connected_at': seconds(min(connected, default=None)),
        'last_connected_at': seconds(max(connected, default=None)),
        'first_executed_at': seconds(min(times('executed'), default=None)),
        'commit_order': [number + 1 for number, _ in rows[:20]],
        'committed_at': [seconds(at) for _, at in rows],
        'sqlite': sqlite3.sqlite_version,
        'python': sys.version.split()[0],
    }


end = time.perf_counter()
if unexpected_errors:
    print(f'lockstep_run: {unexpected_errors[0]!r}', file=sys.stderr, flush=True)
else:
    print(json.dumps(outcome(end)), flush=True)
os.chdir('..')
shutil.rmtree(folder, ignore_errors=True)
# Threads that still wait for the lock would keep the process alive.
os._exit(1 if unexpected_errors else 0)
