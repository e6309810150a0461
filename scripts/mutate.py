"""How many small changes to the code that permits do its tests notice? Fewer than 85 % is a failure.

Each mutant is the code with one thing changed: a comparison turned round, a word left out, a None for a value. It is
killed when a test fails because of it. The tests that each function is run by are found first, so that only those run.
The servers and a built database stand for all of them: each process of the tests has a copy of its own.
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from attested.local import Tuning, servers
from foundation.migrate import migrate_as_owner

LEAST = 85
PERMITS = "access.*"
STATISTICS = Path("mutants") / "mutmut-cicd-stats.json"
MUTMUT = Path(sys.executable).with_name("mutmut")


def main() -> int:
    """Try every mutant of the modules asked for, and say how many were killed."""
    asked = _asked()
    shutil.rmtree(STATISTICS.parent, ignore_errors=True)
    with TemporaryDirectory() as data, servers(Path(data), tuning=Tuning(fsync=False)) as built:
        asyncio.run(migrate_as_owner(built.database_url))
        standing = {"ATTESTED_TEST_SERVERS": f"{built.database_url} {built.redis_url}"}
        subprocess.run(
            [MUTMUT, "run", "--max-children", str(asked.processes), *(asked.modules or [PERMITS])],
            check=True,
            env={**os.environ, **standing},
        )
    subprocess.run([MUTMUT, "export-cicd-stats"], check=True, stdout=subprocess.DEVNULL)
    return _told(json.loads(STATISTICS.read_text("utf-8")))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutate", description=__doc__)
    parser.add_argument(
        "modules", nargs="*", help=f"which to change, such as access.scope.*; {PERMITS} if none"
    )
    parser.add_argument("--processes", type=int, default=2, help="how many mutants to try at once")
    return parser.parse_args()


def _told(found: dict[str, int]) -> int:
    noticed, overran = found["killed"], found["timeout"]
    all_tried = noticed + overran + found["survived"] + found["no_tests"]
    share = 100 * (noticed + overran) / max(all_tried, 1)
    print(f"{noticed + overran} of {all_tried} mutants killed ({overran} of them ran and ran): {share:.1f} %")
    print(f"{LEAST} % are asked for. The others: mutmut results, and mutmut show NAME")
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
