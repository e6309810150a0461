"""Does a broken mapping say on which line the fault is, and what?"""

from collections.abc import Callable

import pytest

from foundation.intake.errors import MappingError
from foundation.intake.mapping import MAPPINGS, Source, read_source
from passport.learning.mapping import learning_mapping
from people.extracts.mapping import hr_mapping

SHIPPED = (
    (MAPPINGS / "avon-and-somerset.toml")
    .read_text(encoding="utf-8")
    .replace("[hr]\n", '[hr]\nname_order = "family, given"\nencoding = "cp1252"\n', 1)
)


def line_number(text: str, start: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith(start))


@pytest.mark.parametrize(
    ("old", "new", "read", "words"),
    [
        ('"Officer" = "officer"', '"Officer" = "oficer"', hr_mapping, "“oficer” is not known here; is it “officer”?"),
        ('"Insp" = "inspector"', '"Insp" = "inspektor"', hr_mapping, "is it “inspector”?"),
        ('"Maternity" = "parental"', '"Maternity" = "leave"', hr_mapping, "“leave” is not known here"),
        ('collar = "Collar No"', 'colar = "Collar No"', hr_mapping, "is it “collar”?"),
        ('date_order = "day first"', 'date_order = "backwards"', hr_mapping, "backwards"),
        ('"Custody" = ["custody"]', '"Custody" = "custody"', hr_mapping, "Expected `array`"),
        ('name_order = "family, given"', 'name_order = "by heart"', hr_mapping, "“by heart” is not known here"),
        ('encoding = "cp1252"', 'encoding = "cp99"', hr_mapping, "there is no encoding “cp99”"),
        ('rank = "Rank/Grade"', 'rank = "Rank/Grade', hr_mapping, "line"),
        ('hours = "hours and minutes, or a decimal"', 'hours = "days"', learning_mapping, "“days” is not known here"),
        ('completed = ["Complete"', 'complete = ["Complete"', learning_mapping, "complete"),
        ('"PPST-A" = "PPST"', '"PPST-A" = 7', learning_mapping, "Expected `str`"),
    ],
)  # fmt: skip
def test_the_line_and_the_fault_are_named(
    old: str, new: str, read: Callable[[Source], object], words: str
) -> None:
    broken = SHIPPED.replace(old, new, 1)
    assert broken != SHIPPED
    with pytest.raises(MappingError) as refusal:
        read(Source("broken.toml", broken))
    assert words in str(refusal.value)
    named = int(str(refusal.value).partition("line ")[2].partition(":")[0])
    at = line_number(broken, new)
    # A fault among a table's values is told by its table where the reader does not say which value.
    inside = max(n for n, line in enumerate(broken.splitlines()[:at], 1) if line.startswith("["))
    assert named in {at, inside}, str(refusal.value)


def test_a_column_that_must_be_named_is_missed() -> None:
    with pytest.raises(MappingError, match="no column is named for “payroll”"):
        hr_mapping(Source("broken.toml", SHIPPED.replace('payroll = "Payroll No"', "", 1)))


def test_a_force_without_a_mapping_is_told_how_to_write_one() -> None:
    with pytest.raises(MappingError, match=r"no mapping nowhere.toml: docs/mappings.md"):
        read_source("nowhere")


def test_every_mapping_that_ships_can_be_used() -> None:
    for path in MAPPINGS.glob("*.toml"):
        source = read_source(path.stem)
        assert hr_mapping(source).columns
        assert learning_mapping(source).columns
