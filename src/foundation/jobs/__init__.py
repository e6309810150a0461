"""Work that must not be lost: rows in the database, a doorbell in Valkey, and a runner that drains what is due."""

from foundation.jobs.asking import ask

__all__ = ["ask"]
