"""How do our templates become Python that writes a page quickly?"""

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]


def written(value: object) -> str:
    """Return a value as a page has it: escaped, unless it is safe already.

    It is what `escape` returns, but that a word is not wrapped as safe again: a page writes hundreds of them.
    """
    if isinstance(value, Markup):
        return value
    return _escape_inner(value) if type(value) is str else escape(value)


class QuickGenerator(CodeGenerator):
    """Writes the Python that Jinja writes, but that what a template shows goes through `written`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Let the module know our function."""
        self.writeline(f"from {__name__} import {written.__name__}")
        super().visit_Template(node, frame)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"{written.__name__}(")
