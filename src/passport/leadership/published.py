"""How far are people at each leadership stage on a day? What a promotion gate may know, and no more than that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from passport.leadership.facts import judgements_of, programmes_of
from passport.leadership.rules import Capacity, Programme, Verdict, readiness
from passport.standards.book import judging, stages


@dataclass(frozen=True, slots=True)
class StageFacts:
    """One stage: its programme, and what counts of each of its standards."""

    number: int
    title: str
    programme: Programme
    standards: Mapping[str, Verdict]
    is_ready: bool
    """Whether every standard counts as met and the programme is complete."""

    @property
    def met(self) -> int:
        """Return how many of the standards count as met."""
        return sum(one is Verdict.MET for one in self.standards.values())


async def stage_facts(
    person_ids: Sequence[int], *, on: date, force_id: int | None = None
) -> Mapping[int, Sequence[StageFacts]]:
    """Return, for each of many people, the five stages as they stood at the end of a day; words are left out.

    `force_id` names the force whose policy says which programme also counts for which; None is the national policy.
    """
    groups = stages()
    codes = [group.stage.programme for group in groups if group.stage]
    done = await programmes_of(person_ids, codes, force_id=force_id, on=on)
    judgements = await judgements_of(person_ids, on=on)
    needs = [Capacity(one) for one in judging().needs]
    return {
        person_id: [
            StageFacts(
                one.stage.number,
                one.title,
                one.programme,
                {each.standard.code: each.counts for each in one.standards},
                one.is_ready,
            )
            for one in readiness(
                groups,
                done.get(person_id, {}),
                judgements=judgements.get(person_id, ()),
                examples=(),
                needs=needs,
            )
        ]
        for person_id in person_ids
    }
