"""The people: accounts, the roles they hold, how they sign in, their programs' tokens."""
