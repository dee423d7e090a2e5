"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


CIRCULAR = [
    ("fk_attachment_uploader_id", "attachment", "member", "uploader_id", "id"),
    ("fk_topic_thread_id", "topic", "thread", "thread_id", "id"),
    ("fk_topic_accepted_post_id", "topic", "post", "accepted_post_id", "id"),
    ("fk_idea_response_id", "idea", "idea_response", "response_id", "id"),
    ("fk_idea_change_id", "idea", "idea_status_change", "change_id", "id"),
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
        sa.CheckConstraint(
            "join_rule IN ('open', 'request', 'invitation')", name=op.f("ck_group_join_rule_choice")
        ),
        sa.CheckConstraint(
            "kind IN ('everyone', 'members', 'segment', 'organization', 'unit', 'custom')",
            name=op.f("ck_group_kind_choice"),
        ),
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
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.Integer(), nullable=True),
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
        "metric_deed",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("counterpart", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "member_id", "kind", "counterpart", name=op.f("pk_metric_deed")
        ),
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
        sa.UniqueConstraint("event_id", name=op.f("uq_metric_fact_event_id")),
    )
    with op.batch_alter_table("metric_fact", schema=None) as batch_op:
        batch_op.create_index(
            "ix_metric_fact_object", ["object_kind", "object_id", "verb"], unique=False
        )
        batch_op.create_index("ix_metric_fact_thread_id", ["thread_id", "verb"], unique=False)

    op.create_table(
        "metric_ladder_count",
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("segment", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("before", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("after", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "first", "segment", "before", "after", name=op.f("pk_metric_ladder_count")
        ),
    )
    op.create_table(
        "metric_ladder_evidence",
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("segment", sa.SmallInteger(), nullable=False),
        sa.Column("rung", sa.SmallInteger(), nullable=False),
        sa.Column("validated", sa.Boolean(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("first", "member_id", name=op.f("pk_metric_ladder_evidence")),
    )
    op.create_table(
        "metric_ladder_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("onward", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metric_ladder_mark")),
    )
    op.create_table(
        "metric_ladder_period",
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("first", name=op.f("pk_metric_ladder_period")),
    )
    op.create_table(
        "metric_ladder_standing",
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("segment", sa.SmallInteger(), nullable=False),
        sa.Column("before", sa.SmallInteger(), nullable=False),
        sa.Column("after", sa.SmallInteger(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("first", "member_id", name=op.f("pk_metric_ladder_standing")),
    )
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
        "metric_membership_change",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_metric_membership_change")),
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
        sa.Column("token", sa.BigInteger(), nullable=False),
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
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_metric_thread")),
    )
    with op.batch_alter_table("metric_thread", schema=None) as batch_op:
        batch_op.create_index("ix_metric_thread_day", ["day"], unique=False)

    op.create_table(
        "origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(external_id) <= 120", name=op.f("ck_origin_external_id_length")),
        sa.CheckConstraint("length(kind) <= 24", name=op.f("ck_origin_kind_length")),
        sa.CheckConstraint(
            "length(subject_kind) <= 24", name=op.f("ck_origin_subject_kind_length")
        ),
        sa.CheckConstraint("length(system) <= 120", name=op.f("ck_origin_system_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin")),
        sa.UniqueConstraint(
            "system", "kind", "external_id", name=op.f("uq_origin_system_kind_external_id")
        ),
    )
    with op.batch_alter_table("origin", schema=None) as batch_op:
        batch_op.create_index("ix_origin_subject", ["subject_kind", "subject_id"], unique=False)

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
        "round_of_checks",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(name) <= 80", name=op.f("ck_round_of_checks_name_length")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_round_of_checks")),
    )
    op.create_table(
        "search_miss",
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(words) <= 200", name=op.f("ck_search_miss_words_length")),
        sa.PrimaryKeyConstraint("words", name=op.f("pk_search_miss")),
    )
    with op.batch_alter_table("search_miss", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_miss_last_at"), ["last_at"], unique=False)

    op.create_table(
        "search_waiting",
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(kind) <= 24", name=op.f("ck_search_waiting_kind_length")),
        sa.PrimaryKeyConstraint("kind", "row_id", name=op.f("pk_search_waiting")),
    )
    op.create_table(
        "sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(address) <= 254", name=op.f("ck_sign_up_address_length")),
        sa.CheckConstraint("length(name) <= 80", name=op.f("ck_sign_up_name_length")),
        sa.CheckConstraint(
            "length(password_hash) <= 200", name=op.f("ck_sign_up_password_hash_length")
        ),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_sign_up_public_id_length")),
        sa.CheckConstraint("length(token_hash) <= 64", name=op.f("ck_sign_up_token_hash_length")),
        sa.CheckConstraint("length(username) <= 40", name=op.f("ck_sign_up_username_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sign_up_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_up_token_hash")),
    )
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_up_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(about) <= 500", name=op.f("ck_tag_about_length")),
        sa.CheckConstraint("length(name) <= 40", name=op.f("ck_tag_name_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_tag_public_id_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("name", name=op.f("uq_tag_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tag_public_id")),
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
        sa.CheckConstraint(
            "type IN ('customer', 'partner', 'prospect')", name=op.f("ck_organization_type_choice")
        ),
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
        sa.CheckConstraint(
            "kind IN ('category', 'board', 'blog', 'wiki', 'group')",
            name=op.f("ck_space_kind_choice"),
        ),
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
        "tagging",
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(subject_kind) <= 24", name=op.f("ck_tagging_subject_kind_length")
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tag.id"], name=op.f("fk_tagging_tag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tag_id", "subject_kind", "subject_id", name=op.f("pk_tagging")),
    )
    with op.batch_alter_table("tagging", schema=None) as batch_op:
        batch_op.create_index("ix_tagging_subject", ["subject_kind", "subject_id"], unique=False)

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
        sa.CheckConstraint(
            "segment IN ('employee', 'customer', 'partner', 'public', 'bot')",
            name=op.f("ck_domain_rule_segment_choice"),
        ),
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
        sa.CheckConstraint(
            "segment IN ('employee', 'customer', 'partner', 'public', 'bot')",
            name=op.f("ck_member_segment_choice"),
        ),
        sa.CheckConstraint(
            "state IN ('active', 'suspended', 'erased')", name=op.f("ck_member_state_choice")
        ),
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
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_release_public_id_length")),
        sa.CheckConstraint("length(quarter) <= 7", name=op.f("ck_release_quarter_length")),
        sa.CheckConstraint("length(summary) <= 300", name=op.f("ck_release_summary_length")),
        sa.CheckConstraint("length(version) <= 40", name=op.f("ck_release_version_length")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_release_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("public_id", name=op.f("uq_release_public_id")),
        sa.UniqueConstraint("space_id", "version", name=op.f("uq_release_space_id_version")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("scopes", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(name) <= 80", name=op.f("ck_api_token_name_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_api_token_public_id_length")),
        sa.CheckConstraint("length(scopes) <= 80", name=op.f("ck_api_token_scopes_length")),
        sa.CheckConstraint("length(token_hash) <= 64", name=op.f("ck_api_token_token_hash_length")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_api_token_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("public_id", name=op.f("uq_api_token_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_member_id"), ["member_id"], unique=False)

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
        batch_op.create_index("ix_audit_entry_at", ["at", "public_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_deed"), ["deed"], unique=False)
        batch_op.create_index(
            "ix_audit_entry_subject", ["subject_kind", "subject_id"], unique=False
        )

    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("flag_count", sa.Integer(), nullable=False),
        sa.Column("hidden_by_flags", sa.Boolean(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "upheld",
                "rejected",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "decision IN ('upheld', 'rejected')", name=op.f("ck_case_decision_choice")
        ),
        sa.CheckConstraint("length(note) <= 1000", name=op.f("ck_case_note_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_case_public_id_length")),
        sa.CheckConstraint("length(subject_kind) <= 24", name=op.f("ck_case_subject_kind_length")),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_case_audience_id")),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_case_author_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["member.id"], name=op.f("fk_case_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_public_id")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_audience_id_decided_at", ["audience_id", "decided_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_case_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            "uq_case_open",
            ["subject_kind", "subject_id"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
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
        "erasure",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_erasure_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_erasure")),
    )
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
        sa.Column("claimed_by", sa.Integer(), nullable=True),
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
        "mail_choice",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(kind) <= 40", name=op.f("ck_mail_choice_kind_length")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_mail_choice_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "kind", name=op.f("pk_mail_choice")),
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
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=8), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(kind) <= 40", name=op.f("ck_notice_kind_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_notice_public_id_length")),
        sa.CheckConstraint(
            "length(subject_kind) <= 24", name=op.f("ck_notice_subject_kind_length")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["member.id"], name=op.f("fk_notice_actor_id")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_notice_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_notice_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("event_id", "member_id", name=op.f("uq_notice_event_id_member_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_notice_public_id")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_member_id_at", ["member_id", "at"], unique=False)
        batch_op.create_index("ix_notice_subject", ["subject_kind", "subject_id"], unique=False)
        batch_op.create_index(
            "ix_notice_unseen",
            ["member_id"],
            unique=False,
            sqlite_where=sa.text("seen_at IS NULL"),
            postgresql_where=sa.text("seen_at IS NULL"),
        )

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
        "reaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "thank",
                "agree",
                "cheer",
                name="reactionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('thank', 'agree', 'cheer')", name=op.f("ck_reaction_kind_choice")
        ),
        sa.CheckConstraint(
            "length(subject_kind) <= 24", name=op.f("ck_reaction_subject_kind_length")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_reaction_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reaction")),
        sa.UniqueConstraint(
            "subject_kind",
            "subject_id",
            "member_id",
            "kind",
            name=op.f("uq_reaction_subject_kind_subject_id_member_id_kind"),
        ),
    )
    with op.batch_alter_table("reaction", schema=None) as batch_op:
        batch_op.create_index("ix_reaction_member_id_at", ["member_id", "at"], unique=False)

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
        sa.CheckConstraint(
            "role IN ('moderator', 'manager', 'administrator')",
            name=op.f("ck_site_role_role_choice"),
        ),
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
        sa.CheckConstraint("format IN ('markdown', 'html')", name=op.f("ck_text_format_choice")),
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
        sa.Column("first_response_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("view_count", sa.Integer(), nullable=False),
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
        sa.CheckConstraint(
            "state IN ('published', 'draft', 'hidden', 'deleted')",
            name=op.f("ck_thread_state_choice"),
        ),
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
        batch_op.create_index(
            "ix_thread_without_response",
            ["subject_kind", "created_at"],
            unique=False,
            sqlite_where=sa.text("first_response_at IS NULL"),
            postgresql_where=sa.text("first_response_at IS NULL"),
        )

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
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("pinned_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
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
        sa.CheckConstraint(
            "kind IN ('discussion', 'question', 'announcement')", name=op.f("ck_topic_kind_choice")
        ),
        sa.CheckConstraint(
            "state IN ('published', 'draft', 'hidden', 'deleted')",
            name=op.f("ck_topic_state_choice"),
        ),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_topic_public_id_length")),
        sa.CheckConstraint("length(slug) <= 80", name=op.f("ck_topic_slug_length")),
        sa.CheckConstraint("length(title) <= 200", name=op.f("ck_topic_title_length")),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["member.id"], name=op.f("fk_topic_accepted_by_id")
        ),
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
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["member.id"], name=op.f("fk_topic_deleted_by_id")
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_topic_space_id")),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_topic_thread_id"), use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("public_id", name=op.f("uq_topic_public_id")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_topic_thread_id")),
    )
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.create_index("ix_topic_active_at", ["active_at", "public_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_topic_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_topic_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_topic_created_at", ["created_at", "public_id"], unique=False)
        batch_op.create_index(
            "ix_topic_space_id_active_at", ["space_id", "active_at", "public_id"], unique=False
        )

    op.create_table(
        "watch",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "muted",
                "normal",
                "tracking",
                "watching",
                name="watchlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "level IN ('muted', 'normal', 'tracking', 'watching')",
            name=op.f("ck_watch_level_choice"),
        ),
        sa.CheckConstraint("length(subject_kind) <= 24", name=op.f("ck_watch_subject_kind_length")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_watch_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "subject_kind", "subject_id", name=op.f("pk_watch")),
    )
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.create_index("ix_watch_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "appeal",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(answer) <= 1000", name=op.f("ck_appeal_answer_length")),
        sa.CheckConstraint("length(text) <= 2000", name=op.f("ck_appeal_text_length")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_appeal_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["member.id"], name=op.f("fk_appeal_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_appeal")),
    )
    op.create_table(
        "article",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("excerpt", sa.String(length=400), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
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
        sa.CheckConstraint(
            "state IN ('published', 'draft', 'hidden', 'deleted')",
            name=op.f("ck_article_state_choice"),
        ),
        sa.CheckConstraint("length(excerpt) <= 400", name=op.f("ck_article_excerpt_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_article_public_id_length")),
        sa.CheckConstraint("length(slug) <= 80", name=op.f("ck_article_slug_length")),
        sa.CheckConstraint("length(title) <= 200", name=op.f("ck_article_title_length")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_article_audience_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_article_author_id")),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["member.id"], name=op.f("fk_article_deleted_by_id")
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_article_space_id")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_article_text_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_article_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("public_id", name=op.f("uq_article_public_id")),
        sa.UniqueConstraint("text_id", name=op.f("uq_article_text_id")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_article_thread_id")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_article_published_at", ["published_at"], unique=False)
        batch_op.create_index(
            "ix_article_space_id_published_at", ["space_id", "published_at"], unique=False
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
        "flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "spam",
                "abuse",
                "off_topic",
                "private",
                "other",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reason IN ('spam', 'abuse', 'off_topic', 'private', 'other')",
            name=op.f("ck_flag_reason_choice"),
        ),
        sa.CheckConstraint("length(note) <= 500", name=op.f("ck_flag_note_length")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_flag_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_flag_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
        sa.UniqueConstraint("case_id", "member_id", name=op.f("uq_flag_case_id_member_id")),
    )
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_member_id"), ["member_id"], unique=False)

    op.create_table(
        "idea",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "new",
                "under_review",
                "needs_info",
                "planned",
                "in_progress",
                "testing",
                "community_build",
                "shipped",
                "measured",
                "already_exists",
                "not_now",
                "declined",
                "withdrawn",
                "removed",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("status_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("vote_count", sa.Integer(), nullable=False),
        sa.Column("trend", sa.Double(), nullable=False),
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
        sa.CheckConstraint(
            "state IN ('published', 'draft', 'hidden', 'deleted')",
            name=op.f("ck_idea_state_choice"),
        ),
        sa.CheckConstraint(
            "status IN ('new', 'under_review', 'needs_info', 'planned', 'in_progress', 'testing', 'community_build', 'shipped', 'measured', 'already_exists', 'not_now', 'declined', 'withdrawn', 'removed')",
            name=op.f("ck_idea_status_choice"),
        ),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_idea_public_id_length")),
        sa.CheckConstraint("length(slug) <= 80", name=op.f("ck_idea_slug_length")),
        sa.CheckConstraint("length(title) <= 200", name=op.f("ck_idea_title_length")),
        sa.CheckConstraint("vote_count >= 0", name=op.f("ck_idea_vote_count")),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_idea_audience_id")),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_idea_author_id")),
        sa.ForeignKeyConstraint(
            ["change_id"], ["idea_status_change.id"], name=op.f("fk_idea_change_id"), use_alter=True
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["idea_response.id"], name=op.f("fk_idea_response_id"), use_alter=True
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_idea_space_id")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_idea_text_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_idea_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea")),
        sa.UniqueConstraint("public_id", name=op.f("uq_idea_public_id")),
        sa.UniqueConstraint("text_id", name=op.f("uq_idea_text_id")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_idea_thread_id")),
    )
    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_idea_created_at", ["created_at", "public_id"], unique=False)
        batch_op.create_index(
            "ix_idea_space_id_created_at", ["space_id", "created_at", "public_id"], unique=False
        )
        batch_op.create_index(
            "ix_idea_space_id_trend", ["space_id", "trend", "created_at", "public_id"], unique=False
        )
        batch_op.create_index(
            "ix_idea_space_id_vote_count",
            ["space_id", "vote_count", "created_at", "public_id"],
            unique=False,
        )
        batch_op.create_index("ix_idea_status_at", ["status", "status_at"], unique=False)
        batch_op.create_index("ix_idea_trend", ["trend", "created_at", "public_id"], unique=False)
        batch_op.create_index(
            "ix_idea_vote_count", ["vote_count", "created_at", "public_id"], unique=False
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
                "reset",
                "first_administrator",
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
            "purpose IN ('reset', 'first_administrator')",
            name=op.f("ck_one_time_link_purpose_choice"),
        ),
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
        "page",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("path_folded", sa.String(length=400), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_folded", sa.String(length=200), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
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
        sa.CheckConstraint(
            "state IN ('published', 'draft', 'hidden', 'deleted')",
            name=op.f("ck_page_state_choice"),
        ),
        sa.CheckConstraint("length(path) <= 400", name=op.f("ck_page_path_length")),
        sa.CheckConstraint("length(path_folded) <= 400", name=op.f("ck_page_path_folded_length")),
        sa.CheckConstraint("length(public_id) <= 8", name=op.f("ck_page_public_id_length")),
        sa.CheckConstraint("length(title) <= 200", name=op.f("ck_page_title_length")),
        sa.CheckConstraint("length(title_folded) <= 200", name=op.f("ck_page_title_folded_length")),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_page_audience_id")),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_page_author_id")),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["member.id"], name=op.f("fk_page_deleted_by_id")
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_page_space_id")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_page_text_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_page_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("public_id", name=op.f("uq_page_public_id")),
        sa.UniqueConstraint("text_id", name=op.f("uq_page_text_id")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_page_thread_id")),
    )
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_page_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            "ix_page_space_id_title_folded", ["space_id", "title_folded"], unique=False
        )
        batch_op.create_index(
            "uq_page_space_id_path_folded",
            ["space_id", "path_folded"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.create_table(
        "page_wanted",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("path_folded", sa.String(length=400), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_folded", sa.String(length=200), nullable=False),
        sa.CheckConstraint("length(path) <= 400", name=op.f("ck_page_wanted_path_length")),
        sa.CheckConstraint(
            "length(path_folded) <= 400", name=op.f("ck_page_wanted_path_folded_length")
        ),
        sa.CheckConstraint("length(title) <= 200", name=op.f("ck_page_wanted_title_length")),
        sa.CheckConstraint(
            "length(title_folded) <= 200", name=op.f("ck_page_wanted_title_folded_length")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("fk_page_wanted_space_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["text.id"], name=op.f("fk_page_wanted_text_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("text_id", "path_folded", name=op.f("pk_page_wanted")),
    )
    with op.batch_alter_table("page_wanted", schema=None) as batch_op:
        batch_op.create_index(
            "ix_page_wanted_path_folded", ["space_id", "path_folded"], unique=False
        )
        batch_op.create_index(
            "ix_page_wanted_title_folded", ["space_id", "title_folded"], unique=False
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
        sa.CheckConstraint(
            "state IN ('published', 'draft', 'hidden', 'deleted')",
            name=op.f("ck_post_state_choice"),
        ),
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
        batch_op.create_index("ix_post_created_at", ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_reply_to_id"), ["reply_to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_space_id"), ["space_id"], unique=False)

    op.create_table(
        "profile",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("username_folded", sa.String(length=80), nullable=False),
        sa.Column("username_skeleton", sa.String(length=80), nullable=False),
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
        sa.CheckConstraint(
            "length(username_skeleton) <= 80", name=op.f("ck_profile_username_skeleton_length")
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
    with op.batch_alter_table("profile", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_profile_username_skeleton"), ["username_skeleton"], unique=False
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
        sa.Column("hidden_by_id", sa.Integer(), nullable=True),
        sa.Column("hidden_reason", sa.String(length=400), nullable=False),
        sa.CheckConstraint(
            "format IN ('markdown', 'html')", name=op.f("ck_revision_format_choice")
        ),
        sa.CheckConstraint(
            "length(hidden_reason) <= 400", name=op.f("ck_revision_hidden_reason_length")
        ),
        sa.CheckConstraint("length(source) <= 262144", name=op.f("ck_revision_source_length")),
        sa.CheckConstraint("length(summary) <= 200", name=op.f("ck_revision_summary_length")),
        sa.CheckConstraint("length(title) <= 200", name=op.f("ck_revision_title_length")),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_revision_author_id")),
        sa.ForeignKeyConstraint(
            ["hidden_by_id"], ["member.id"], name=op.f("fk_revision_hidden_by_id")
        ),
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

    op.create_table(
        "idea_response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_idea_response_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["idea.id"], name=op.f("fk_idea_response_idea_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_idea_response_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_response")),
    )
    with op.batch_alter_table("idea_response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_response_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_response_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "page_former_path",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("path_folded", sa.String(length=400), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(path_folded) <= 400", name=op.f("ck_page_former_path_path_folded_length")
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("fk_page_former_path_page_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
            name=op.f("fk_page_former_path_space_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "path_folded", name=op.f("pk_page_former_path")),
    )
    with op.batch_alter_table("page_former_path", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_former_path_page_id"), ["page_id"], unique=False)

    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
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
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "segment IN ('employee', 'customer', 'partner', 'public', 'bot')",
            name=op.f("ck_vote_segment_choice"),
        ),
        sa.CheckConstraint("length(source) <= 16", name=op.f("ck_vote_source_length")),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["idea.id"], name=op.f("fk_vote_idea_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_vote_member_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_vote_organization_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_vote_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
    )
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.create_index("ix_vote_member_id_at", ["member_id", "at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_vote_organization_id"), ["organization_id"], unique=False
        )
        batch_op.create_index("uq_vote_idea_id_member_id", ["idea_id", "member_id"], unique=True)

    op.create_table(
        "idea_status_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column(
            "from_status",
            sa.Enum(
                "new",
                "under_review",
                "needs_info",
                "planned",
                "in_progress",
                "testing",
                "community_build",
                "shipped",
                "measured",
                "already_exists",
                "not_now",
                "declined",
                "withdrawn",
                "removed",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_status",
            sa.Enum(
                "new",
                "under_review",
                "needs_info",
                "planned",
                "in_progress",
                "testing",
                "community_build",
                "shipped",
                "measured",
                "already_exists",
                "not_now",
                "declined",
                "withdrawn",
                "removed",
                name="to_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("undated", sa.Boolean(), nullable=False),
        sa.Column("revisit_on", sa.Date(), nullable=True),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("outcome", sa.String(length=500), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "from_status IN ('new', 'under_review', 'needs_info', 'planned', 'in_progress', 'testing', 'community_build', 'shipped', 'measured', 'already_exists', 'not_now', 'declined', 'withdrawn', 'removed')",
            name=op.f("ck_idea_status_change_from_status_choice"),
        ),
        sa.CheckConstraint(
            "to_status IN ('new', 'under_review', 'needs_info', 'planned', 'in_progress', 'testing', 'community_build', 'shipped', 'measured', 'already_exists', 'not_now', 'declined', 'withdrawn', 'removed')",
            name=op.f("ck_idea_status_change_to_status_choice"),
        ),
        sa.CheckConstraint("length(link) <= 500", name=op.f("ck_idea_status_change_link_length")),
        sa.CheckConstraint(
            "length(outcome) <= 500", name=op.f("ck_idea_status_change_outcome_length")
        ),
        sa.CheckConstraint(
            "length(quarter) <= 7", name=op.f("ck_idea_status_change_quarter_length")
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["member.id"], name=op.f("fk_idea_status_change_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["idea.id"], name=op.f("fk_idea_status_change_idea_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_idea_status_change_release_id")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["idea_response.id"], name=op.f("fk_idea_status_change_response_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["member.id"], name=op.f("fk_idea_status_change_undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_status_change")),
    )
    with op.batch_alter_table("idea_status_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_idea_status_change_actor_id"), ["actor_id"], unique=False
        )
        batch_op.create_index("ix_idea_status_change_idea_id_id", ["idea_id", "id"], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        for name, table, target, column, key in CIRCULAR:
            op.create_foreign_key(op.f(name), table, target, [column], [key])
        op.execute(REFUSE_ON_POSTGRESQL)
    else:
        for verb in ("UPDATE", "DELETE"):
            op.execute(REFUSE_ON_SQLITE.format(verb=verb))


def downgrade() -> None:
    raise NotImplementedError("Before the first schema there is nothing; restore a backup instead.")
