"""A program that is started twice: `second_start.py DATA-FOLDER ARGUMENTS…`; it says what happens on its output.

With `hidden` or `shown` in the environment variable WINDOW it has a window, green and at the top left.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from followup_desktop.base.errors import Problem
from followup_desktop.ui.instance import bring_to_front, only_instance


def say(*words):
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def make_window():
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    window = QWidget()
    window.setStyleSheet("background: #00ff00")
    window.setGeometry(0, 0, 400, 300)
    window.setVisible(os.environ["WINDOW"] == "shown")
    return app, window


def main():
    app, window = make_window() if "WINDOW" in os.environ else (QCoreApplication(sys.argv[:1]), None)
    try:
        instance = only_instance(Path(sys.argv[1]), sys.argv[2:])
    except Problem as problem:
        sys.stderr.write(problem.sentence())
        return 1
    if instance is None:
        return 0

    def on_handed_over(asked):
        say("asked", *asked.arguments, "token", asked.token)
        if window is not None:
            bring_to_front(window, asked.token)

    instance.handed_over.connect(on_handed_over)
    say("first")
    code = app.exec()
    instance.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
