"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


CIRCULAR = [
    ("fk_attachment_uploader_id", "attachment", "member", "uploader_id", "id"),
    ("fk_topic_accepted_post_id", "topic", "post", "accepted_post_id", "id"),
    ("fk_topic_thread_id", "topic", "thread", "thread_id", "id"),
    ("fk_profile_picture_id", "profile", "attachment", "picture_id", "id"),
]

REFUSE_ON_SQLITE = """
CREATE TRIGGER audit_entry_no_{verb} BEFORE {verb} ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
"""
REFUSE_ON_POSTGRESQL = """
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()
"""


def upgrade() -> None:
    op.create_table(
        "access_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_version")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("uploader_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(digest) <= 64", name=op.f("ck_attachment_digest_length")),
        sa.CheckConstraint(
            "length(media_type) <= 80", name=op.f("ck_attachment_media_type_length")
        ),
        sa.CheckConstraint("length(name) <= 120", name=op.f("ck_attachment_name_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_attachment_public_id_length")),
        sa.ForeignKeyConstraint(
            ["uploader_id"], ["member.id"], name=op.f("fk_attachment_uploader_id"), use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attachment_public_id")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_digest"), ["digest"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attachment_uploader_id"), ["uploader_id"], unique=False
        )

    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("key") <= 64', name=op.f("ck_attempt_key_length")),
        sa.CheckConstraint("length(kind) <= 16", name=op.f("ck_attempt_kind_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index("ix_attempt_kind_key_at", ["kind", "key", "at"], unique=False)

    op.create_table(
        "audience",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint('length("key") <= 200', name=op.f("ck_audience_key_length")),
        sa.ForeignKeyConstraint(["parent_id"], ["audience.id"], name=op.f("fk_audience_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience")),
        sa.UniqueConstraint("parent_id", "key", name=op.f("uq_audience_parent_id_key")),
    )
    op.create_table(
        "group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "everyone",
                "members",
                "segment",
                "organization",
                "unit",
                "custom",
                name="groupkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=80), nullable=True),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("about", sa.String(length=500), nullable=False),
        sa.Column(
            "join_rule",
            sa.Enum(
                "open",
                "request",
                "invitation",
                name="joinrule",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("key") <= 80', name=op.f("ck_group_key_length")),
        sa.CheckConstraint("length(about) <= 500", name=op.f("ck_group_about_length")),
        sa.CheckConstraint("length(name) <= 120", name=op.f("ck_group_name_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_group_public_id_length")),
        sa.CheckConstraint("length(slug) <= 80", name=op.f("ck_group_slug_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group")),
        sa.UniqueConstraint("key", name=op.f("uq_group_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_group_slug")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("error", sa.String(length=4000), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('length("key") <= 200', name=op.f("ck_job_key_length")),
        sa.CheckConstraint("length(error) <= 4000", name=op.f("ck_job_error_length")),
        sa.CheckConstraint("length(kind) <= 80", name=op.f("ck_job_kind_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(
            "ix_job_due",
            ["run_at"],
            unique=False,
            sqlite_where=sa.text("dead_at IS NULL"),
            postgresql_where=sa.text("dead_at IS NULL"),
        )

    op.create_table(
        "metric_dirty_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("marked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metric_dirty_day")),
    )
    op.create_table(
        "metric_fact",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.SmallInteger(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("segment", sa.SmallInteger(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("boundary", sa.SmallInteger(), nullable=False),
        sa.Column("object_kind", sa.SmallInteger(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("to_member_id", sa.Integer(), nullable=False),
        sa.Column("to_segment", sa.SmallInteger(), nullable=False),
        sa.Column("detail", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "event_id", name=op.f("pk_metric_fact")),
    )
    with op.batch_alter_table("metric_fact", schema=None) as batch_op:
        batch_op.create_index(
            "ix_metric_fact_object", ["object_kind", "object_id", "verb"], unique=False
        )
        batch_op.create_index("ix_metric_fact_thread_id", ["thread_id", "verb"], unique=False)

    op.create_table(
        "metric_member_day",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("space_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("segment", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("boundary", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("acts", sa.Integer(), nullable=False),
        sa.Column("contributions", sa.Integer(), nullable=False),
        sa.Column("first_event_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint(
            "day", "member_id", "space_id", "segment", "boundary", name=op.f("pk_metric_member_day")
        ),
    )
    op.create_table(
        "metric_reply",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("boundary", sa.SmallInteger(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("segment", sa.SmallInteger(), nullable=False),
        sa.Column("to_member_id", sa.Integer(), nullable=False),
        sa.Column("to_segment", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "event_id", name=op.f("pk_metric_reply")),
    )
    op.create_table(
        "metric_rollup_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metric_rollup_run")),
    )
    op.create_table(
        "metric_thread",
        sa.Column("thread_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("segment", sa.SmallInteger(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("boundary", sa.SmallInteger(), nullable=False),
        sa.Column("needs_response", sa.Boolean(), nullable=False),
        sa.Column("broadcast", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("staff_answered_at", sa.BigInteger(), nullable=True),
        sa.Column("customer_at", sa.BigInteger(), nullable=True),
        sa.Column("two_way_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_metric_thread")),
    )
    with op.batch_alter_table("metric_thread", schema=None) as batch_op:
        batch_op.create_index("ix_metric_thread_day", ["day"], unique=False)

    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("to", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.String(length=300000), nullable=False),
        sa.Column("html", sa.String(length=600000), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.CheckConstraint('length("key") <= 200', name=op.f("ck_outgoing_mail_key_length")),
        sa.CheckConstraint('length("to") <= 254', name=op.f("ck_outgoing_mail_to_length")),
        sa.CheckConstraint("length(html) <= 600000", name=op.f("ck_outgoing_mail_html_length")),
        sa.CheckConstraint("length(name) <= 80", name=op.f("ck_outgoing_mail_name_length")),
        sa.CheckConstraint("length(subject) <= 300", name=op.f("ck_outgoing_mail_subject_length")),
        sa.CheckConstraint("length(text) <= 300000", name=op.f("ck_outgoing_mail_text_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_outgoing_mail_key")),
    )
    op.create_table(
        "periodic_run",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(name) <= 80", name=op.f("ck_periodic_run_name_length")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_periodic_run")),
    )
    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "customer",
                "partner",
                "prospect",
                name="organizationtype",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("external_id", sa.String(length=80), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("plan") <= 40', name=op.f("ck_organization_plan_length")),
        sa.CheckConstraint(
            "length(external_id) <= 80", name=op.f("ck_organization_external_id_length")
        ),
        sa.CheckConstraint("length(name) <= 120", name=op.f("ck_organization_name_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_organization_public_id_length")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_organization_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("external_id", name=op.f("uq_organization_external_id")),
        sa.UniqueConstraint("name", name=op.f("uq_organization_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organization_public_id")),
    )
    op.create_table(
        "space",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "category",
                "board",
                "blog",
                "wiki",
                "group",
                name="spacekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=500), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("questions", sa.Boolean(), nullable=False),
        sa.Column("announcements", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(about) <= 500", name=op.f("ck_space_about_length")),
        sa.CheckConstraint("length(name) <= 80", name=op.f("ck_space_name_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_space_public_id_length")),
        sa.CheckConstraint("length(slug) <= 80", name=op.f("ck_space_slug_length")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_space_audience_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["space.id"], name=op.f("fk_space_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space")),
        sa.UniqueConstraint("public_id", name=op.f("uq_space_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_space_slug")),
    )
    with op.batch_alter_table("space", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_space_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_space_kind"), ["kind"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(name) <= 120", name=op.f("ck_unit_name_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_unit_public_id_length")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_unit_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unit_public_id")),
    )
    op.create_table(
        "domain_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column(
            "segment",
            sa.Enum(
                "employee",
                "customer",
                "partner",
                "public",
                "bot",
                name="segment",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(domain) <= 253", name=op.f("ck_domain_rule_domain_length")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_domain_rule_organization_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_domain_rule_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_domain_rule")),
        sa.UniqueConstraint("domain", name=op.f("uq_domain_rule_domain")),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column(
            "segment",
            sa.Enum(
                "employee",
                "customer",
                "partner",
                "public",
                "bot",
                name="segment",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "unconfirmed",
                "active",
                "suspended",
                "erased",
                name="memberstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_member_public_id_length")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_member_organization_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_member_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("public_id", name=op.f("uq_member_public_id")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_member_organization_id"), ["organization_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_member_segment"), ["segment"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("deed", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("length(deed) <= 60", name=op.f("ck_audit_entry_deed_length")),
        sa.CheckConstraint("length(digest) <= 64", name=op.f("ck_audit_entry_digest_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_audit_entry_public_id_length")),
        sa.CheckConstraint(
            "length(subject_kind) <= 24", name=op.f("ck_audit_entry_subject_kind_length")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["member.id"], name=op.f("fk_audit_entry_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("public_id", name=op.f("uq_audit_entry_public_id")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_deed"), ["deed"], unique=False)
        batch_op.create_index(
            "ix_audit_entry_subject", ["subject_kind", "subject_id"], unique=False
        )

    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(place) <= 120", name=op.f("ck_draft_place_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_draft_public_id_length")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_draft_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("member_id", "place", name=op.f("uq_draft_member_id_place")),
        sa.UniqueConstraint("public_id", name=op.f("uq_draft_public_id")),
    )
    op.create_table(
        "email_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("folded", sa.String(length=254), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(address) <= 254", name=op.f("ck_email_address_address_length")),
        sa.CheckConstraint("length(folded) <= 254", name=op.f("ck_email_address_folded_length")),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_email_address_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_address")),
        sa.UniqueConstraint("folded", name=op.f("uq_email_address_folded")),
    )
    with op.batch_alter_table("email_address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_email_address_member_id"), ["member_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("segment", sa.String(length=16), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("external", sa.Boolean(), nullable=True),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(name) <= 60", name=op.f("ck_event_name_length")),
        sa.CheckConstraint("length(segment) <= 16", name=op.f("ck_event_segment_length")),
        sa.CheckConstraint("length(source) <= 16", name=op.f("ck_event_source_length")),
        sa.ForeignKeyConstraint(["actor_id"], ["member.id"], name=op.f("fk_event_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index("ix_event_name_occurred_at", ["name", "occurred_at"], unique=False)
        batch_op.create_index(
            "ix_event_undispatched",
            ["id"],
            unique=False,
            sqlite_where=sa.text("dispatched_at IS NULL"),
            postgresql_where=sa.text("dispatched_at IS NULL"),
        )

    op.create_table(
        "grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(group_id IS NULL) <> (member_id IS NULL)", name=op.f("ck_grant_one_grantee")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_grant_level")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_grant_audience_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_grant_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_grant_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
        sa.UniqueConstraint("audience_id", "group_id", name=op.f("uq_grant_audience_id_group_id")),
        sa.UniqueConstraint(
            "audience_id", "member_id", name=op.f("uq_grant_audience_id_member_id")
        ),
    )
    op.create_table(
        "join_request",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_join_request_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_join_request_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "member_id", name=op.f("pk_join_request")),
    )
    op.create_table(
        "membership",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_membership_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_membership_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "member_id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_member_id"), ["member_id"], unique=False)

    op.create_table(
        "password",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(hash) <= 200", name=op.f("ck_password_hash_length")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_password_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_password")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(browser) <= 200", name=op.f("ck_sign_in_browser_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_sign_in_public_id_length")),
        sa.CheckConstraint("length(token_hash) <= 64", name=op.f("ck_sign_in_token_hash_length")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_sign_in_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sign_in_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_member_id"), ["member_id"], unique=False)

    op.create_table(
        "site_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "moderator",
                "manager",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_site_role_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_role")),
        sa.UniqueConstraint("member_id", "role", name=op.f("uq_site_role_member_id_role")),
    )
    op.create_table(
        "submission",
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "length(subject_kind) <= 24", name=op.f("ck_submission_subject_kind_length")
        ),
        sa.CheckConstraint("length(token) <= 40", name=op.f("ck_submission_token_length")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_submission_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_submission")),
    )
    op.create_table(
        "text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=262144), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "markdown",
                "html",
                name="format",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("html", sa.String(length=4000000), nullable=False),
        sa.Column("plain", sa.String(length=524288), nullable=False),
        sa.Column("renderer", sa.String(length=24), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(html) <= 4000000", name=op.f("ck_text_html_length")),
        sa.CheckConstraint("length(language) <= 12", name=op.f("ck_text_language_length")),
        sa.CheckConstraint("length(plain) <= 524288", name=op.f("ck_text_plain_length")),
        sa.CheckConstraint("length(renderer) <= 24", name=op.f("ck_text_renderer_length")),
        sa.CheckConstraint("length(source) <= 262144", name=op.f("ck_text_source_length")),
        sa.CheckConstraint("length(subject_kind) <= 24", name=op.f("ck_text_subject_kind_length")),
        sa.ForeignKeyConstraint(["edited_by_id"], ["member.id"], name=op.f("fk_text_edited_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text")),
    )
    with op.batch_alter_table("text", schema=None) as batch_op:
        batch_op.create_index("ix_text_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "thread",
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("post_count", sa.Integer(), nullable=False),
        sa.Column("last_post_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_author_id", sa.Integer(), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "published",
                "draft",
                "hidden",
                "deleted",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_thread_public_id_length")),
        sa.CheckConstraint("length(purpose) <= 24", name=op.f("ck_thread_purpose_length")),
        sa.CheckConstraint(
            "length(subject_kind) <= 24", name=op.f("ck_thread_subject_kind_length")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_thread_audience_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_thread_author_id")),
        sa.ForeignKeyConstraint(
            ["last_author_id"], ["member.id"], name=op.f("fk_thread_last_author_id")
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_thread_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint("public_id", name=op.f("uq_thread_public_id")),
        sa.UniqueConstraint(
            "subject_kind",
            "subject_id",
            "purpose",
            name=op.f("uq_thread_subject_kind_subject_id_purpose"),
        ),
    )
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thread_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thread_space_id"), ["space_id"], unique=False)

    op.create_table(
        "topic",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "discussion",
                "question",
                "announcement",
                name="topickind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("accepted_post_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pinned_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("view_count", sa.Integer(), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "published",
                "draft",
                "hidden",
                "deleted",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_topic_public_id_length")),
        sa.CheckConstraint("length(slug) <= 80", name=op.f("ck_topic_slug_length")),
        sa.CheckConstraint("length(title) <= 200", name=op.f("ck_topic_title_length")),
        sa.ForeignKeyConstraint(
            ["accepted_post_id"],
            ["post.id"],
            name=op.f("fk_topic_accepted_post_id"),
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_topic_audience_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_topic_author_id")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_topic_space_id")),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_topic_thread_id"), use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("public_id", name=op.f("uq_topic_public_id")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_topic_thread_id")),
    )
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.create_index("ix_topic_active_at", ["active_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_topic_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_topic_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            "ix_topic_space_id_active_at", ["space_id", "active_at"], unique=False
        )

    op.create_table(
        "attachment_use",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_attachment_use_attachment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["text.id"], name=op.f("fk_attachment_use_text_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("text_id", "attachment_id", name=op.f("pk_attachment_use")),
    )
    with op.batch_alter_table("attachment_use", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attachment_use_attachment_id"), ["attachment_id"], unique=False
        )

    op.create_table(
        "audit_detail",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.CheckConstraint("length(reason) <= 1000", name=op.f("ck_audit_detail_reason_length")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_detail_entry_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_detail")),
    )
    op.create_table(
        "mention",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_mention_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["text.id"], name=op.f("fk_mention_text_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("text_id", "member_id", name=op.f("pk_mention")),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mention_member_id"), ["member_id"], unique=False)

    op.create_table(
        "one_time_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "confirm",
                "reset",
                "first_administrator",
                "invitation",
                name="linkpurpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("address_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "length(token_hash) <= 64", name=op.f("ck_one_time_link_token_hash_length")
        ),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["email_address.id"],
            name=op.f("fk_one_time_link_address_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_one_time_link_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_link_token_hash")),
    )
    op.create_table(
        "post",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("reply_to_id", sa.Integer(), nullable=True),
        sa.Column("reaction_count", sa.Integer(), nullable=False),
        sa.Column("tally", sa.Integer(), nullable=False),
        sa.Column("anchor_revision", sa.Integer(), nullable=True),
        sa.Column("anchor_quote", sa.String(length=400), nullable=False),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "published",
                "draft",
                "hidden",
                "deleted",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(anchor_quote) <= 400", name=op.f("ck_post_anchor_quote_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_post_public_id_length")),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_post_audience_id")),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_post_author_id")),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["member.id"], name=op.f("fk_post_deleted_by_id")
        ),
        sa.ForeignKeyConstraint(["reply_to_id"], ["post.id"], name=op.f("fk_post_reply_to_id")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_post_space_id")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_post_text_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_post_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("public_id", name=op.f("uq_post_public_id")),
        sa.UniqueConstraint("thread_id", "number", name=op.f("uq_post_thread_id_number")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            "ix_post_author_id_created_at", ["author_id", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_post_reply_to_id"), ["reply_to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_space_id"), ["space_id"], unique=False)

    op.create_table(
        "profile",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("username_folded", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("headline", sa.String(length=120), nullable=False),
        sa.Column("location", sa.String(length=80), nullable=False),
        sa.Column("about_text_id", sa.Integer(), nullable=True),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("theme", sa.String(length=8), nullable=False),
        sa.CheckConstraint("length(headline) <= 120", name=op.f("ck_profile_headline_length")),
        sa.CheckConstraint("length(language) <= 12", name=op.f("ck_profile_language_length")),
        sa.CheckConstraint("length(location) <= 80", name=op.f("ck_profile_location_length")),
        sa.CheckConstraint("length(name) <= 80", name=op.f("ck_profile_name_length")),
        sa.CheckConstraint("length(theme) <= 8", name=op.f("ck_profile_theme_length")),
        sa.CheckConstraint("length(timezone) <= 40", name=op.f("ck_profile_timezone_length")),
        sa.CheckConstraint("length(username) <= 40", name=op.f("ck_profile_username_length")),
        sa.CheckConstraint(
            "length(username_folded) <= 80", name=op.f("ck_profile_username_folded_length")
        ),
        sa.ForeignKeyConstraint(
            ["about_text_id"], ["text.id"], name=op.f("fk_profile_about_text_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_profile_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["attachment.id"], name=op.f("fk_profile_picture_id"), use_alter=True
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_profile")),
        sa.UniqueConstraint("username_folded", name=op.f("uq_profile_username_folded")),
    )
    op.create_table(
        "read_state",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_read_state_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_read_state_thread_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "thread_id", name=op.f("pk_read_state")),
    )
    with op.batch_alter_table("read_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_read_state_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=262144), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "markdown",
                "html",
                name="format",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(source) <= 262144", name=op.f("ck_revision_source_length")),
        sa.CheckConstraint("length(summary) <= 200", name=op.f("ck_revision_summary_length")),
        sa.CheckConstraint("length(title) <= 200", name=op.f("ck_revision_title_length")),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_revision_author_id")),
        sa.ForeignKeyConstraint(
            ["text_id"], ["text.id"], name=op.f("fk_revision_text_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("text_id", "number", name=op.f("uq_revision_text_id_number")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_author_id"), ["author_id"], unique=False)

    op.create_table(
        "text_link",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("target_kind", sa.String(length=24), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(target_kind) <= 24", name=op.f("ck_text_link_target_kind_length")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["text.id"], name=op.f("fk_text_link_text_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("text_id", "target_kind", "target_id", name=op.f("pk_text_link")),
    )
    with op.batch_alter_table("text_link", schema=None) as batch_op:
        batch_op.create_index("ix_text_link_target", ["target_kind", "target_id"], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        for name, table, target, column, key in CIRCULAR:
            op.create_foreign_key(op.f(name), table, target, [column], [key])
        op.execute(REFUSE_ON_POSTGRESQL)
    else:
        for verb in ("UPDATE", "DELETE"):
            op.execute(REFUSE_ON_SQLITE.format(verb=verb))


def downgrade() -> None:
    raise NotImplementedError("Before the first schema there is nothing; restore a backup instead.")
