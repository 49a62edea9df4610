"""The internal annex (核查附表): what an official who signs must know and the public report does not say."""
