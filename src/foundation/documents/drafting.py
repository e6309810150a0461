"""How is a document written: which templates, which style, which typeface, all of it within the document itself?"""

from base64 import b64encode
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from foundation import wording
from foundation.pages import FILTERS, TEMPLATES
from foundation.static_files import AssetsMissing, load_static_files


def draft(template: str, **context: object) -> str:
    """Return a document as HTML that needs nothing beside it: what is printed fetches nothing."""
    return _environment().get_template(template).render(typefaces=_typefaces(), **context)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals["date_range"] = wording.as_date_range
    return environment


@cache
def _typefaces() -> tuple[tuple[str, int, str], ...]:
    """Return our typeface as data, by family and weight; without the built files, the machine's own will do."""
    try:
        static = load_static_files()
    except AssetsMissing:
        return ()
    return tuple(
        (family, weight, b64encode((static.directory / static.hashed[name]).read_bytes()).decode())
        for family, subset in (("Atkinson", "latin"), ("Atkinson Extended", "latin-ext"))
        for weight in (400, 700)
        if (name := f"atkinson-{subset}-{weight}.woff2") in static.hashed
    )
