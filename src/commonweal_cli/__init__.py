"""The command line: every calculation as a command, and the commands that run an installation."""
