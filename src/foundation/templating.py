"""How do our templates become Python that writes a page quickly?"""

from typing import Any

from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]


def written(value: object) -> str:
    """Return a value as a page has it: escaped, unless it is safe already.

    It is what `escape` returns, but that a word is not wrapped as safe again: a page writes hundreds of them. Nothing
    that a number is written with has to be escaped.
    """
    if type(value) is str:
        return _escape_inner(value)
    if type(value) is Markup:
        return value
    return str(value) if type(value) is int or type(value) is float else escape(value)


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


class QuickContext(Context):
    """Calls a macro without asking first what it is: most of what a page calls are macros."""

    def call(self, called: Any, /, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        """Call what a template calls."""
        if type(called) is not Macro:
            return super().call(called, *args, **options)
        options.pop("_block_vars", None)
        options.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **options)


class QuickTemplate(Template):
    """A template whose macros are made once: all of an environment's templates know the same globals."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002 - what differs there is no macro's
        return super()._get_default_module()
