"""What a unit gets back on its submission: receipt, returned workbook, changes, signature."""
