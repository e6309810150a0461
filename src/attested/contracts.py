"""What does each command print with `--json`? `python -m attested.contracts` writes it down as JSON Schema."""

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec

from access.openid.facts import Client
from attested.commands.answering import Answer
from attested.commands.client import Clients
from attested.commands.grant import Granting
from attested.commands.link import Linked
from attested.commands.policy_telling import Checked
from attested.commands.seal import Era, Rotated, Sealed
from attested.commands.telling import Started
from attested.commands.verify import Verification
from attested.commands.what_if import WorkedOut
from attested.seeding.actions import Seeded
from foundation.intake.facts import Report
from foundation.migrate import Migrated
from licence.projection.sweep import Swept
from passport.policy.actions import Loaded
from passport.policy.facts import ForceSetting, Version
from passport.policy.schemas import PoliciesOut, PolicyOut

DOCUMENTS: Mapping[str, type] = {
    "client end": Clients,
    "client list": Clients,
    "client register": Client,
    "decide": Answer,
    "grant": Granting,
    "import": Report,
    "link": Linked,
    "migrate": Migrated,
    "policy approve": Version,
    "policy check": Checked,
    "policy end-override": ForceSetting,
    "policy list": PoliciesOut,
    "policy load": Loaded,
    "policy override": ForceSetting,
    "policy set-up": Loaded,
    "policy show": PolicyOut,
    "policy what-if": WorkedOut,
    "policy withdraw": Version,
    "run": Started,
    "seal new-era": Era,
    "seal now": Sealed,
    "seal rotate": Rotated,
    "seed": Seeded,
    "sweep": Swept,
    "verify": Verification,
    "web": Started,
    "worker": Started,
}
"""One document each; a command that keeps running prints its own when it has started."""

WRITTEN = Path(__file__).parents[2] / "docs" / "command-line.json"


def schema() -> str:
    """Return the JSON Schema of every document, by command."""
    schemas, components = msgspec.json.schema_components(DOCUMENTS.values(), ref_template="#/$defs/{name}")
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What each command of attested prints with --json",
        "properties": dict(zip(DOCUMENTS, schemas, strict=True)),
        "$defs": components,
    }
    return json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    WRITTEN.write_text(schema(), "utf-8")
