"""The cookie that carries a sign-in: good for its time, and also after the clock was set back."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer


class Signer(TimestampSigner):
    """A signature of ours from the future is one from before the clock was set back."""

    def unsign(self, signed_value: Any, max_age: int | None = None, **options: Any) -> Any:
        try:
            return super().unsign(signed_value, max_age, **options)
        except SignatureExpired as refused:
            if refused.date_signed is None or refused.date_signed <= datetime.now(UTC):
                raise
            return super().unsign(signed_value, None, **options)


class Cookies(SecureCookieSessionInterface):
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        serializer = super().get_signing_serializer(app)
        if serializer:
            serializer.signer = Signer
        return serializer


def register(app: Flask) -> None:
    app.session_interface = Cookies()
