"""Where composers send files."""

from community.web import page_value


@page_value("upload_url")
def upload_url() -> str:
    return "/attachments"
