"""A district lives through many years in one warehouse; whatever happens, all that was said before still holds."""
