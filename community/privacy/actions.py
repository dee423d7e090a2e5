"""Asking to be erased."""

from flask_babel import gettext as _
from sqlalchemy import delete

from community import clock
from community.audit import record
from community.credentials.models import ApiToken, SignIn
from community.database import action, session
from community.errors import Conflict
from community.members.models import Member, MemberState
from community.members.policy import roles_of
from community.policy import authorize
from community.privacy.jobs import erase_person
from community.privacy.models import Erasure
from community.sending import insert_once
from community.viewer import Viewer


@action
def ask_for_erasure(member: Member, *, by: Viewer) -> None:
    """From now on the member exists for nobody; the worker erases what is left of them."""
    authorize(by, "member.erase", member)
    if roles_of(member):
        raise Conflict(_("This member has a role, which must be given up or taken first."))
    member.state = MemberState.ERASED
    session.execute(delete(SignIn).where(SignIn.member_id == member.id))
    session.execute(delete(ApiToken).where(ApiToken.member_id == member.id))
    insert_once(Erasure, member_id=member.id, asked_at=clock.now())
    record(by, "member.erased", ("member", member.id))
    erase_person.later(member.id, key=f"privacy.erase:{member.id}")
