"""Ways in without an account name or an e-mail: printed sign-in codes and links for one purpose."""
