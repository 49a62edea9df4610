"""An edited report read back (`gongkai adopt`): placed in its sections, compared figure by figure, and kept as data.

Nothing is stored here; that is `gongkai.reporting.outbox.adopting` and the warehouse.
"""
