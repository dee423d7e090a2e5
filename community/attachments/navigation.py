"""Where composers send files."""

from community.slots import page_value


@page_value("upload_url")
def upload_url() -> str:
    return "/attachments"
