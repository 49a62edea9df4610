"""The files that the office lays into its own folder: its entries, and its report edited in Word."""
