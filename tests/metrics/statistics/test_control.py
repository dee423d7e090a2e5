"""The limits of the individuals chart, against Wheeler's numbers."""

import pytest

from metrics.statistics.control import xmr_limits


def test_wheelers_twelve_points_give_his_limits():
    limits = xmr_limits([39, 41, 41, 41, 43, 44, 41, 42, 40, 41, 44, 40])
    assert limits == pytest.approx((41.417, 36.822, 46.011, 1.727, 5.645), abs=1e-3)
