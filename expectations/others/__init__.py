"""What a file means for other units than its own."""
