"""Serving in earnest: an index folder and a listening socket in, answers out, from this process or from several.

Several processes take connections from one socket, as many each. They map the same files, so what they hold of the
index is there once.
"""

import gc
import logging
import os
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import MutableSequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import waitress
from flask import Flask

from index.errors import FundstelleError
from index.folder import IndexFolder
from index.model import KINDS
from index.processes import end_with_parent
from search import SynonymSettings
from web.app import create_app
from web.turns import OneByOne

_THREADS = 4
"""Threads of a process that answer. They take turns on one core: the more there are, the later each is done; but one
alone would let everybody wait for a table of all hits."""

_NOT_YET = 2**31 - 1
"""As many connections as no process has: it is not ready to take any."""

_PAUSE, _PATIENCE = 0.0005, 20
"""How many seconds a process leaves a connection to the others, and how often, before it takes it itself."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What each process needs to know: whose pages, the user's synonyms, how many bytes of answers to remember."""

    index_dir: Path
    synonyms: SynonymSettings | None
    remembered: int
    start: str = field(default_factory=lambda: secrets.token_hex(8))


def serve(serving: Serving, listener: socket.socket, workers: int) -> None:
    """Answer requests until the process is told to end, or one of its workers has ended; it is the first of them."""
    if workers == 1:
        _serve(serving, listener, [0], 0)
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the block below ends the others
    context = get_context("spawn")
    connections = context.Array("i", [_NOT_YET] * workers, lock=False)
    processes = [context.Process(target=_work, args=(serving, listener, connections, n)) for n in range(1, workers)]
    try:
        for process in processes:
            process.start()
        threading.Thread(target=_end_after, args=([process.sentinel for process in processes],), daemon=True).start()
        _serve(serving, listener, connections, 0)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the first to end would have this one end before the others do
        for process in processes:
            if process.pid:
                process.terminate()
                process.join()


def _work(serving: Serving, listener: socket.socket, connections: MutableSequence[int], number: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the first process, which ends this one
    end_with_parent()
    _serve(serving, listener, connections, number)


def _end_after(sentinels: list[int]) -> None:
    """End this process in order as soon as one of those it has started is gone."""
    wait(sentinels)
    os.kill(os.getpid(), signal.SIGTERM)


def _serve(serving: Serving, listener: socket.socket, connections: MutableSequence[int], number: int) -> None:
    """Serve as the process of a number, among those whose open connections are counted in `connections`."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that a request waits for a thread is no news
    application = create_app(serving.index_dir, serving.synonyms, serving.remembered, serving.start)
    with suppress(FundstelleError):  # without an index the pages say what to do
        IndexFolder(serving.index_dir).require_current()
        _warm(application)
    in_turn = OneByOne(application, (f"{application.static_url_path}/", "/api/search.csv", "/api/suggest"))
    # A large index has over a thousand files open, and numbers as high as that are beyond what `select` can take.
    server = waitress.create_server(in_turn, sockets=[listener], threads=_THREADS, asyncore_use_poll=True)
    if len(connections) > 1:
        _take_turns(server, connections, number)
    server.run()


def _take_turns(server: Any, connections: MutableSequence[int], number: int) -> None:
    """Have the server take a new connection only where no other process has fewer, or the others let it wait.

    All are told of a new connection, and whoever is up takes it; a browser, or a proxy, then keeps it for many pages.
    """
    accept = server.handle_accept
    refused = 0

    def handle_accept() -> None:
        nonlocal refused
        connections[number] = len(server.active_channels)
        if connections[number] > min(connections) and refused < _PATIENCE:
            refused += 1
            time.sleep(_PAUSE)
            return
        refused = 0
        accept()
        connections[number] = len(server.active_channels)

    connections[number] = 0
    server.handle_accept = handle_accept


def _warm(application: Flask) -> None:
    """Open the index and compile the templates before the first reader waits for it.

    What there is then stays: the collector of garbage need not walk over it again and again.
    """
    client = application.test_client()
    for kind in KINDS:
        client.get("/", query_string={"kind": kind})
    gc.collect()
    gc.freeze()
