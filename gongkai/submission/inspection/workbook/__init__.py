"""The office's workbook: declared in `sheets.yaml`, written, read in the reading process, and made into entries."""
