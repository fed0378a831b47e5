"""Ways in without an account name or an e-mail: sign-in codes, and links for one purpose."""
