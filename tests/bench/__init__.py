"""Speed and memory of the main job, measured against a straight script in the same run (`make bench`)."""
