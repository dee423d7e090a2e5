"""Pages, the paths they had, and the pages that are linked to but not written yet."""

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.database import Base
from community.spaces.models import Space
from community.subjects import Subject
from community.texts.models import Text
from community.threads.models import Thread

SUBJECT = "page"
PATH_LENGTH = 400


class Page(Subject, Base):
    """A page at `path`, below the page whose path its own begins with.

    Of published pages one stands at a path, whatever its capitals; what was deleted or hidden keeps
    its path in case it comes back, and is in nobody's way. `shared`: somebody else than its author
    has revised it.
    """

    __tablename__ = "page"
    __table_args__ = (
        Index(
            "uq_page_space_id_path_folded",
            "space_id",
            "path_folded",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
        Index("ix_page_space_id_title_folded", "space_id", "title_folded"),
    )

    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"), unique=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"), unique=True)
    path: Mapped[str] = mapped_column(String(PATH_LENGTH))
    path_folded: Mapped[str] = mapped_column(String(PATH_LENGTH))
    title: Mapped[str] = mapped_column(String(200))
    title_folded: Mapped[str] = mapped_column(String(200))
    shared: Mapped[bool] = mapped_column(default=False)
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))

    space: Mapped[Space] = relationship(Space, lazy="select")
    text: Mapped[Text] = relationship(Text, lazy="select")
    thread: Mapped[Thread] = relationship(Thread, lazy="select")

    @property
    def depth(self) -> int:
        return self.path.count("/")


class FormerPath(Base):
    """A path that a page had before it was moved: it leads there until another page takes it."""

    __tablename__ = "page_former_path"

    space_id: Mapped[int] = mapped_column(
        ForeignKey("space.id", ondelete="CASCADE"), primary_key=True
    )
    path_folded: Mapped[str] = mapped_column(String(PATH_LENGTH), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)


class WantedPage(Base):
    """A link in a text to a page that nobody has written yet."""

    __tablename__ = "page_wanted"
    __table_args__ = (
        Index("ix_page_wanted_path_folded", "space_id", "path_folded"),
        Index("ix_page_wanted_title_folded", "space_id", "title_folded"),
    )

    text_id: Mapped[int] = mapped_column(
        ForeignKey("text.id", ondelete="CASCADE"), primary_key=True
    )
    path_folded: Mapped[str] = mapped_column(String(PATH_LENGTH), primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(String(PATH_LENGTH))
    title: Mapped[str] = mapped_column(String(200))
    title_folded: Mapped[str] = mapped_column(String(200))
