"""The commands of whoever looks after the seals of the audit."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from attested.commands.naming import meant
from attested.commands.opening import with_database
from attested.commands.telling import AsJson, console, document
from attested.local import Addresses
from foundation.audit import Actor
from foundation.clock import today
from foundation.sealing.actions import begin_era, rotate
from foundation.sealing.facts import keys
from foundation.sealing.keeping import seal_all
from foundation.sealing.kept import heads_file
from foundation.sealing.keys import SigningKey, key_file, signing_key
from foundation.settings import settings
from foundation.wording import as_count

seal = typer.Typer(help="Seal the audit, and look after the key that signs its heads.", no_args_is_help=True)


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many heads were added to the file outside the database, and which file that is."""

    heads: int
    file: str


@dataclass(frozen=True, slots=True)
class Rotated:
    """The key that signs from a head on, and the file that holds it."""

    key_id: str
    from_seal: int
    file: str


@dataclass(frozen=True, slots=True)
class Era:
    """The era in which the audit goes on."""

    era: int


NewKeyFile = Annotated[
    Path | None,
    typer.Option(
        help="The file for the new key, where SEAL_KEY_FILE names the old one; made if it is not there."
    ),
]


@seal.command()
def now(*, as_json: AsJson = False) -> None:
    """Seal what has been written since the last head, without waiting for a worker."""

    async def work(_addresses: Addresses) -> Sealed:
        return Sealed(await seal_all(key_file(), heads_file()), str(heads_file()))

    done = with_database(work)
    if as_json:
        document(done)
    else:
        console.print(
            f"{as_count(done.heads, 'head')} added to {done.file}.", markup=False, highlight=False, soft_wrap=True
        )  # fmt: skip


@seal.command("rotate")
def rotate_(
    *,
    by: Annotated[str, typer.Option(help="Who does it: a national identifier, or NUMBER@FORCE.")],
    approved_by: Annotated[str, typer.Option(help="Who agrees: a second person.")],
    to: NewKeyFile = None,
    as_json: AsJson = False,
) -> None:
    """Have a new key sign the heads of the audit from now on; the old one goes on checking the heads it signed.

    Two named people do it together. Where no SEAL_KEY_FILE is set the new key takes the old one's place on this machine.
    """
    if (to is None) == (settings().seal_key_file is not None):
        raise typer.BadParameter(
            "name the new key's file where SEAL_KEY_FILE is set, and only there", param_hint="--to"
        )

    async def work(_addresses: Addresses) -> Rotated:
        day = today()
        does, agrees = await meant(by, day), await meant(approved_by, day)
        return await _rotate(Actor(does.id, does.name), agrees.id, to)

    done = with_database(work)
    if as_json:
        document(done)
        return
    console.print(
        f"Key {done.key_id} signs from head {done.from_seal} on.", f"It is in {done.file}.",
        markup=False, highlight=False, soft_wrap=True,
    )  # fmt: skip
    if to is not None:
        console.print("Now let SEAL_KEY_FILE name it for every worker, and destroy the old key.")


@seal.command("new-era")
def new_era(*, as_json: AsJson = False) -> None:
    """Go on sealing after the database was restored from a dump, where transactions are numbered anew."""

    async def work(_addresses: Addresses) -> Era:
        return Era(await begin_era(actor=Actor.system("command line")))

    done = with_database(work)
    if as_json:
        document(done)
    else:
        console.print(f"The audit goes on in era {done.era}.")


async def _rotate(actor: Actor, approved_by: int, to: Path | None) -> Rotated:
    """Rotate, and put the new key in the old one's place; a rotation that died before that is finished first."""
    current = key_file()
    following = to or current.with_name(f"{current.name}.next")
    old, new = signing_key(current), signing_key(following)
    known = await keys()
    if not known or known[-1].id != new.id:
        known = [*known, await rotate(actor=actor, approved_by=approved_by, old=old, new=new)]
    if to is None:
        following.replace(current)
    return _told(new, known[-1].from_seal, to or current)


def _told(key: SigningKey, from_seal: int, file: Path) -> Rotated:
    return Rotated(key.id, from_seal, str(file))
