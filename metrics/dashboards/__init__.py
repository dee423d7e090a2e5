"""Where the numbers are read: pages, the API and the command line, all from one result."""
