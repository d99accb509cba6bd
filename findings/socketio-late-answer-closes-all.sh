#!/usr/bin/env bash
# socket.io closes a client's whole connection, with all of its namespaces, over one answer to a namespace that it has left.
#
# Packages:  npm: socket.io@4.8.4, socket.io-client@4.8.4; any Node from 18 on.
# Guess:     A client that leaves /chat while it still has a question of the server's to answer may answer late; the server,
#            which no longer knows that socket, drops the packet, and the namespace "/" of the same connection goes on.
# Behaviour: The client sends the ACK without looking whether it is still in the namespace ("43/chat,0[43]" behind "41/chat,").
#            The server takes any packet but CONNECT for a namespace that the client is not in for an invalid state, and closes
#            the connection: "/" ends with "forced close" on the server, with "transport close" on the client, and what was
#            asked there meanwhile gets no answer. Neither side reports an error, and the client connects again.
# Matters:   Whoever uses acknowledgements and namespaces sees connections that drop "by themselves" when a view is closed at
#            the wrong moment. Only the order of the packets on the wire tells why: the ACK stands behind the DISCONNECT.
# Source:    Socket.IO protocol, version 5, "Disconnection from a namespace", which says nothing of packets that come later;
#            Client#ondecoded of socket.io, Socket#ack of socket.io-client. Found by recording both ends.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export HOME="$folder"
echo '{"type":"module"}' >package.json
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts socket.io@4.8.4 socket.io-client@4.8.4 >/dev/null

cat >late.js <<'JS'
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { Server } from "socket.io";
import { io } from "socket.io-client";

const http = createServer().listen(0, "127.0.0.1");
await once(http, "listening");
const server = new Server(http);
server.on("connection", (socket) => {
  socket.on("add", (n, answer) => answer(n + 1));
  socket.on("disconnect", (reason) => console.log("server: / ends:", reason));
});
server.of("/chat").on("connection", (socket) => {
  socket.on("disconnect", (reason) => console.log("server: /chat ends:", reason));
  socket.emit("question", 42, () => console.log("server: answered"));
});

const url = `http://127.0.0.1:${http.address().port}`;
const main = io(url, { transports: ["websocket"], reconnection: false });
main.on("disconnect", (reason) => console.log("client: / ends:", reason));
await once(main, "connect");
console.log("before:", await main.timeout(5000).emitWithAck("add", 1));
const chat = main.io.socket("/chat", {});
const [, answer] = await new Promise((asked) => chat.on("question", (...values) => asked(values)));
chat.disconnect();
console.log("after leaving:", await main.timeout(5000).emitWithAck("add", 2));
answer(43);
for (let i = 0; i < 100 && main.connected; ++i)
  await delay(20);
console.log("after the late answer:", main.connected ? "connected" : "gone");
process.exit();
JS
timeout 30 node late.js | tee said
diff - said <<'TEXT' || { echo "It behaves otherwise now" >&2; exit 1; }
before: 2
server: /chat ends: client namespace disconnect
after leaving: 3
server: / ends: forced close
client: / ends: transport close
after the late answer: gone
TEXT
