"""How do jobs show in the figures for Prometheus?"""

from prometheus_client import Gauge

from foundation.jobs.facts import counts

JOBS = Gauge("attested_jobs", "Jobs in each state (done: within a day).", ["state"])
LONGEST_WAIT = Gauge(
    "attested_jobs_longest_wait_seconds", "How long the job that has been due longest has waited."
)


async def measure() -> None:
    """Bring the figures up to date; any process may, for they are counted in the database."""
    found = await counts()
    for state in ("waiting", "running", "dead", "done"):
        JOBS.labels(state).set(getattr(found, state))
    LONGEST_WAIT.set(found.longest_wait)
