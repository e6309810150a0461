"""Retention for programs: the rules, what they would take, and the purges there have been."""

from dataclasses import dataclass
from datetime import date

from litestar import Controller, get

from access.permissions import Permission
from attested.retention.facts import Purge, everything_kept, purges
from attested.retention.holdings import Kind
from foundation.clock import today

READ = {"permission": Permission.RETENTION_READ}


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long a kind of record is kept, and how much of it has been kept too long today."""

    kind: Kind
    what: str
    keep: str
    since: str
    basis: str
    evidence: str
    action: str
    too_old: int
    oldest: date | None


class RetentionEndpoints(Controller):
    """What whoever answers for retention may ask."""

    path = "/retention"
    tags = ("Retention",)

    @get("/rules", opt=READ, operation_id="retentionRules", summary="List the retention rules")
    async def listed(self) -> tuple[RetentionRule, ...]:
        """List every rule with how much it would take today."""
        return tuple(
            RetentionRule(
                kind=kept.rule.kind,
                what=kept.rule.what,
                keep=kept.rule.keep_words,
                since=kept.rule.since,
                basis=kept.rule.basis,
                evidence=kept.rule.evidence,
                action=kept.rule.action,
                too_old=kept.overdue.rows if kept.overdue else 0,
                oldest=kept.overdue.oldest if kept.overdue else None,
            )
            for kept in await everything_kept(today())
        )

    @get("/purges", opt=READ, operation_id="purges", summary="List the purges")
    async def purged(self) -> tuple[Purge, ...]:
        """List the purges, those that wait for a second person first, then the newest fifty."""
        return await purges()
