"""What the pages are measured beside: Flask, saying hello."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    return "Hello, world"
