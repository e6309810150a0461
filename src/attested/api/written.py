"""What does the API's document say today? `python -m attested.api.written` writes it down, for review and for readers."""

import json
from pathlib import Path

from attested.app import create_litestar

WRITTEN = Path(__file__).parents[3] / "docs" / "openapi.json"


def document() -> str:
    """Return the document as it is served, in an order of its own."""
    return (
        json.dumps(create_litestar().openapi_schema.to_schema(), indent=1, ensure_ascii=False, sort_keys=True)
        + "\n"
    )


if __name__ == "__main__":
    WRITTEN.write_text(document(), "utf-8")
