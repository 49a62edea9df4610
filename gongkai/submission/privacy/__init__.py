"""Personal data of applicants in any text: found and masked, so that no value gets past a reader."""
