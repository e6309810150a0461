"""The command `attested`: everything an operator does, for people and, with --json, for programs."""

import sys

import typer
from pydantic import ValidationError

from attested.commands import (
    client,
    decide,
    grant,
    import_,
    link,
    migrate,
    policy,
    run,
    seal,
    seed,
    sweep,
    verify,
    web,
    worker,
)
from attested.commands.telling import refuse
from attested.local import CannotStartError
from foundation.problems import Problem

app = typer.Typer(
    name="attested",
    help="Professional passport and licence to practise for policing: may this officer practise today, and why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(run.run)
app.command()(migrate.migrate)
app.command()(seed.seed)
app.command("import")(import_.import_)
app.command()(sweep.sweep)
app.command()(decide.decide)
app.command()(verify.verify)
app.command()(grant.grant)
app.command()(link.link)
app.add_typer(client.client, name="client")
app.add_typer(policy.policy, name="policy")
app.add_typer(seal.seal, name="seal")
app.command()(web.web)
app.command()(worker.worker)


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
