"""What a name looks like, whatever it is made of."""

import unicodedata

_LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("01ßøłđı_.", "olsoldi--", strict=True)),
        **dict(zip("авезікмнорстухѕјӏ", "abezikmhopctyxsjl", strict=True)),
        **dict(zip("αβεικνορτυχω", "abeikvoptuxw", strict=True)),
    }
)


def skeleton(name: str) -> str:
    """Without case, accents, invisible characters and foreign look-alikes."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    seen = (letter for letter in folded if unicodedata.category(letter) not in ("Mn", "Cf", "Cc"))
    return "".join(seen).translate(_LOOK_ALIKES).strip()[:80]
