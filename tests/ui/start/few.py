"""The program's command line, inventing a small business, so that a test need not wait for a large one."""

import sys

from followup_desktop.cli.main import main

if __name__ == "__main__":
    sys.exit(main([*sys.argv[1:], "--customers", "12"]))
