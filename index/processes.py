"""New processes, for work that is done beside other work."""

from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext

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
