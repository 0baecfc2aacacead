"""`python -m anmin`: the same as `anmin`."""

from anmin.cli.__main__ import main

if __name__ == "__main__":
    main()
