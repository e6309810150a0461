"""The accident: an operator cannot find out what a setting does, or that it exists."""

from attested.environment import example
from foundation.settings import Settings
from tests.house.tree import ROOT


def test_every_setting_says_what_it_means() -> None:
    assert [
        name for name, field in Settings.model_fields.items() if not (field.description or "").endswith(".")
    ] == []


def test_the_example_file_is_the_settings_own() -> None:
    # python -m attested.environment > .env.example
    assert (ROOT / ".env.example").read_text("utf-8") == example()
