"""The order of the suite: the fast tests first, then those in a browser, then the slow ones."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def duration(item: pytest.Item) -> int:
        return 2 if item.get_closest_marker("slow") else 1 if item.get_closest_marker("browser") else 0

    items.sort(key=duration)
