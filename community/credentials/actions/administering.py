"""The first administrator: by a link from the console that works once, while there is none."""

from flask_babel import gettext as _

from community.audiences import bump_access
from community.credentials.actions.joining import Application, add_credentials
from community.credentials.addresses import owner_of
from community.credentials.links import gone, new_link, use_link
from community.credentials.models import LinkPurpose
from community.credentials.queries import has_administrator
from community.database import action, session
from community.errors import Invalid
from community.members.actions import Place, join_member
from community.members.models import Member, Role, Segment, SiteRole
from community.policy import authorize
from community.viewer import SYSTEM, Viewer


@action
def invite_first_administrator(*, by: Viewer = SYSTEM) -> str | None:
    """The secret of a new link, or `None` where there is an administrator."""
    authorize(by, "member.create")
    return None if has_administrator() else new_link(LinkPurpose.FIRST_ADMINISTRATOR)


@action
def become_first_administrator(token: str, application: Application, *, by: Viewer) -> Member:
    """Make the administrator and use the link up; raise `Gone` if there is one meanwhile."""
    authorize(by, "credentials.prove")
    use_link(LinkPurpose.FIRST_ADMINISTRATOR, token)
    if has_administrator():
        raise gone()
    if owner_of(application.address):
        raise Invalid({"address": _("There is a member with this address.")})
    member = join_member(application.name, application.username, Place(segment=Segment.EMPLOYEE))
    add_credentials(member, application.address, application.password_hash)
    session.add(SiteRole(member_id=member.id, role=Role.ADMINISTRATOR))
    session.flush()
    bump_access()
    return member
