"""Lets callers in to what the package serves on a port of its sandbox's own, which nothing else reaches.

Some connections are kept to spare on a socket of the platform's. A byte on one of them means that a caller has come: it is
joined with the port, or told that nothing listens there.
"""

import _socket
import time

from .network import pump, thread

SPARES = 4
CONNECTED, REFUSED = b"\1", b"\2"
AGAIN_SECONDS = 1


def let_in(settings):
    for _ in range(SPARES):
        thread(keep_spare, settings)


def keep_spare(settings):
    while True:
        caller = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            caller.connect(settings["path"])
            called = caller.recv(1)
        except OSError:
            called = b""
        if called:
            # What comes next finds another one to spare.
            thread(take_in, caller, settings["port"])
        else:
            caller.close()
            time.sleep(AGAIN_SECONDS)


def take_in(caller, port):
    served = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
    try:
        served.connect(("127.0.0.1", port))
    except OSError:
        served.close()
        return answer(caller, REFUSED)
    if answer(caller, CONNECTED):
        back = thread_of_pump(served, caller)
        pump(caller, served)
        back.acquire()
    served.close()
    caller.close()


def answer(caller, byte):
    try:
        caller.sendall(byte)
    except OSError:
        return False
    if byte == REFUSED:
        caller.close()
    return True


def thread_of_pump(source, target):
    """A lock that can be taken once the thread has ended."""
    import _thread

    over = _thread.allocate_lock()
    over.acquire()

    def run():
        try:
            pump(source, target)
        finally:
            over.release()

    thread(run)
    return over
