"""Small windows that write something down, from wherever one is: what happened, a promise; and the manual."""
