"""How quick the program is, beside the least it could take.

    python -m tests.bench                      every row at 10,000 customers
    python -m tests.bench 7 8 9                some rows
    python -m tests.bench --customers 100000   a larger business (or several sizes: 1000,10000,100000)
    python -m tests.bench --quick              fewer pairs: to see whether it runs, not to judge by
    python -m tests.bench --gate               end with 1 where a goal is missed (else always with 0)

Machines differ, and one machine differs from minute to minute. So nothing here is a time to be met: everything is
measured beside a floor, the least work that gives the same thing, in turn (A B A B …), and the figure is the median of
the ratios, pair by pair. A pair is two runs close together, so a machine that grows slower in between spoils both.
Times are printed too, only to give an idea.

One module a row, `measure(setting)` in each gives its figures:

    row   module        what                                              beside
    3b    start         from the start to today's list on the screen      a bare window of the same toolkit
    5     memory        memory with the window open                       the same bare window
    7     list_page     the next page of the customer list                the same rows by consecutive number
    8     days_queue    today's queue                                     those customers by number; a loop over all
    9     search        a keystroke of a search over the whole history    30 entries by number; grep
    11    csv_import    reading and inserting a file of customers         csv.reader and executemany
    14    drafts        500 drafts                                        string.Template
    15    report        the month's report as PDF                         Qt's own PDF writer

The business is made by `business.py` with the program's own tables, anew in a temporary folder and used by every row
(100,000 customers with a million entries need a few minutes and 2 GB there). Windows are opened on a private screen by
xvfb-run; without it those rows are left out, and say so. Nothing is written anywhere else.

A figure without a goal is printed to be watched. Goals hold at 10,000 customers; larger sizes are printed.
"""
