"""People decide: a licence is granted, restricted, suspended or revoked by one named person and a second."""
