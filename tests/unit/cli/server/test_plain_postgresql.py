"""Prefect's migrations on a PostgreSQL without pg_trgm: an ordinary index, and nothing else changed."""

from gongkai.cli.server.plain_postgresql import without_trigrams


def test_a_trigram_index_becomes_an_ordinary_one():
    asked = "CREATE INDEX CONCURRENTLY trgm_ix_flow_name ON flow USING gin (name gin_trgm_ops);"
    assert without_trigrams(asked) == "CREATE INDEX CONCURRENTLY trgm_ix_flow_name ON flow USING btree (name);"


def test_the_extension_is_not_asked_for():
    assert without_trigrams("CREATE EXTENSION IF NOT EXISTS pg_trgm;") == "SELECT 1"


def test_other_statements_stay():
    for said in ("CREATE INDEX ix ON flow USING gin (tags)", "SELECT name FROM flow WHERE name ILIKE %s"):
        assert without_trigrams(said) == said
