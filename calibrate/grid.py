"""Measure the real program in many settings and print one JSON line per run.

usage: grid.py NAME [--runs 3] [--dir FOLDER]    NAME: machine, variants

Each round runs every setting once.  A minute in which the machine is slow therefore affects all
settings equally.  The grid `machine` is for measuring another machine (`taskset -c 0 python3
grid.py machine`, or `--dir` on a RAM disk).  The grid `variants` has the strategies, BEGINs,
journals and retries that `real_runs.jsonl` does not have.
"""
import argparse
import pathlib
import subprocess
import sys

PROGRAM = pathlib.Path(__file__).parent / "real_run.py"
GRIDS = {
    "machine": [
        "--tasks 50", "--tasks 100", "--tasks 200", "--tasks 500", "--tasks 1000", "--tasks 1000 --timeout 1",
        "--tasks 1000 --timeout 2", "--tasks 1000 --timeout 10", "--tasks 300 --sleep 0.05", "--tasks 1000 --timeout 2 --keep-going",
        "--tasks 500 --journal wal", "--tasks 500 --timeout 2 --journal memory",
    ],
    "variants": [
        "--tasks 1000 --strategy semaphore --limit 1", "--tasks 1000 --strategy semaphore --limit 2",
        "--tasks 1000 --strategy semaphore --limit 10", "--tasks 1000 --strategy semaphore --limit 100",
        "--tasks 1000 --strategy shared-connection", "--tasks 1000 --strategy shared-connection --sleep 0.1",
        "--tasks 1000 --strategy single-transaction",
        "--tasks 100 --begin immediate", "--tasks 1000 --begin immediate", "--tasks 1000 --begin exclusive",
        "--tasks 100 --read-first", "--tasks 1000 --read-first", "--tasks 100 --read-first --keep-going",
        "--tasks 1000 --read-first --begin immediate", "--tasks 100 --read-first --journal wal --keep-going",
        "--tasks 1000 --journal truncate", "--tasks 500 --journal off --synchronous off --timeout 2",
        "--tasks 500 --synchronous normal", "--tasks 500 --synchronous extra",
        "--tasks 1000 --journal wal --synchronous normal", "--tasks 500 --journal wal --sleep 0.05",
        "--tasks 200 --timeout 0.5 --retries 20", "--tasks 1000 --timeout 1 --retries 20", "--tasks 1000 --timeout 1 --retries 100 --retry-pause 0.5",
        "--tasks 100 --read-first --retries 50 --timeout 1",
    ],
}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("name", choices=GRIDS)
    p.add_argument("--runs", type=int, default=3)
    p.add_argument("--dir")
    a = p.parse_args()
    folder_options = ["--dir", a.dir] if a.dir else []
    for _ in range(a.runs):
        for setting in GRIDS[a.name]:
            result = subprocess.run([sys.executable, str(PROGRAM), *setting.split(), *folder_options], capture_output=True, text=True)
            if result.returncode:
                print(f"{setting}: {result.stderr.strip()}", file=sys.stderr)
            else:
                print(result.stdout, end="", flush=True)


if __name__ == "__main__":
    main()
