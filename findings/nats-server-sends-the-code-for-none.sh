#!/usr/bin/env bash
# nats-server answers a close frame without a code with code 1005 on the wire, which no endpoint may send.
#
# Packages:  Debian 12: nats-server 2.9.10-1+b3; npm: ws@8.18.3.
# Guess:     A close frame without a body is answered by one without a body, or by 1000: 1005 is what an API calls "there
#            was no code", and a server that has its own WebSocket code knows that it never goes over the wire.
# Behaviour: The answer to "88 80 + key" is "88 02 03 ed": 1005 as two bytes. Codes that the client sends come back as they
#            were. Node's ws, whose close() without arguments sends no code, ends with an error ("invalid status code
#            1005") and 1006 instead of a clean close.
# Matters:   A client that closes by the book is told that the connection broke. Only a look at the bytes shows that it is
#            the server that breaks the rule, and that it is no proxy between the two; a debugger has to show the code as
#            it came, as a finding about the peer.
# Source:    RFC 6455 7.4.1 (1005 "MUST NOT be set as a status code in a Close control frame by an endpoint"), 5.5.1.
set -eu

installed=$(dpkg-query -W -f='${Version}' nats-server 2>/dev/null || true)
if [ "$installed" != 2.9.10-1+b3 ]; then
    echo "This is about nats-server 2.9.10-1+b3; installed: ${installed:-none}" >&2
    exit 2
fi

folder=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; rm -rf "$folder"' EXIT
chmod 700 "$folder"
export HOME="$folder"
(cd "$folder" && timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" \
    ws@8.18.3 >/dev/null)

cat >"$folder/nats.conf" <<CONF
listen: "127.0.0.1:-1"
websocket { listen: "127.0.0.1:-1", no_tls: true }
ports_file_dir: "$folder"
CONF
$(command -v nats-server || echo /usr/sbin/nats-server) -c "$folder/nats.conf" >"$folder/log" 2>&1 &
server=$!
for _ in $(seq 100); do
    port=$(sed -n 's/.*Listening for websocket clients on ws:\/\/127.0.0.1:\([0-9]*\).*/\1/p' "$folder/log")
    [ -z "$port" ] || break
    sleep 0.1
done

cat >"$folder/raw.py" <<'PY'
import socket, sys

def closing_answer(body):
    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10) as peer:
        peer.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
        got = b""
        while b"\r\n\r\n" not in got:
            got += peer.recv(4096)
        # A key of zeros leaves the body as it is.
        peer.sendall(bytes([0x88, 0x80 | len(body), 0, 0, 0, 0]) + body)
        got = got.split(b"\r\n\r\n", 1)[1]
        while piece := peer.recv(4096):
            got += piece
    while got:  # frames of the server: short ones, and INFO, which is longer
        size, head = got[1], 2
        if size == 126:
            size, head = int.from_bytes(got[2:4], "big"), 4
        if got[0] == 0x88:
            return got[head:head + size].hex() or "no code"
        got = got[head + size:]
    return "no close frame"

print("to no code:", closing_answer(b""))
print("to 1000:", closing_answer(b"\x03\xe8"))
print("to 1001:", closing_answer(b"\x03\xe9"))
PY
cat >"$folder/client.cjs" <<'JS'
const WebSocket = require('ws');
const socket = new WebSocket(`ws://127.0.0.1:${process.argv[2]}/`);
socket.on('open', () => socket.close());
socket.on('error', (error) => console.log('ws says:', error.message));
socket.on('close', (code) => console.log('ws ends with:', code));
JS
seen=$(timeout 30 /usr/bin/python3 "$folder/raw.py" "$port"; cd "$folder" && timeout 30 node client.cjs "$port")
echo "$seen"
expected='to no code: 03ed
to 1000: 03e8
to 1001: 03e9
ws says: Invalid WebSocket frame: invalid status code 1005
ws ends with: 1006'
if [ "$seen" != "$expected" ]; then
    echo "It behaves otherwise now; this was expected:" >&2
    echo "$expected" >&2
    exit 1
fi
