"""Organizations are the customers' companies, units the parts of our own."""
