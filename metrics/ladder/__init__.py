"""The ladder of members: from being absent to creating together, in periods of four weeks.

A *period* is four whole weeks, Monday to Sunday; one ends every Sunday, so that any number of them
can be followed four weeks apart. *Evidence* is what a member did in one period, *standing* the
level it gives them and the one they had in the period before. The ladder of the organisation,
which is about how it speaks with members, is another one and is never mixed with this.
"""
