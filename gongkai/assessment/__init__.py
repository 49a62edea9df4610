"""The assessment: measures, scores, ranks and appeals by the profile's scheme."""
