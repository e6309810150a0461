"""The command `attested`: everything an operator does, for people and, with --json, for programs."""

import keyword
import sys
from importlib import import_module

import typer
from pydantic import ValidationError
from typer._click import Command, Context  # the signatures of a group; Typer carries its own click
from typer.core import TyperGroup

from attested.commands.telling import refuse
from attested.local import CannotStartError
from foundation.problems import Problem

COMMANDS = (
    "run", "migrate", "seed", "import", "sweep", "decide", "verify", "grant", "link", "client", "policy", "seal",
    "web", "worker",
)  # fmt: skip


class OnDemand(TyperGroup):
    """The commands, each imported only when it is asked for: together they take longer than most have to do."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - Typer's signature
        """Name them in the order in which an operator meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Find one in the module of its name: a function, or a group of its own."""
        if cmd_name not in COMMANDS:
            self.commands = {name: command for name in COMMANDS if (command := self.get_command(ctx, name))}
            return None  # Typer proposes the nearest of those it has
        own_name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        found = getattr(import_module(f"attested.commands.{own_name}"), own_name)
        around = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        if isinstance(found, typer.Typer):
            around.add_typer(found, name=cmd_name)
        else:
            around.command(cmd_name)(found)
        return typer.main.get_group(around).get_command(ctx, cmd_name)


app = typer.Typer(name="attested", cls=OnDemand, add_completion=False, pretty_exceptions_enable=False)


@app.callback(no_args_is_help=True)
def attested() -> None:
    """Professional passport and licence to practise for policing: may this officer practise today, and why."""


def main() -> None:
    """Run a command; a problem a person can understand is told in one line, without a trace."""
    try:
        app()
    except (Problem, CannotStartError) as problem:
        refuse(str(problem), as_json="--json" in sys.argv)
        raise SystemExit(1) from problem
    except ValidationError as wrong:  # only settings are checked by pydantic
        refuse(_settings_wrong(wrong), as_json="--json" in sys.argv)
        raise SystemExit(1) from wrong


def _settings_wrong(wrong: ValidationError) -> str:
    """Name each setting and what is wrong with it, never the value: it may be a secret."""
    return "; ".join(f"{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in wrong.errors())


if __name__ == "__main__":
    main()
