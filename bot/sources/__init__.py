"""Keeping up: folders and feeds that are looked at again and again, and what they bring.

    addresses.py  which addresses may be fetched      manners.py   robots.txt, one request a host at a time
    web.py        one bounded, conditional GET        spool.py     what feeds brought, as files to build from
    polling.py    one look at one source              watching.py  the job: look at all, build what is new

The bot itself fetches nothing for a question: pages and feeds are read here and answered from the index.
"""
