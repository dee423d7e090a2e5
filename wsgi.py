"""The composition root: the only module that knows all three packages. Importing it makes `app`."""

import community.features
import ideas.features
import metrics.features
from community import admission
from community.application import create_app
from community.config import Settings

app = create_app(
    Settings.from_environ(),
    [
        *community.features.FEATURES,
        *ideas.features.FEATURES,
        *metrics.features.FEATURES,
    ],
)
admission.register(app)
