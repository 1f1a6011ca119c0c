"""The turn of the year: a new tracker from the old one, which stays as it is."""
