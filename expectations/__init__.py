"""The rules: a catalogue as data, Great Expectations suites built from it, and results turned into findings."""
