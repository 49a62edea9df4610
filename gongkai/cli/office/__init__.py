"""The commands of the office: status, preview, remind, issue, lock."""
