"""Starts a program that reaches nothing of its machine but what it is told, where no namespaces can be made.

What it is told comes on descriptor 4, its parts with a NUL between them: the process that it must not outlive, whether it
adopts what its children leave behind, the path of a socket to listen on as descriptor 4 or nothing, the filter of system
calls in hexadecimal, and for each path a rule of Landlock: the rights below it, a space, the path.
"""

import ctypes
import os
import sys

TOLD = LISTENER = 4
BACKLOG = 16

# linux/landlock.h; the numbers of the calls are the same on all architectures.
LEAST_ABI = 6
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
RULESET_VERSION = 1
PATH_BENEATH = 1
EVERY_FILE_RIGHT = (1 << 16) - 1
# Execute, write, read, truncate and ioctl: the others are a folder's.
RIGHTS_OF_A_FILE = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15
TO_BIND_AND_CONNECT_TCP = 1 << 0 | 1 << 1
ABSTRACT_SOCKETS_AND_SIGNALS = 1 << 0 | 1 << 1

# linux/prctl.h
SET_PDEATHSIG, SET_SECCOMP, SET_CHILD_SUBREAPER, SET_NO_NEW_PRIVS = 1, 22, 36, 38
FILTER_MODE = 2
SIGKILL = 9

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


class FilterProgram(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def checked(result, what):
    if result < 0:
        raise OSError(ctypes.get_errno(), "%s: %s" % (what, os.strerror(ctypes.get_errno())))
    return result


def prctl(option, *values):
    arguments = [ctypes.c_ulong(value) if isinstance(value, int) else value for value in values]
    missing = [ctypes.c_ulong(0)] * (4 - len(arguments))
    checked(libc.prctl(option, *arguments, *missing), "prctl %d" % option)


def landlock_abi():
    return max(0, libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint(RULESET_VERSION)))


def new_ruleset():
    handled = (ctypes.c_uint64 * 3)(EVERY_FILE_RIGHT, TO_BIND_AND_CONNECT_TCP, ABSTRACT_SOCKETS_AND_SIGNALS)
    size = ctypes.c_size_t(ctypes.sizeof(handled))
    return checked(libc.syscall(CREATE_RULESET, ctypes.byref(handled), size, ctypes.c_uint(0)), "Landlock")


def allow(ruleset, rights, path):
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    if not os.path.isdir(path):
        rights &= RIGHTS_OF_A_FILE
    rule = rights.to_bytes(8, sys.byteorder) + place.to_bytes(4, sys.byteorder)
    checked(libc.syscall(ADD_RULE, ruleset, PATH_BENEATH, rule, ctypes.c_uint(0)), "Landlock, %s" % path)
    os.close(place)


def listen(path):
    import _socket

    listener = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen(BACKLOG)
    return listener.detach()


def told():
    with open(TOLD, "rb") as stream:
        parent, adopts, listener, instructions, *rules = stream.read().decode("utf-8", "surrogateescape").split("\0")
        socket = listen(listener) if listener else None
    if socket is not None and socket != LISTENER:
        os.dup2(socket, LISTENER)
        os.close(socket)
    elif socket is not None:
        os.set_inheritable(LISTENER, True)
    return int(parent), adopts == "1", bytes.fromhex(instructions), [rule.split(" ", 1) for rule in rules]


def confine():
    parent, adopts, instructions, rules = told()
    abi = landlock_abi()
    if abi < LEAST_ABI:
        raise OSError("Linux 6.12 or later with Landlock is needed (ABI %d); this kernel has %d" % (LEAST_ABI, abi))
    prctl(SET_PDEATHSIG, SIGKILL)
    # It may have ended before it was asked to be told of.
    if os.getppid() != parent:
        raise OSError("whoever started this is gone")
    prctl(SET_CHILD_SUBREAPER, int(adopts))
    ruleset = new_ruleset()
    for rights, path in rules:
        allow(ruleset, int(rights), path)
    prctl(SET_NO_NEW_PRIVS, 1)
    checked(libc.syscall(RESTRICT_SELF, ruleset, ctypes.c_uint(0)), "Landlock")
    os.close(ruleset)
    prctl(SET_SECCOMP, FILTER_MODE, ctypes.byref(FilterProgram(len(instructions) // 8, instructions)))


try:
    confine()
    os.execv(sys.argv[1], sys.argv[1:])
except OSError as error:
    sys.exit("%s: %s" % (error.strerror or error, error.filename) if error.filename else str(error.strerror or error))
