"""A program that keeps the servers until its standard input ends, for the tests to watch and to kill.

`launcher.py DATA [refused]`: with `refused` the kernel denies it a user namespace, as Docker's default profile does.
"""

import ctypes
import platform
import struct
import sys
from pathlib import Path

from attested.local import Tuning, servers

UNSHARE = {"x86_64": 272, "aarch64": 97}
PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, FAIL_WITH_EPERM = 0x7FFF0000, 0x00050001


class Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def refuse_namespaces() -> None:
    instructions = b"".join(
        struct.pack("HBBI", *instruction)
        for instruction in (
            (LOAD, 0, 0, 0),
            (JUMP_IF_EQUAL, 0, 1, UNSHARE[platform.machine()]),
            (RETURN, 0, 0, FAIL_WITH_EPERM),
            (RETURN, 0, 0, ALLOW),
        )
    )
    program = Program(4, instructions)
    if ctypes.CDLL(None).prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program)) != 0:
        sys.exit("this kernel has no seccomp filters")


if __name__ == "__main__":
    if "refused" in sys.argv:
        refuse_namespaces()
    with servers(Path(sys.argv[1]), tuning=Tuning(fsync=False, shared_buffers="16MB")) as addresses:
        sys.stdout.write(f"{addresses.database_url}\n{addresses.redis_url}\n")
        sys.stdout.flush()
        sys.stdin.read()
