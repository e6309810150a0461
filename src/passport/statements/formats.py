"""How is a statement told: as it was sent, with nothing but what identifies, or in one language (part 3, 2.1.3)?"""

from collections.abc import Mapping, Sequence

from passport.statements.querying import Format
from passport.statements.shapes import Document

ACTORS = frozenset({"actor", "instructor", "team", "authority", "agent", "group"})
NAMES = ("objectType", "mbox", "mbox_sha1sum", "openid", "account")
IN_LANGUAGES = frozenset({"display", "name", "description"})
ANY = "*"
ACTIVITY = "activity"
BY_ID = frozenset({"verb", "object", ACTIVITY})
HOLDING = frozenset({"object", "context", "contextAgents", "contextGroups"})
"""What holds more of the kind: the rest, such as results and extensions, stays as it is."""


def formatted(document: Document, way: Format, languages: Sequence[str] = ()) -> Document:
    """Return a statement as it is asked for; `languages` are those that are understood, the dearest first."""
    if way is Format.IDS:
        return {name: _bare(name, value) for name, value in document.items() if name != "attachments"}
    if way is Format.CANONICAL:
        return {name: _in_one(name, value, languages) for name, value in document.items()}
    return document


def understood(header: str) -> list[str]:
    """Return the languages that Accept-Language names, the dearest first (RFC 9110, section 12.5.4)."""
    found = []
    for part in header.split(","):
        tag, _, quality = part.partition(";")
        weight = _weight(quality.strip())
        if tag.strip() and weight > 0:
            found.append((-weight, tag.strip().lower()))
    return [tag for _, tag in sorted(found, key=lambda one: one[0])]


def _weight(quality: str) -> float:
    try:
        return float(quality.removeprefix("q=")) if quality else 1.0
    except ValueError:
        return 0.0


def _bare(name: str, value: object) -> object:
    """Leave of agents, verbs and activities what identifies them."""
    if isinstance(value, list):
        return [_bare(name, one) for one in value]
    if not isinstance(value, Mapping):
        return value
    if name in ACTORS or value.get("objectType") in {"Agent", "Group"}:
        return _identity(value)
    if name in BY_ID and value.get("objectType") != "SubStatement":
        return {part: value[part] for part in ("objectType", "id") if part in value}
    if name == "contextActivities":
        return {part: _bare(ACTIVITY, ones) for part, ones in value.items()}
    return {part: _bare(part, one) for part, one in value.items()} if name in HOLDING else value


def _identity(actor: Mapping[str, object]) -> Document:
    found = {name: actor[name] for name in NAMES if name in actor}
    members = actor.get("member")
    if isinstance(members, list) and not found.keys() - {"objectType"}:
        found["member"] = [_identity(one) for one in members]
    return found


def _in_one(name: str, value: object, languages: Sequence[str]) -> object:
    if name == "extensions":
        return value
    if isinstance(value, list):
        return [_in_one(name, one, languages) for one in value]
    if not isinstance(value, Mapping):
        return value
    if name in IN_LANGUAGES:
        return _best(value, languages)
    return {part: _in_one(part, one, languages) for part, one in value.items()}


def _best(words: Mapping[str, object], languages: Sequence[str]) -> Document:
    """Return the one language that is understood best, or the first where none is."""
    for wanted in languages:
        for tag, text in words.items():
            if wanted == ANY or tag.lower() == wanted or tag.lower().startswith(f"{wanted}-"):
                return {tag: text}
    return dict(list(words.items())[:1])
