"""How many files a process may hold open: each one that is mapped counts, and a large archive has over a thousand."""

from contextlib import suppress

_ENOUGH = 10_240
"""So many are asked for where the system says that there is no limit, but refuses to give none, as macOS does."""


def allow_many() -> None:
    """Let this process hold as many files open as the system allows; often it is given a quarter of that, or less."""
    with suppress(ImportError):
        import resource  # not on Windows

        least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        for wanted in (most, _ENOUGH):
            with suppress(ValueError, OSError):
                if least != most and (wanted == most or 0 <= least < wanted):
                    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
                return
