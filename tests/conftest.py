"""What all tests share: a property depends neither on chance nor on how fast the machine is.

`pytest --hypothesis-profile=chance` looks at other examples in each run.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("chance", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("any machine", settings.get_profile("chance"), derandomize=True)
settings.load_profile("any machine")
