"""On which line of a policy file does each of its keys stand?"""

from collections.abc import Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]

_TOML = Language(tree_sitter_toml.language())
_KEYS = ("bare_key", "quoted_key", "dotted_key")


class Places:
    """The lines of every table, key and item of a TOML text that is known to be sound."""

    def __init__(self, text: str) -> None:
        """Read the text once."""
        self._lines: dict[Path, int] = {(): 1}
        self._lengths: dict[Path, int] = {}
        for node in Parser(_TOML).parse(text.encode()).root_node.children:
            self._read(node)

    def line_of(self, path: Path) -> int:
        """Return the line of a key, or of the nearest table around it where the key is missing."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _read(self, node: Node) -> None:
        if node.type == "pair":
            self._pair(node, ())
        elif node.type in {"table", "table_array_element"}:
            key, *rest = [child for child in node.children if child.type in {*_KEYS, "pair"}]
            inside = self._table(_parts(key), is_item=node.type == "table_array_element")
            self._lines[inside] = _line(key)
            for pair in rest:
                self._pair(pair, inside)

    def _table(self, parts: tuple[str, ...], *, is_item: bool) -> Path:
        """Follow a table's name; within a list of tables it belongs to the last one so far."""
        path: Path = ()
        for place, part in enumerate(parts):
            path = (*path, part)
            if is_item and place == len(parts) - 1:
                self._lengths[path] = self._lengths.get(path, 0) + 1
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _pair(self, node: Node, inside: Path) -> None:
        key, value = node.children[0], node.children[2]
        path = inside
        for part in _parts(key):
            path = (*path, part)
            self._lines.setdefault(path, _line(key))
        self._value(value, path)

    def _value(self, node: Node, path: Path) -> None:
        if node.type == "inline_table":
            for pair in node.children:
                if pair.type == "pair":
                    self._pair(pair, path)
        elif node.type == "array":
            items = (child for child in node.children if child.is_named and child.type != "comment")
            for place, item in enumerate(items):
                self._lines[(*path, place)] = _line(item)
                self._value(item, (*path, place))


def _line(node: Node) -> int:
    return node.start_point.row + 1


def _parts(key: Node) -> tuple[str, ...]:
    return tuple(_words(key))


def _words(key: Node) -> Iterator[str]:
    if key.type == "dotted_key":
        for part in key.children:
            if part.type in _KEYS:
                yield from _words(part)
    else:
        text = (key.text or b"").decode()
        yield text[1:-1] if key.type == "quoted_key" else text
