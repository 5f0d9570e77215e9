"""An S3 server that keeps its buckets in memory: PORT."""

import os
import sys

# The server's name is no bucket's.
os.environ["S3_IGNORE_SUBDOMAIN_BUCKETNAME"] = "true"

from moto.server import main

main(["-H", "127.0.0.1", "-p", sys.argv[1]])
