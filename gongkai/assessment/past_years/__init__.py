"""What a card says of the year before."""
