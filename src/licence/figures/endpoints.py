"""The national view for programs: the numbers that its page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from litestar import Controller, Response, get

from access.asking import ApiRequest, look_of
from access.limits import Limit
from access.permissions import Permission
from access.readings.looks import Opened, Way
from foundation.clock import today
from licence.figures.facts import COLUMNS
from licence.figures.reading import figures_for
from licence.figures.rules import Figures
from licence.figures.taking import taken_away
from licence.standing.decisions import Standing

READ = {"permission": Permission.FIGURES_READ}


@dataclass(frozen=True, slots=True)
class Figure:
    """How many hold a standing, to the nearest five; nothing where there are fewer than five."""

    standing: Standing
    people: int | None


@dataclass(frozen=True, slots=True)
class ForceFigure:
    """A force's figures: rounded, save for the force that you answer for. `total` is rounded for itself."""

    code: str
    name: str
    is_exact: bool
    figures: Sequence[Figure]
    total: int | None


@dataclass(frozen=True, slots=True)
class NationalFigures:
    """The figures of every force, and of all of them together; `on` is the day on which they were counted."""

    on: date
    forces: Sequence[ForceFigure]
    everyone: Sequence[Figure]
    total: int | None


class FigureEndpoints(Controller):
    """Numbers about forces, and nobody's name."""

    tags = ("National view",)

    @get("/figures", opt=READ, operation_id="figures", summary="Count every force’s licences")
    async def figures(self, request: ApiRequest) -> NationalFigures:
        """Count how many hold each standing, force by force; small numbers are hidden."""
        on = today()
        told = await figures_for(request.user, on=on)
        forces = [
            ForceFigure(one.code, one.name, one.is_exact, _figures(one.figures), one.figures.total)
            for one in told.forces
        ]
        return NationalFigures(on, forces, _figures(told.everyone), told.everyone.total)

    @get(
        "/figures.csv",
        opt={**READ, "limit": Limit.EXPORT},
        operation_id="exportFigures",
        summary="Take the figures away",
        media_type="text/csv",
    )
    async def export(self, request: ApiRequest) -> Response[str]:
        """Take the figures away as CSV, safe to open in a spreadsheet."""
        look = look_of(request, Opened.FIGURES_FILE, Way.FILE)
        return await taken_away(request.user, look, on=today())


def _figures(row: Figures) -> Sequence[Figure]:
    return [Figure(standing, people) for standing, people in zip(COLUMNS, row.people, strict=True)]
