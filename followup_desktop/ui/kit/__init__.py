"""What every page is made from: the context it gets, its base, forms from settings, what the window remembers."""
