"""One module a step, frozen once released: a step imports nothing of gongkai."""
