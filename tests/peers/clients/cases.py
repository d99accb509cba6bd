"""What the Python clients share: the cases of the command line, and how to report on them (README.md).

    py_NAME.py PORT CASE[:PROTOCOL,...]...
"""

import asyncio
import sys

LIMIT_S = 4


def say(*words):
    print(" ".join(str(word) for word in words).replace("\r", " ").replace("\n", " ").rstrip(), flush=True)


def cases():
    """(name, URL, protocols to offer) of each case, reported as begun and ended around the loop's body."""
    port = sys.argv[1]
    for word in sys.argv[2:]:
        name, _, protocols = word.partition(":")
        say("begin", name)
        yield name, f"ws://127.0.0.1:{port}/{name}", protocols.split(",") if protocols else []
        say("end")


def words_of(error):
    return f"{type(error).__name__}: {error}"


def run(talk):
    """Runs the coroutine `talk(url, protocols)` for each case; what it raises is its failure."""

    async def all_cases():
        for _, url, protocols in cases():
            try:
                await asyncio.wait_for(talk(url, protocols), LIMIT_S)
            except (asyncio.TimeoutError, TimeoutError):
                say("timeout")
            except Exception as error:  # Whatever a library raises is what is to be seen.
                say("error", words_of(error))

    asyncio.run(all_cases())
