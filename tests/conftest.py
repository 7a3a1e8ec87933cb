"""The order of the suite: the fast tests first, then those in a browser, then the slow ones. No example has a deadline:
the first one may load tables, and a machine may have other things to do.
"""

import pytest
from hypothesis import settings

settings.register_profile("fundstelle", deadline=None)
settings.load_profile("fundstelle")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def duration(item: pytest.Item) -> int:
        return 2 if item.get_closest_marker("slow") else 1 if item.get_closest_marker("browser") else 0

    items.sort(key=duration)
