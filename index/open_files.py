"""How many files a process may hold open: each one that is mapped counts, and a large archive has over a thousand."""

from contextlib import suppress

_MACOS = 10_240
"""More than this macOS refuses, whatever it says is the most."""


def allow_many() -> None:
    """Let this process hold as many files open as the system allows; often it is given a quarter of that, or less."""
    with suppress(ImportError):
        import resource  # not on Windows

        least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        for wanted in (most, _MACOS):
            with suppress(ValueError, OSError):
                if least != most:
                    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
                return
