"""The office's own input (`gongkai/inspection/1`): its entries, what they must say, and their reader."""
