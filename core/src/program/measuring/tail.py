

def committed_rows():
    """Each row and when the program saw it committed. On a connection that all share, a COMMIT is every row's that was
    queued before it: the worker keeps their order."""
    shared = SETTINGS['strategy'] in ('shared-connection', 'single-transaction')
    queued, durable, rows = [], {}, []
    for what, number, at in notes:
        if what == 'inserting':
            queued.append(number)
        elif what == 'committing':
            durable[number] = queued if shared else [number]
            queued = []
        elif what == 'committed':
            rows += [(row, at) for row in durable.pop(number)]
    return rows


def outcome(end):
    """What is printed of the run: times are seconds since just before the gather, tasks count from 1."""
    start = next(at for what, _, at in notes if what == 'gather')

    def seconds(at):
        return None if at is None else round(at - start, 4)

    def times(wanted):
        return [at for what, _, at in notes if what == wanted]

    failed = {}
    for what, number, at in notes:
        if what == 'failed':
            failed.setdefault(number, at)
    first_error = min(failed.values(), default=None)
    rows = committed_rows()
    connected = times('connected')
    return {
        **SETTINGS,
        'inserted': len(rows),
        'errors': len(failed),
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
if broken:
    print(f'lockstep_run: {broken[0]!r}', file=sys.stderr, flush=True)
else:
    print(json.dumps(outcome(end)), flush=True)
os.chdir('..')
shutil.rmtree(folder, ignore_errors=True)
# Threads that still wait for the lock would keep the process alive.
os._exit(1 if broken else 0)
