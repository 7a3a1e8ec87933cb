"""The layers hold: imports run one way, and Whoosh is spoken to in named places only."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

LAYERS = ("index", "search", "web", "fundstelle")
"""From the lowest to the highest; each may import itself and what is lower."""

PURE = {
    "index.annotate": {"index.annotate", "index.model", "index.errors"},
    "index.cleaning": {"index.cleaning", "index.annotate", "index.model", "index.errors"},
    "index.german": {"index.german", "index.model", "index.errors"},
    "index.readers": {"index.readers", "index.model", "index.errors"},
}
"""The packages that are pure parts: what of this project each may import."""

WHOOSH = {
    "index.codec.codec",
    "index.codec.matcher",
    "index.collections",
    "index.schema",
    "search.engine",
    "search.evaluate",
    "search.highlight",
    "search.matching",
    "search.parser",
    "search.quotes",
    "search.ranges",
    "search.scoring",
    "search.words",
}
"""The only modules that import Whoosh."""


COMES_WITH = {"werkzeug": "flask", "jinja2": "flask", "markupsafe": "flask"}
"""Packages that we import although another is declared, of which they are a part in all but name."""


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    """The dotted names of all modules that a file imports, wherever in it; for `from a import b` both a and a.b."""

    def names() -> Iterator[str]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: write imports in full"
                yield str(node.module)
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    return set(names())


def is_part(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


SOURCES = [ROOT / "fundstelle.py", *(p for layer in LAYERS[:-1] for p in sorted((ROOT / layer).rglob("*.py")))]
IMPORTS = {module_name(path): imported(path) for path in SOURCES if path.exists()}


@pytest.mark.parametrize("module", IMPORTS)
def test_imports_run_one_way(module: str) -> None:
    own = LAYERS.index(module.split(".")[0])
    higher = {name for name in IMPORTS[module] if any(is_part(name, layer) for layer in LAYERS[own + 1 :])}
    assert not higher


@pytest.mark.parametrize("module", [m for m in IMPORTS if any(is_part(m, package) for package in PURE)])
def test_a_pure_part_knows_none_of_its_callers(module: str) -> None:
    allowed = next(names for package, names in PURE.items() if is_part(module, package))
    ours = {name for name in IMPORTS[module] if any(is_part(name, layer) for layer in LAYERS)} - {"index"}
    strangers = {name for name in ours if not any(is_part(name, package) for package in allowed)}
    assert not strangers


def test_whoosh_is_imported_in_the_named_modules_only() -> None:
    assert {module for module, names in IMPORTS.items() if any(is_part(name, "whoosh") for name in names)} == WHOOSH


def test_every_package_is_whole() -> None:
    folders = {path.parent for path in SOURCES} - {ROOT}
    assert all((folder / "__init__.py").exists() for folder in folders)


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split("[<>=]", line)[0] for line in project["dependencies"]}
    tops = {name.split(".")[0] for names in IMPORTS.values() for name in names}
    foreign = tops - set(LAYERS) - sys.stdlib_module_names - {"compression"}  # from 3.14 on
    owners = packages_distributions()
    wanted = {distribution.lower() for name in foreign for distribution in owners[name]}
    assert {COMES_WITH.get(name, name) for name in wanted} == declared - {"pystemmer"}  # snowballstemmer imports that
