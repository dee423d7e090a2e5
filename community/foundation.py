"""What every installation has before anybody joins: the groups that exist by themselves."""

from community.audiences import AccessVersion
from community.groups.models import Group, GroupKind, JoinRule
from community.identifiers import new_public_id
from community.members.models import Segment
from community.sending import insert_once

NAMES = {
    "everyone": (GroupKind.EVERYONE, "Everyone"),
    "members": (GroupKind.MEMBERS, "Members"),
    f"segment:{Segment.EMPLOYEE}": (GroupKind.SEGMENT, "Employees"),
    f"segment:{Segment.CUSTOMER}": (GroupKind.SEGMENT, "Customers"),
    f"segment:{Segment.PARTNER}": (GroupKind.SEGMENT, "Partners"),
    f"segment:{Segment.PUBLIC}": (GroupKind.SEGMENT, "Public members"),
    f"segment:{Segment.BOT}": (GroupKind.SEGMENT, "Bots"),
}


def lay_foundation() -> None:
    """Create what is missing; running it again changes nothing. Joins a write transaction."""
    for key, (kind, name) in NAMES.items():
        insert_once(
            Group,
            public_id=new_public_id(),
            key=key,
            kind=kind,
            slug=key.replace("segment:", "all-") + ("s" if key.startswith("segment") else ""),
            name=name,
            about="",
            join_rule=JoinRule.INVITATION,
            hidden=False,
        )
    insert_once(AccessVersion, id=1, version=1)
