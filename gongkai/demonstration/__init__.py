"""The demonstration year: invented submissions that the pipeline computes the published facts from."""
