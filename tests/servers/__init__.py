"""The servers that tests talk to: started for the run, gone after it.

`python -m tests.servers COMMAND…` runs a command beside them and hands it their addresses.
"""

POSTGRESQL = "GUILDHALL_TEST_POSTGRESQL"
REDIS = "GUILDHALL_TEST_REDIS"
