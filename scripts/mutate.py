"""How many small changes to the code that permits do its tests notice? Fewer than 85 % is a failure.

Each mutant is the code with one thing changed: a comparison turned round, a word left out, a None for a value. It is
killed when a test fails because of it. The tests that each function is run by are found first, so that only those run.
"""

import json
import subprocess
import sys
from pathlib import Path

LEAST = 85
PERMITS = "access.*"
STATISTICS = Path("mutants") / "mutmut-cicd-stats.json"
MUTMUT = Path(sys.executable).with_name("mutmut")


def main(wanted: list[str]) -> int:
    """Try every mutant of the modules asked for, and say how many were killed."""
    subprocess.run([MUTMUT, "run", *(wanted or [PERMITS])], check=True)
    subprocess.run([MUTMUT, "export-cicd-stats"], check=True, stdout=subprocess.DEVNULL)
    found = json.loads(STATISTICS.read_text("utf-8"))
    killed, survived = found["killed"] + found["timeout"], found["survived"] + found["no_tests"]
    share = 100 * killed / max(killed + survived, 1)
    print(f"{killed} of {killed + survived} mutants killed: {share:.1f} %, of which {LEAST} % are asked for")
    print("The others: mutmut results, and mutmut show NAME")
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
