"""Does the rule depend on its arguments alone? The accident: a decision that differs with the machine or the hour."""

import sys

import pytest

from tests.house.tree import Module, imports, modules

WORLDLY = {
    "asyncio", "contextvars", "ctypes", "http", "io", "logging", "multiprocessing", "os", "pathlib", "platform",
    "random", "secrets", "select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "tempfile",
    "threading", "time", "urllib", "uuid",
}  # fmt: skip
# A kind of value that is pure, imported by itself from beside functions that are not.
PURE_OF_IT = {"uuid": {"uuid", "uuid.UUID"}}
HOUR_OF_THE_DAY = {"now", "today", "utcnow"}
BY_NAME = {module.name: module for module in modules()}
RULES = [module for module in modules() if module.shelf == "rules"]


def ours(name: str) -> bool:
    return name.partition(".")[0] in {module.name.partition(".")[0] for module in modules()}


def leans_on(module: Module) -> dict[str, Module]:
    """Follow a module's imports through our own code, itself included."""
    reached: dict[str, Module] = {}
    waiting = [module]
    while waiting:
        current = waiting.pop()
        if current.name not in reached:
            reached[current.name] = current
            waiting += [BY_NAME[name] for name in imports(current) if name in BY_NAME]
    return reached


def worldly(module: Module, outside: set[str]) -> set[str]:
    """Name what a module imports of the world."""
    return {
        top
        for top in outside & WORLDLY
        if {name for name in imports(module) if name.partition(".")[0] == top} != PURE_OF_IT.get(top)
    }


@pytest.mark.parametrize("rules", RULES, ids=lambda module: module.name)
def test_a_rule_leans_on_nothing_but_the_standard_library_and_other_pure_modules(rules: Module) -> None:
    for module in leans_on(rules).values():
        outside = {name.partition(".")[0] for name in imports(module) if not ours(name)}
        assert outside <= sys.stdlib_module_names, (
            f"{rules.name} reaches {module.name}, which needs a library"
        )
        assert not worldly(module, outside), f"{rules.name} reaches {module.name}, which can see the world"


@pytest.mark.parametrize("rules", RULES, ids=lambda module: module.name)
def test_a_rule_never_asks_what_day_it_is(rules: Module) -> None:
    for module in leans_on(rules).values():
        source = module.path.read_text(encoding="utf-8")
        asked = [word for word in HOUR_OF_THE_DAY if f".{word}(" in source]
        assert not asked, f"{rules.name} reaches {module.name}, which asks the clock"


def test_there_are_rules_to_test() -> None:
    assert RULES
