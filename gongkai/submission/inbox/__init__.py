"""The files that lie in an inbox: whose they are by their folder, what each says, read in a limited child process."""
