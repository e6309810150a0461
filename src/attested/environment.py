"""What would an `.env` file hold, with every setting explained? `python -m attested.environment` prints it."""

from textwrap import wrap

from foundation.settings import Settings

WIDTH = 100
HEAD = (
    "# Every setting of Attested, with what holds when it is not set. Made from src/foundation/settings.py.\n"
)


def example() -> str:
    """Return the example file, in the order in which the settings are declared."""
    return HEAD + "".join(_lines(name) for name in Settings.model_fields)


def _lines(name: str) -> str:
    field = Settings.model_fields[name]
    explained = "\n".join(f"# {line}" for line in wrap(field.description or "", WIDTH))
    default = "" if field.default is None else str(field.default)
    return f"\n{explained}\n# {name.upper()}={default}\n"


if __name__ == "__main__":
    print(example(), end="")  # noqa: T201 - to be redirected into .env.example
