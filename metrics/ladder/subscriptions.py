"""What the ladder listens to."""

from metrics.ladder.changes import CHANGES, SAID_BY_THE_ROW, notice_member, record_change

SUBSCRIPTIONS = {
    **{kind: [record_change] for kind in CHANGES},
    **{kind: [notice_member] for kind in SAID_BY_THE_ROW},
}
