"""Alembic's folder: the history of the warehouse's schema. Applied by `gongkai.warehouse.engine`, never by hand."""
