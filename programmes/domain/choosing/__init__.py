"""Mentees who choose: the list of mentors, requests and their answers, and who approves from outside."""
