"""The one tree of exceptions.

Every message says what was wrong, where, and what to do. The command line prints it as it stands; the page shows it
in words of its own. Nothing else is raised across a seam.
"""


class FundstelleError(Exception):
    """The root of the tree: what a user can be told about and can mend."""


class UnreadableError(FundstelleError):
    """A file, or one article of it, that cannot be read; the others go on without it."""


class NothingToReadError(FundstelleError):
    """A path that does not exist, or a folder that holds no articles."""


class SettingsError(FundstelleError):
    """A mistake in `fundstelle.toml` or in a table of rules."""


class IndexFolderError(FundstelleError):
    """An index folder that is missing, not ours, of another version, or damaged."""


class IndexBusyError(FundstelleError):
    """Another run is writing the same index."""


class WorkerError(FundstelleError):
    """A process of a run that ended before its work was done."""


class RequestError(FundstelleError):
    """A search request that cannot be understood: an impossible date, an unknown sort, a page below 1."""
