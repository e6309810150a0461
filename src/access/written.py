"""Who may see what, as a page of the documentation: `python -m access.written` writes it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from access.matrix import Route, Stance, matrix
from access.telling import Part, RoleTold, Row, Told, parts, roles

WRITTEN = Path(__file__).parents[2] / "docs" / "access.md"
ABOUT = """\
# Who may see what

Written from `src/access/matrix.toml` and `src/access/permission_map.py` by `python -m access.written`; the page
`/access` of the service shows the same to everyone recorded in it. Every row below is tested on every page and in every
answer to a program, with people who stand in each of the ways listed below to whoever asks.

Six things hold everywhere:

- **Whoever is not named sees nothing**, and cannot tell a record they may not see from one that does not exist: the
  answers are the same to the last header.
- **One role at a time.** Everyone sees their own record, and supervisors those they supervise today. Any further role is
  granted by somebody else, for a force or a unit, from a day to a day, and a person with several acts in one of them.
  While acting for health or vetting they are not a supervisor: what the roles see never adds up.
- **Nobody uses a granted role towards themselves, or towards whoever supervises them.**
- **Protected people** are found by their own unit, by those who supervise them and by themselves; by anybody else only
  when the glass is broken because a life is at risk.
- **Rights are read anew for every request.** Supervision ends on the day after the line, cover on the day after its
  last, and a role at once when it is taken away.
- **What leaves as a file is listed** with its filter and its hash, and more than 500 rows of a kind in 24 hours leave only
  once a second person has agreed. One's own data, and one person's passport on paper, are no exports.
"""


def document() -> str:
    """Return the page."""
    return "\n".join((ABOUT, *_relations(), *(line for part in parts() for line in _part(part)), *_by_role()))


def _relations() -> Iterator[str]:
    yield from ("## Whom a role reaches", "", "| relation | in words | reaches |", "|---|---|---|")
    for reach in matrix().reaches.values():
        who = ", ".join(stance for stance in Stance if stance in reach.reaches)
        yield f"| {reach.relation} | {reach.words} | {who or 'nobody'} |"
    yield ""


def _part(part: Part) -> Iterator[str]:
    yield from (f"## {part.title}", "")
    for one in part.kinds:
        yield from _kind(one)


def _kind(one: Told) -> Iterator[str]:
    yield from (f"### {one.kind.name}", "", one.kind.what, "")
    yield from ("| who | sees | of whom |", "|---|---|---|")
    yield from (_row(row) for row in one.rows)
    yield from ("", f"*Why*: {one.kind.why}", "")
    if one.pages:
        yield from (f"*Pages*: {_addresses(one.pages)}", "")
    if one.endpoints:
        yield from (f"*For programs*: {_addresses(one.endpoints)}", "")


def _row(row: Row) -> str:
    return f"| {row.who} | {row.sees} | {row.of_whom} |"


def _addresses(routes: Sequence[Route]) -> str:
    return ", ".join(
        f"`{one.path}`" if one.method == "GET" else f"`{one.method} {one.path}`" for one in routes
    )


def _by_role() -> Iterator[str]:
    yield from ("## The same, role by role", "")
    for one in roles():
        yield from _role(one)


def _role(one: RoleTold) -> Iterator[str]:
    yield from (f"### {one.role[0].upper()}{one.role[1:]}", "")
    if not one.rows:
        yield from ("Reaches nothing by itself.", "")
        return
    yield from ("| of what | sees | of whom |", "|---|---|---|")
    yield from (f"| {kind} | {row.sees} | {row.of_whom} |" for kind, row in one.rows)
    yield ""


if __name__ == "__main__":
    WRITTEN.write_text(document(), "utf-8")
