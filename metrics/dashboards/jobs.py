"""Having the dashboards' numbers ready before anybody asks for them."""

from community.jobs import periodic
from metrics.dashboards.printing import renew


@periodic("metrics.editions", seconds=5)
def renew_editions() -> None:
    renew()
