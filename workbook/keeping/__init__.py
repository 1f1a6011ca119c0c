"""What is kept of learners, for how long, and how it goes: past its time, erased, and all of one learner in a file."""
