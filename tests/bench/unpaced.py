"""Our bot without its pace: the one person of the bench says more in a second than people do."""

import sys

from bot import pace
from bot.__main__ import main

if __name__ == "__main__":
    pace.BURST = sys.maxsize
    sys.exit(main())
