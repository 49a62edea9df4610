"""The district's annual report: facts, sentences, tables and notes as one view, and its JSON, Word, HTML and PDF."""
