"""Do we ask for what we import? The accident: a library that came along with another, and one day does not."""

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT, Module, imports, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TO_RUN = {Requirement(line).name for line in PROJECT["project"]["dependencies"]}
TO_TEST = TO_RUN | {Requirement(line).name for line in PROJECT["dependency-groups"]["dev"]}
GIVEN_BY = packages_distributions()


def undeclared(module: Module, declared: set[str]) -> set[str]:
    """Name the libraries a module imports that no line of pyproject.toml asks for."""
    tops = {name.partition(".")[0] for name in imports(module)} - sys.stdlib_module_names
    libraries = {top: {canonicalize_name(name) for name in GIVEN_BY[top]} for top in tops if top in GIVEN_BY}
    known = {canonicalize_name(name) for name in declared} | {PROJECT["project"]["name"]}
    return {top for top, givers in libraries.items() if not givers & known}


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_what_runs_imports_only_what_it_asks_for(module: Module) -> None:
    assert undeclared(module, TO_RUN) == set()


def test_what_tests_imports_only_what_it_asks_for() -> None:
    tests = (
        path
        for folder in ("tests", "scripts", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
    )
    parsed = [
        Module(str(path.relative_to(ROOT)), path, ast.parse(path.read_text(encoding="utf-8")))
        for path in tests
    ]
    assert {module.name: found for module in parsed if (found := undeclared(module, TO_TEST))} == {}
