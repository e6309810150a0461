"""How much processor time have this program, its helpers and its servers taken together?"""

import os
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
PARENT, TIMES = 1, slice(11, 15)


def seconds() -> float:
    """Return the processor seconds of this process and all that it started, those included that have ended.

    Beside others on a machine, the clock tells more of them than of us; what the processors did for us it does not.
    """
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:
            continue  # it has ended meanwhile
        fields = stat[stat.rindex(")") + 2 :].split()
        parents[int(folder.name)] = int(fields[PARENT])
        ticks[int(folder.name)] = sum(map(int, fields[TIMES]))
    return sum(taken for one, taken in ticks.items() if _is_ours(one, parents)) / TICKS


def _is_ours(process: int, parents: dict[int, int]) -> bool:
    while process:
        if process == os.getpid():
            return True
        process = parents.get(process, 0)
    return False
