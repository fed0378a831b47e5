"""The tenant: the employer whose uses of AI are kept here, apart from every other employer's."""
