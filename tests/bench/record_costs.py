#!/usr/bin/python3
"""What `record` of one build, or of two side by side, costs: bytes on the disk for a quiet feed, time for printing.

    record_costs.py [--seconds N] [--rate N] [--size N] [--flood FLOOD_SERVER] SOCKEYE [OTHER_SOCKEYE]

A server of python3-websockets sends `rate` text messages of `size` bytes a second to all of them at once. The bytes are
those of /proc/PID/io (write_bytes: what is on its way to a disk, not what only the kernel's cache was told), from the
second second on, so that making the file does not count.

With a flood server, how long `record` takes that prints every entry to nobody, beside `record -q`, the medians of three.
"""

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import websockets


def written(pid):
    text = Path(f"/proc/{pid}/io").read_text(encoding="ascii")
    return int(re.search(r"^write_bytes: (\d+)", text, re.MULTILINE)[1])


async def measure(options):
    message = "x" * options.size

    async def feed(socket, *_):
        start = asyncio.get_running_loop().time()
        number = 0
        try:
            while True:
                await socket.send(message)
                number += 1
                await asyncio.sleep(start + number / options.rate - asyncio.get_running_loop().time())
        except websockets.ConnectionClosed:
            pass

    async with websockets.serve(feed, "127.0.0.1", 0, compression=None) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        with tempfile.TemporaryDirectory(prefix="sockeye-record-", dir=options.folder) as folder:
            recorders = []
            for index, program in enumerate(options.programs):
                home = Path(folder) / str(index)
                home.mkdir()
                recorders.append(subprocess.Popen(
                    [program, "record", "-q", url, "-o", str(home / "feed.sockeye")],
                    env={**os.environ, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}))
            await asyncio.sleep(2)
            before = [written(recorder.pid) for recorder in recorders]
            await asyncio.sleep(options.seconds)
            after = [written(recorder.pid) for recorder in recorders]
            wals = [(Path(folder) / str(index) / "feed.sockeye-wal").stat().st_size for index in range(len(recorders))]
            for recorder in recorders:
                recorder.terminate()
            for recorder in recorders:
                recorder.wait()
    rates = [(b - a) / options.seconds for a, b in zip(before, after)]
    print(f"Quiet feed, {options.rate} messages of {options.size} B a second, for {options.seconds} s:")
    for program, rate, wal in zip(options.programs, rates, wals):
        print(f"  record -q writes {rate / 1000:.1f} kB a second, -wal {wal / 1e6:.1f} MB  ({program})")
    if len(rates) == 2 and rates[0] > 0:
        print(f"  the first one writes 1/{rates[1] / rates[0]:.1f} of the second")


def record_flood(program, options, flags):
    """Seconds of one record, its start and its end included."""
    with tempfile.TemporaryDirectory(prefix="sockeye-print-", dir=options.folder) as home:
        with subprocess.Popen([options.flood, "--count", str(options.messages), "--size", "100"],
                              stdout=subprocess.PIPE, text=True) as server:
            try:
                port = int(server.stdout.readline().split()[-1])
                start = time.monotonic()
                subprocess.run([program, "record", *flags, f"ws://127.0.0.1:{port}/", "-o", f"{home}/a.sockeye"],
                               stdout=subprocess.DEVNULL, check=True, env={**os.environ, "HOME": home})
                return time.monotonic() - start
            finally:
                server.terminate()


def measure_printing(options):
    print(f"Printing {options.messages:,} messages of 100 B:")
    for program in options.programs:
        pairs = [(record_flood(program, options, []), record_flood(program, options, ["-q"])) for _ in range(3)]
        printing, quiet = (median(column) for column in zip(*pairs))
        ratio = median(a / b for a, b in pairs)
        print(f"  record {printing:.2f} s, record -q {quiet:.2f} s, ratio {ratio:.2f}  ({program})")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--size", type=int, default=40)
    parser.add_argument("--flood", help="the flood server of tests/peers")
    parser.add_argument("--messages", type=int, default=1_000_000, help="of the flood")
    parser.add_argument("--folder", default=".", help="on the disk that is meant")
    parser.add_argument("programs", nargs="+")
    options = parser.parse_args()
    if not Path("/proc/self/io").exists():
        sys.exit("This system has no /proc/PID/io")
    asyncio.run(measure(options))
    if options.flood:
        measure_printing(options)


if __name__ == "__main__":
    main()
