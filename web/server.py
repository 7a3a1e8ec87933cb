"""Serving in earnest: an index folder and a listening socket in, answers out, from this process or from several.

Several processes take turns at one socket. They map the same files, so what they hold of the index is there once.
"""

import logging
import os
import signal
import socket
import sys
import threading
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import waitress

from search import SynonymSettings
from web.app import create_app

_THREADS = 8


def serve(index_dir: Path, synonyms: SynonymSettings | None, listener: socket.socket, workers: int) -> None:
    """Answer requests until the process is told to end, or one of its workers has ended."""
    if workers == 1:
        _serve(index_dir, synonyms, listener)
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the block below ends the others
    context = get_context("spawn")
    processes = [context.Process(target=_work, args=(index_dir, synonyms, listener)) for _ in range(workers)]
    try:
        for process in processes:
            process.start()
        wait([process.sentinel for process in processes])
    finally:
        for process in processes:
            if process.pid:
                process.terminate()
                process.join()


def _work(index_dir: Path, synonyms: SynonymSettings | None, listener: socket.socket) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the first process, which ends this one
    threading.Thread(target=_end_with, args=(parent_process(),), daemon=True).start()
    _serve(index_dir, synonyms, listener)


def _end_with(parent: Any) -> None:
    """End this process as soon as the first one is gone, however it went."""
    parent.join()
    os._exit(1)


def _serve(index_dir: Path, synonyms: SynonymSettings | None, listener: socket.socket) -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that a request waits for a thread is no news
    waitress.serve(create_app(index_dir, synonyms), sockets=[listener], threads=_THREADS, _quiet=True)
