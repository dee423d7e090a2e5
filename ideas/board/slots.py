"""What other pages show of boards."""

from flask import render_template

from community.slots import fills


@fills("header.new")
def new_idea(**_page: object) -> str:
    return render_template("ideas/_new.html")
