"""The protocol of every program here: a first line of JSON once it is warm, then one line per line read from stdin."""

import json
import sys
import time


def serve(what, repeat, versions):
    """Call `repeat()`, which returns the number of samples it handled, once per line of stdin; print the seconds."""
    repeat()
    print(json.dumps({"what": what, "ready": True, "versions": versions}), flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        samples = repeat()
        seconds = time.perf_counter() - start
        print(json.dumps({"what": what, "samples": samples, "seconds": seconds}), flush=True)
