#!/usr/bin/env python3
"""A server whose replies and frames are odd, to see what clients make of them: `odd_server.py [--port N]` prints
`listening PORT` and serves 127.0.0.1. The path of the request names the case (CASES). Whatever the case, a text "after"
comes last; a client that gets it has gone on.

tests/peers/clients/survey imports this file, and asks `OddServer.answers` which close code a client sent."""

import argparse
import base64
import dataclasses
import hashlib
import socket
import struct
import threading
import time
import zlib

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TIMEOUT_S = 20


def frame(first, payload, mask=b""):
    """A frame with the shortest length form; `first` is its first byte."""
    length = len(payload)
    assert length < 126
    return bytes([first, length | (0x80 if mask else 0)]) + mask + bytes(
        byte ^ mask[i % 4] if mask else byte for i, byte in enumerate(payload))


def close(code):
    return frame(0x88, struct.pack(">H", code))


def deflated(text, final=False):
    """The payload of a compressed message (RFC 7692 7.2.1); with `final`, its block is marked as the last one."""
    compressor = zlib.compressobj(wbits=-15)
    data = compressor.compress(text)
    if final:
        return data + compressor.flush(zlib.Z_FINISH)
    return (data + compressor.flush(zlib.Z_SYNC_FLUSH))[:-4]


@dataclasses.dataclass(frozen=True)
class Case:
    """What one path does. The default is an exemplary server."""

    name: str
    # By which rule's name Sockeye reports it; empty where there is nothing to report.
    rule: str
    title: str
    version: str = "HTTP/1.1"
    upgrade: tuple = ("Upgrade: websocket",)
    connection: str = "Connection: Upgrade"
    accept: tuple = ("Sec-WebSocket-Accept: {}",)
    more: tuple = ()
    before: str = ""
    line_end: str = "\r\n"
    # What the client is to offer.
    protocols: tuple = ()
    # permessage-deflate is needed: a client that does not offer it cannot show the case.
    deflate: bool = False
    # The first frame comes in the segment of the head.
    together: bool = False
    frames: bytes = b""
    # The texts that `frames` hold, to be seen before "after".
    texts: tuple = ()
    # The code of the close frame that stands in `frames`; 1005 (none) for a close frame without one.
    closes: int = 0


CHAT = ("chat", "superchat")
CHOSEN = "Sec-WebSocket-Protocol: chat"

CASES = [
    # These are right, and show that a client can be judged at all.
    Case("plain", "", "nothing odd"),
    Case("together", "", "the first frame in the segment of the head", together=True),
    Case("subprotocol-chosen", "", "the first subprotocol chosen", protocols=CHAT, more=(CHOSEN,)),
    Case("deflate", "", "a compressed message", deflate=True, frames=frame(0xC1, deflated(b"hi")), texts=("hi",)),
    Case("close-1000", "", "close code 1000", frames=close(1000), closes=1000),
    Case("case", "", "`upgrade: WebSocket`, `CONNECTION: UPGRADE`", upgrade=("upgrade: WebSocket",),
         connection="CONNECTION: UPGRADE"),
    Case("accept-spaces", "accept.blanks", "spaces behind Sec-WebSocket-Accept",
         accept=("Sec-WebSocket-Accept: {}  ",)),
    Case("accept-tab", "accept.blanks", "a tab behind Sec-WebSocket-Accept",
         accept=("Sec-WebSocket-Accept: {}\t",)),
    Case("connection-list", "connection.list", "`Connection: keep-alive, Upgrade`",
         connection="Connection: keep-alive, Upgrade"),
    Case("deflate-final-padded", "", "DEFLATE block marked final, then 00", deflate=True,
         frames=frame(0xC1, deflated(b"hi", final=True) + b"\0"), texts=("hi",)),
    Case("deflate-empty", "", "compressed empty message, c1 01 00", deflate=True, frames=frame(0xC1, b"\0"),
         texts=("",)),

    Case("subprotocol-none", "subprotocol.none", "no subprotocol chosen though two were offered", protocols=CHAT),
    Case("subprotocol-other", "subprotocol.not-offered", "a subprotocol that was not among those offered",
         protocols=CHAT, more=("Sec-WebSocket-Protocol: other",)),
    Case("subprotocol-unasked", "subprotocol.not-offered", "a subprotocol though none was offered",
         more=("Sec-WebSocket-Protocol: other",)),
    Case("subprotocol-twice", "duplicates", "Sec-WebSocket-Protocol twice, the same", protocols=CHAT,
         more=(CHOSEN, CHOSEN)),
    Case("upgrade-twice", "upgrade.twice", "two `Upgrade: websocket` lines", upgrade=("Upgrade: websocket",) * 2),
    Case("upgrade-list", "upgrade.list", "`Upgrade: websocket, foo`", upgrade=("Upgrade: websocket, foo",)),
    Case("accept-twice", "accept.repeated", "Sec-WebSocket-Accept twice, right and the same",
         accept=("Sec-WebSocket-Accept: {}",) * 2),
    Case("content-length-0", "framing.content-length", "`Content-Length: 0` in the 101", more=("Content-Length: 0",)),
    Case("content-length-5", "framing.content-length", "`Content-Length: 5` in the 101", more=("Content-Length: 5",)),
    Case("content-length-together", "framing.content-length", "the same, and the first frame in its segment",
         more=("Content-Length: 5",), together=True),
    Case("transfer-encoding", "framing.transfer-encoding", "`Transfer-Encoding: chunked` in the 101",
         more=("Transfer-Encoding: chunked",)),
    Case("extensions-empty", "extensions.empty", "an empty Sec-WebSocket-Extensions line",
         more=("Sec-WebSocket-Extensions:",)),
    Case("extensions-other", "extensions", "an extension that was not offered",
         more=("Sec-WebSocket-Extensions: x-other",)),
    Case("extensions-twice", "extensions", "`permessage-deflate` on each of two lines", deflate=True,
         more=("Sec-WebSocket-Extensions: permessage-deflate",)),
    Case("bare-line-feed", "http.bare-line-feed", "lines of the head end in LF alone", line_end="\n"),
    Case("http10", "http-version", "the reply is HTTP/1.0", version="HTTP/1.0"),
    Case("early-hints", "interim", "103 Early Hints before the 101",
         before="HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"),
    Case("continue", "interim", "100 Continue before the 101", before="HTTP/1.1 100 Continue\r\n\r\n"),
    Case("folding", "folding", "a folded header line", more=("X-Folded: one\r\n two",)),
    Case("length-16", "frame.length-form", "2 bytes with a 16-bit length", frames=b"\x81\x7e\0\2hi", texts=("hi",)),
    Case("length-64", "frame.length-form", "2 bytes with a 64-bit length", frames=b"\x81\x7f" + b"\0" * 7 + b"\2hi",
         texts=("hi",)),
    Case("masked", "frame.masked", "a masked frame from the server", frames=frame(0x81, b"hi", b"\1\2\3\4"),
         texts=("hi",)),
    Case("close-1005", "close.code", "close code 1005 in a frame", frames=close(1005), closes=1005),
    Case("close-1016", "close.code", "close code 1016", frames=close(1016), closes=1016),
    Case("close-2999", "close.code", "close code 2999", frames=close(2999), closes=2999),
    Case("close-one-byte", "close.one-byte", "a close frame of one byte", frames=frame(0x88, b"\3"), closes=1005),
    Case("deflate-final", "deflate.final-block", "DEFLATE block marked final, no 00", deflate=True,
         frames=frame(0xC1, deflated(b"hi", final=True)), texts=("hi",)),
    Case("deflate-nothing", "deflate.empty", "compressed message of no bytes, c1 00", deflate=True, frames=b"\xc1\0",
         texts=("",)),
]


class OddServer:
    """Serves in threads of its own until the process ends."""

    def __init__(self, port=0):
        self.answers = {}
        self._cases = {case.name: case for case in CASES}
        self._listener = socket.create_server(("127.0.0.1", port), backlog=50)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            connection, _ = self._listener.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        # A browser opens connections that it may never use.
        connection.settimeout(TIMEOUT_S)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection:
            try:
                self._play(connection)
            except (OSError, EOFError):
                pass

    def _play(self, connection):
        head = receive_until(connection, b"\r\n\r\n")
        case = self._cases.get(head.split()[1].decode("latin-1").lstrip("/"))
        fields = {}
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            fields.setdefault(name.strip().lower(), value.strip())
        if case is None or b"sec-websocket-key" not in fields:
            connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        self.answers[case.name] = ""
        offers = fields.get(b"sec-websocket-extensions", b"").decode()
        if case.deflate and "permessage-deflate" not in offers:
            self.answers[case.name] = "no deflate"
        head = reply_head(case, fields[b"sec-websocket-key"], offers).encode()
        deflates = case.deflate and "permessage-deflate" in offers
        after = frame(0xC1, deflated(b"after")) if deflates else frame(0x81, b"after")
        pieces = [head, case.frames, b"" if case.closes else after]
        for piece in [b"".join(pieces)] if case.together else filter(None, pieces):
            connection.sendall(piece)
            # To be read apart: what a client makes of the one is seen before it meets the next.
            time.sleep(0.03)
        self._await_close(connection, case)

    def _await_close(self, connection, case):
        """Reads on to the client's close frame, notes its code and answers it."""
        while True:
            first, second = receive(connection, 2)
            length = second & 0x7F
            if length == 126:
                length = struct.unpack(">H", receive(connection, 2))[0]
            elif length == 127:
                length = struct.unpack(">Q", receive(connection, 8))[0]
            mask = receive(connection, 4) if second & 0x80 else b"\0" * 4
            payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(receive(connection, length)))
            if first & 0x0F == 8:
                code = struct.unpack(">H", payload[:2])[0] if len(payload) > 1 else 1005
                self.answers[case.name] = self.answers[case.name] or str(code)
                if not case.closes:
                    connection.sendall(frame(0x88, payload))
                connection.shutdown(socket.SHUT_WR)
                connection.recv(1)
                return


def reply_head(case, key, offers):
    accept = base64.b64encode(hashlib.sha1(key + GUID).digest()).decode()
    lines = [f"{case.version} 101 Switching Protocols", *case.upgrade, case.connection]
    lines += [line.format(accept) for line in case.accept]
    if case.deflate and "permessage-deflate" in offers:
        # The first must be answered where it is asked for (RFC 7692 7.1.1.1); gorilla wants both.
        asked = [name for name in ("server_no_context_takeover", "client_no_context_takeover") if name in offers]
        lines.append("Sec-WebSocket-Extensions: " + "; ".join(["permessage-deflate", *asked]))
    lines += case.more
    return case.before + case.line_end.join([*lines, "", ""])


def receive(connection, size):
    data = b""
    while len(data) < size:
        piece = connection.recv(size - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data


def receive_until(connection, end):
    data = b""
    while not data.endswith(end):
        data += receive(connection, 1)
    return data


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    server = OddServer(parser.parse_args().port)
    print("listening", server.port, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
