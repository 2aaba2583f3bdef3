"""What the portal is delivered with, and how newer texts of it reach a portal that runs already.

`records` reads the fixtures, `fingerprints` tells what nobody edited from what somebody did, `update` mends
the one and offers working copies of the other.
"""
