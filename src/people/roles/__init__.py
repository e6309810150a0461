"""Who holds which role, given by whom; and in which of one's roles one acts."""
