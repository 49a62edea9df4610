"""What several documents say alike: words, places, standing, waivers, the manifest. No document is built here."""
