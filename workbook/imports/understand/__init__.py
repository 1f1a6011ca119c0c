"""Finding out what a file holds: its headings, who each row is about, what each column means, with the evidence."""
