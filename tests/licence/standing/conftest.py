"""How long may a drawn example take? As long as a busy machine needs: these properties are about dates, not speed."""

from hypothesis import HealthCheck, settings

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
