"""One real index and one real application for the tests of the page."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.sample import make_index
from web import create_app


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("web"))


@pytest.fixture(scope="session")
def app(index_dir: Path) -> Flask:
    return create_app(index_dir)


@pytest.fixture(scope="session")
def client(app: Flask) -> FlaskClient:
    return app.test_client()
