"""Every event with a recipe becomes a fact."""

from metrics.facts.recipes import known_recipes
from metrics.facts.recording import record

SUBSCRIPTIONS = {kind: [record] for kind in known_recipes()}
