"""How does a page come to be: which templates, which filters, which shell around it?"""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined, Template
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template as TemplateResponse
from litestar.template.config import TemplateConfig

from foundation import wording
from foundation.parts import Shell
from foundation.static_files import StaticFiles
from foundation.templating import QuickContext, QuickGenerator, QuickTemplate

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
_LIBRARY = "govuk_frontend_jinja/"

FILTERS: Mapping[str, Callable[..., str]] = {
    "date": wording.as_date,
    "short_date": wording.as_short_date,
    "month": wording.as_month,
    "short_month": wording.as_short_month,
    "table_date": wording.as_table_date,
    "weekday_date": wording.as_weekday_date,
    "iso_date": wording.as_iso_date,
    "time": wording.as_time,
    "date_and_time": wording.as_date_and_time,
    "distance": wording.as_distance,
    "number": wording.as_number,
    "count_of": wording.as_count,
    "percentage_of": wording.as_percentage,
    "and_list": wording.as_list,
    "sentence_case": wording.as_sentence_case,
}


class PageEnvironment(Environment):
    """Ours forgives nothing that is undefined; the design system's macros lean on missing options, and may.

    Their templates live in an environment of their own, so that a misspelt name in ours is an error and not a blank.
    """

    library: Environment
    code_generator_class = QuickGenerator
    context_class = QuickContext
    template_class = QuickTemplate

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, object] | None = None,  # noqa: A002 - the parent class names it
    ) -> Template:
        if isinstance(name, str) and name.startswith(_LIBRARY):
            return self.library.get_template(name, None, globals)
        return super().get_template(name, parent, globals)


def page_environment(
    static: StaticFiles, *, templates: Sequence[Path] = (TEMPLATES,), reload: bool = False
) -> Environment:
    """Every suffix is escaped, every name must exist, `static_url` knows the built files."""
    environment = PageEnvironment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=reload,
    )
    environment.library = Environment(
        loader=PrefixLoader({_LIBRARY.rstrip("/"): PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        auto_reload=False,
    )
    environment.filters.update(FILTERS)
    environment.globals["static_url"] = static.url
    environment.globals["date_range"] = wording.as_date_range
    # One dictionary for both: Jinja caches an imported macro file only when it lacks none of the importer's globals.
    environment.library.globals = environment.globals
    return environment


def template_config(environment: Environment) -> TemplateConfig[JinjaTemplateEngine]:
    """Hand the environment to Litestar."""
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment))


def page(template: str, shell: Shell, *, status: int = 200, **context: object) -> TemplateResponse:
    """Answer with a page. What is about people is never kept by a browser or anything in between."""
    return TemplateResponse(
        template,
        context={"shell": shell, **context},
        status_code=status,
        media_type="text/html",
        headers={"Cache-Control": "no-store"},
    )
