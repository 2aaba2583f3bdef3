"""What the portal gives away, read by readers that others wrote. `make formats` runs it; `make test` does without."""

import sys
from types import ModuleType

# extruct asks it to forgive comments in JSON. It is not installed, so that whoever writes some is found out.
sys.modules["jstyleson"] = ModuleType("jstyleson")
