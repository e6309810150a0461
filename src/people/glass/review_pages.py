"""The second person's pages: who broke the glass in the force, why, and was it right?"""

from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.permissions import Permission
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from foundation.pages import page
from foundation.parts import Banner, FieldError, Link
from foundation.problems import ConflictError
from people.glass import form, view
from people.glass.asking import one_to_review, to_review
from people.glass.breaking import review
from people.glass.facts import LARGEST, MOST, Glass

REVIEW = {"permission": Permission.GLASS_REVIEW}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
PRIVACY = Link("Privacy", "/privacy")


class GlassReviewPages(Controller):
    """What a privacy officer sees of the glass broken in their force."""

    path = view.REVIEWS
    include_in_schema = False

    @get("/", opt=REVIEW)
    async def glasses(
        self,
        request: PageRequest,
        before: Annotated[int | None, QueryParameter(name="before", ge=1, le=LARGEST)] = None,
    ) -> Template:
        """Show what was broken in the force, the last first."""
        found = await to_review(request.user, look_of(request, Opened.GLASSES), before=before)
        return page(
            "glass/glasses.html",
            shell_for(request, "Broken glass", back=PRIVACY),
            view=view,
            found=found,
            first_href=view.REVIEWS if before else None,
            next_href=f"{view.REVIEWS}?before={found[-1].id}" if len(found) == MOST else None,
        )

    @get("/{glass_id:int}", opt=REVIEW)
    async def one(
        self,
        request: PageRequest,
        glass_id: FromPath[int],
        done: Annotated[str, QueryParameter(name="done", max_length=20)] = "",
    ) -> Template:
        """Show why somebody broke the glass, and ask whether it was right."""
        found = await one_to_review(request.user, glass_id, look_of(request, Opened.GLASSES))
        banner = Banner("Your review is recorded.", succeeded=True) if done else None
        return _one(request, found, form.Review(), banner=banner)

    @post("/{glass_id:int}/review", opt=REVIEW)
    async def say(self, request: PageRequest, glass_id: FromPath[int], data: Answers) -> Template | Redirect:
        """Say whether it was right, and why."""
        given, look = form.read_review(data), look_of(request, Opened.GLASSES)
        found = await one_to_review(request.user, glass_id, look)
        errors = given.errors()
        if errors or given.is_upheld is None:
            return _one(request, found, given, errors)
        try:
            await review(
                actor=actor_of(request),
                reviewer=request.user,
                glass=found,
                is_upheld=given.is_upheld,
                words=given.words,
            )
        except ConflictError as refusal:
            return _one(request, found, given, (FieldError(refusal.detail),))
        return Redirect(f"{view.REVIEWS}/{glass_id}?done=reviewed", status_code=303)


def _one(
    request: PageRequest,
    found: Glass,
    given: form.Review,
    errors: tuple[FieldError, ...] = (),
    *,
    banner: Banner | None = None,
) -> Template:
    return page(
        "glass/review.html",
        shell_for(
            request,
            "Was breaking the glass right?",
            back=Link("Broken glass", view.REVIEWS),
            errors=errors,
            banner=banner,
        ),
        status=400 if errors else 200,
        view=view,
        glass=found,
        rows=view.particulars(found),
        given=given,
        wrong={error.field_id: error.text for error in errors},
    )
