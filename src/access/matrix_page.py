"""How does whoever is recorded here read who may see what?"""

from litestar import get
from litestar.response import Template

from access.matrix import Stance, matrix
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from access.telling import parts, roles
from foundation.pages import page
from foundation.parts import Column

ROW_COLUMNS = tuple(map(Column, ("Who", "Sees", "Of whom")))
ROLE_COLUMNS = tuple(map(Column, ("Of what", "Sees", "Of whom")))
REACH_COLUMNS = tuple(map(Column, ("Relation", "In words", "Reaches")))


@get("/access", opt={"permission": Permission.ACCESS_READ}, include_in_schema=False)
async def who_may_see_what(request: PageRequest) -> Template:
    """Show the whole matrix, by kind of data and by role."""
    return page(
        "access/matrix.html",
        shell_for(request, "Who may see what"),
        parts=parts(),
        roles=[one for one in roles() if one.rows],
        reaches=matrix().reaches.values(),
        stances=list(Stance),
        row_columns=ROW_COLUMNS,
        role_columns=ROLE_COLUMNS,
        reach_columns=REACH_COLUMNS,
    )
