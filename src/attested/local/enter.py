"""What must a child process do before it becomes the program it was started for?

Run as a script between fork and exec. It takes the place of Popen's `preexec_fn`, which may deadlock in a parent
that has threads. Its arguments: the parent's pid, the signal that ends us when the parent dies, the file descriptor
of a lock to sign (or -), the folder of a program that refuses root (or -), then the command.
"""

import ctypes
import os
import signal
import sys

NOBODY = 65534
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_CAP_AMBIENT = 1, 8, 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522


def main() -> None:
    parent, deadly, lock, owned, *command = sys.argv[1:]
    if owned != "-" and os.geteuid() == 0:
        _leave_root(owned)
    # After the change of user: changing credentials clears the parent-death signal.
    _die_with(int(parent), int(deadly))
    if lock != "-":
        _sign(int(lock))
    # Python ignores these two, and exec would hand that on.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    os.execv(command[0], command)  # noqa: S606 - no shell is what we want


def _die_with(parent: int, deadly: int) -> None:
    if sys.platform == "linux":
        _checked(_libc().prctl(PR_SET_PDEATHSIG, deadly, 0, 0, 0))
    if os.getppid() != parent:  # it died before we could ask
        sys.exit("the launcher has gone")


def _sign(lock: int) -> None:
    """Whoever finds the lock held reads here who holds it."""
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)


def _leave_root(owned: str) -> None:
    """Become a user PostgreSQL accepts and who owns the folder, without giving up what root may read."""
    owner = os.stat(owned).st_uid  # noqa: PTH116 - pathlib would double this script's start-up time
    if owner != 0:
        _become(owner)
    elif _may_have_a_namespace():
        _enter_namespace()
    else:
        _give(owned, NOBODY)
        _become(NOBODY)


def _may_have_a_namespace() -> bool:
    """Docker's default seccomp profile refuses; there is no way back from trying, so a child tries."""
    child = os.fork()
    if child == 0:
        try:
            _enter_namespace()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def _enter_namespace() -> None:
    """Look like nobody from inside while every file stays root's: nothing to chown, no user to add."""
    _checked(_libc().unshare(CLONE_NEWUSER))
    for name, value in (
        ("setgroups", "deny"),
        ("uid_map", f"{NOBODY} 0 1"),
        ("gid_map", f"{NOBODY} 0 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123
            file.write(value)


def _become(user: int) -> None:
    """Drop to a user, keeping the one capability that lets it reach binaries and data below a private home."""
    if sys.platform != "linux":
        sys.exit("PostgreSQL refuses to run as root; run this as an ordinary user, or set DATABASE_URL")
    libc = _libc()
    libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    kept = 1 << CAP_DAC_OVERRIDE
    if libc.capset(header, (ctypes.c_uint32 * 6)(kept, kept, kept, 0, 0, 0)) == 0:
        libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


def _give(folder: str, user: int) -> None:
    os.chown(folder, user, user)
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            os.chown(f"{place}/{name}", user, user, follow_symlinks=False)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


if __name__ == "__main__":
    main()
