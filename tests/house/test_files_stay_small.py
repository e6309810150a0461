"""Can each file and function be read in one sitting? The accident: a module nobody dares to touch."""

import ast

import pytest

from tests.house.tree import Module, modules

LINES_IN_A_FILE = 300
LINES_IN_A_FUNCTION = 30
PARAMETERS_BY_POSITION = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(module: Module) -> list[Function]:
    return [
        node for node in ast.walk(module.syntax) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def length(function: Function) -> int:
    """Count the lines of a function, its docstring apart: words that explain are not what makes it long."""
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    words = (first.end_lineno or first.lineno) - first.lineno + 1 if is_docstring else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - words


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_a_module_stays_readable(module: Module) -> None:
    assert len(module.path.read_text(encoding="utf-8").splitlines()) <= LINES_IN_A_FILE
    assert [
        f"{f.name} has {length(f)} lines" for f in functions(module) if length(f) > LINES_IN_A_FUNCTION
    ] == []
    crowded = [
        f.name for f in functions(module) if len(f.args.posonlyargs + f.args.args) > PARAMETERS_BY_POSITION
    ]
    assert crowded == [], "make the rest keyword-only"


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_a_module_says_what_question_it_answers(module: Module) -> None:
    assert ast.get_docstring(module.syntax), "its first line is a sentence saying what it is for"


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_a_module_is_named_for_what_it_holds(module: Module) -> None:
    assert not set(module.name.split(".")) & {
        "utils",
        "util",
        "helpers",
        "helper",
        "manager",
        "base",
        "common",
        "misc",
    }
