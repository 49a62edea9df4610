"""How much room a text takes in print, counted in Chinese characters: Latin letters and digits are half as wide."""

from unicodedata import east_asian_width


def width_of(text: str) -> float:
    """About how many Chinese characters wide a text is; a sign that may be either, as — or “, is set wide here."""
    return sum(1 if east_asian_width(sign) in "WFA" else 0.5 for sign in text)
