"""How good the rules are, in numbers (`make quality`): mutations found, false accusations, mistakes of real reports.

Everything is drawn from one seed and measured by the rules as they are; `docs/quality.md` is written from it.
"""
