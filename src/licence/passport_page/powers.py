"""Which operational authorities does a person hold, through which day, and what stopped the others?"""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.wording import as_date, as_distance, as_list, as_sentence_case
from licence.passport_page.judged import Judging, Why, rule_href
from licence.passport_page.words import cited
from licence.standing.decisions import Authority
from passport.policy.rules import Effect, Requirement


@dataclass(frozen=True, slots=True)
class Power:
    """One authority as it is shown."""

    name: str
    held: bool
    sentence: str
    why: Why


def powers(authorities: Sequence[Authority], judging: Judging) -> tuple[Power, ...]:
    """Return the authorities as they are shown: those that have stopped first, for they change what one may do."""
    ordered = sorted(authorities, key=lambda one: (one.held, one.name))
    return tuple(_power(one, judging) for one in ordered)


def _power(one: Authority, judging: Judging) -> Power:
    stops = [asked for asked in judging.policy.requirements if _stops(asked, one.name)]
    return Power(one.name, one.held, _sentence(one, judging), _why(one, stops, judging))


def _stops(asked: Requirement, name: str) -> bool:
    return asked.authority == name and asked.effect is Effect.OPERATIONAL_STOP


def _sentence(one: Authority, judging: Judging) -> str:
    if one.held:
        return (
            f"Held until {as_date(one.until)}, {as_distance(one.until, judging.on)}."
            if one.until
            else "Held."
        )
    if one.stopped_by:
        since = f" It was held until {as_date(one.until)}." if one.until else ""
        return f"Stopped because {_missing(one, judging)} not current.{since}"
    return "Stopped because the licence does not allow practice."


def _missing(one: Authority, judging: Judging) -> str:
    known = [judging.policy.by_id.get(number) for number in one.stopped_by]
    titles = [asked.title for asked in known if asked is not None] or ["what it needs"]
    return f"{as_list(titles)} {'is' if len(titles) == 1 else 'are'}"


def _why(one: Authority, stops: Sequence[Requirement], judging: Judging) -> Why:
    needs = dict.fromkeys(
        title for asked in stops for title in (asked.title, *_prerequisites(asked, judging))
    )
    text = f"{_what_it_needs(as_sentence_case(one.name), [*needs])} The licence’s grace does not hold it up."
    if not stops:
        return Why(text.strip(), "", "/policy")
    return Why(text, cited(stops[0].source, stops[0].evidence_tag, judging.policy), rule_href(stops[0]))


def _what_it_needs(name: str, needs: list[str]) -> str:
    if not needs:
        return "It stops on the day what it needs runs out."
    if len(needs) == 1:
        what = "the training of that name" if needs[0] == name else needs[0]
        return f"{name} needs {what} to be current, and stops on the day that runs out."
    return f"{name} needs {as_list(needs)}, all of them current, and stops on the day one of them runs out."


def _prerequisites(asked: Requirement, judging: Judging) -> Sequence[str]:
    known = (judging.policy.by_id.get(number) for number in asked.prerequisites)
    return [one.title for one in known if one is not None]
