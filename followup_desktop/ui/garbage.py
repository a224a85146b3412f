"""Looking for what nobody reaches any more: on the window's thread only, and never while work waits."""

from __future__ import annotations

import gc

from PySide6.QtCore import QAbstractEventDispatcher, QObject, Slot


class Collector(QObject):
    """Collects circles of objects in Python's stead, whenever the window has nothing else to do.

    Python itself collects in whatever thread makes the next object. A circle that holds a widget would then be taken
    apart by a worker, and Qt ends the program when a widget dies outside the window's thread: once in many thousand
    times, and never twice in the same place.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._dispatcher: QAbstractEventDispatcher | None = None

    @Slot()
    def begin(self) -> None:
        """Begin once the program stands: all there is now stays, and is never looked through again."""
        gc.collect()
        gc.freeze()
        self._dispatcher = QAbstractEventDispatcher.instance()
        self._dispatcher.aboutToBlock.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Collect as far as Python would have by now; costs nothing where little was made since."""
        for generation, (made, many) in reversed(list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))):
            if made > many:
                gc.collect(generation)
                return

    def end(self) -> None:
        """Leave it to Python again."""
        if self._dispatcher is not None:
            self._dispatcher.aboutToBlock.disconnect(self.look)
            self._dispatcher = None
        gc.unfreeze()
        gc.enable()
