"""The assessment scheme as a page for units: what is measured, how points are counted, what they are worth."""
