#!/usr/bin/python3
"""python3-websocket (websocket-client) over the cases of ../odd_server.py."""

import struct

import websocket
from cases import LIMIT_S, cases, say, words_of

for _, url, protocols in cases():
    try:
        socket = websocket.create_connection(url, timeout=LIMIT_S, subprotocols=protocols or None)
        while True:
            opcode, data = socket.recv_data()
            if opcode == websocket.ABNF.OPCODE_CLOSE:
                say("close", struct.unpack(">H", data[:2])[0] if len(data) > 1 else 1005)
                break
            say("text", data.decode())
            if data == b"after":
                socket.close(1000)
                say("close", 1000)
                break
    except websocket.WebSocketTimeoutException:
        say("timeout")
    except Exception as error:  # Whatever a library raises is what is to be seen.
        say("error", words_of(error))
