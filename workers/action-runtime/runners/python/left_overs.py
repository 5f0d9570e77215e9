"""Whether a call left threads, tasks or processes behind, so that the next call would not be alone."""

import os
import threading


def has_children():
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
        return True
    except ChildProcessError:
        return False


def kill_others():
    """Where processes cannot be listed: all of the sandbox but its first and this one."""
    try:
        os.kill(-1, 9)
        return True
    except OSError:
        return False


def has_others():
    try:
        mine = {"1", str(os.getpid()), str(os.getppid())}
        return any(name.isdigit() and name not in mine for name in os.listdir("/proc"))
    except OSError:
        return kill_others()


def has_left_overs(threads, loop, others):
    """Threads are those that were there before; where others are not listed, what has lost its parent is a child of ours."""
    if set(threading.enumerate()) - threads:
        return True
    if loop is not None:
        import asyncio

        if asyncio.all_tasks(loop):
            return True
    return has_children() or (others == "listed" and has_others())
