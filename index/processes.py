"""New processes, for work that is done beside other work.

They end with the process that started them, however that ends.
"""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.context import BaseContext
from typing import Any

from index.open_files import allow_many

_FORKED = "forkserver"


def context(module: str) -> BaseContext:
    """How processes are started that work with `module`, for a pool or for one alone.

    Where the system can, they are forked from a server that has imported it once; nothing else of the caller is in
    them. Elsewhere each imports it for itself.
    """
    if _FORKED not in get_all_start_methods():
        return get_context("spawn")
    forked = get_context(_FORKED)
    forked.set_forkserver_preload([module])
    return forked


def prepare(module: str) -> None:
    """Have the server, where there is one, import `module` while the caller goes on: processes then start sooner."""
    if context(module).get_start_method() == _FORKED:
        import_module("multiprocessing.forkserver").ensure_running()


def pool(
    jobs: int, module: str, start: Callable[..., None] | None = None, *arguments: Any, forked: bool = False
) -> ProcessPoolExecutor:
    """So many processes that work with `module`; each begins by calling `start` with the arguments.

    Who has no threads at work, and little memory of its own, may have them `forked` from itself where the system can:
    they begin with all that it has found out already.
    """
    is_safe = forked and "fork" in get_all_start_methods() and sys.platform != "darwin"
    return ProcessPoolExecutor(jobs, get_context("fork") if is_safe else context(module), _start, (start, arguments))


def _start(start: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    end_with_parent()
    allow_many()
    if start:
        start(*arguments)


def end_with_parent() -> None:
    """See that this process ends when the one that started it is gone: what is left to do is for nobody then."""
    threading.Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
