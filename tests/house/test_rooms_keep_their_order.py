"""Does every room keep the order screens, actions, facts, rules? The accident: a fact that calls a page."""

import pytest

from tests.house.tree import Module, imports, modules

ORDER = {
    "endpoints": 4, "pages": 4, "jobs": 4,
    "actions": 3,
    "facts": 2, "tables": 2,
    "rules": 1,
}  # fmt: skip
SCREENS = {"endpoints", "pages", "jobs"}
# A room stands on a floor: what lies on the floor itself, such as foundation.pages, is nobody's screen.
PLACED = [module for module in modules() if module.shelf in ORDER and module.name.count(".") > 1]


def imported_shelves(module: Module) -> set[str]:
    """Name the placed modules of any room that a module imports."""
    placed = {other.name for other in PLACED}
    return {name for name in imports(module) if name in placed and name != module.name}


@pytest.mark.parametrize("module", PLACED, ids=lambda module: module.name)
def test_an_arrow_points_down_only(module: Module) -> None:
    floor = ORDER[module.shelf]
    upwards = [name for name in imported_shelves(module) if ORDER[name.rpartition(".")[2]] > floor]
    assert upwards == []


@pytest.mark.parametrize("module", PLACED, ids=lambda module: module.name)
def test_screens_do_not_call_screens_nor_actions_actions(module: Module) -> None:
    """One action is one transaction and one audit event; two screens share an action, not each other."""
    peers = SCREENS if module.shelf in SCREENS else {"actions"} if module.shelf == "actions" else set()
    assert [name for name in imported_shelves(module) if name.rpartition(".")[2] in peers] == []
