"""An S3 server that keeps its buckets in memory: PORT."""

import sys

from moto.server import main

main(["-H", "127.0.0.1", "-p", sys.argv[1]])
