// An echo server on Node's ws, a real third-party endpoint. See README.md for its commands.
'use strict';

const fs = require('fs');
const http = require('http');
const https = require('https');
const { WebSocketServer } = require('ws');

const argument = (name) => {
    const at = process.argv.indexOf(name);
    return at < 0 ? -1 : at + 1;
};
const port = argument('--port') < 0 ? 0 : Number(process.argv[argument('--port')]);
const tls = argument('--tls');
const server = tls < 0
    ? http.createServer()
    : https.createServer({ cert: fs.readFileSync(process.argv[tls]), key: fs.readFileSync(process.argv[tls + 1]) });

const commands = {
    close: (socket, rest) => {
        const [code, ...reason] = rest.split(' ');
        socket.close(Number(code || 1000), reason.join(' '));
    },
    drop: (socket) => socket.terminate(),
    ping: (socket, rest) => socket.ping(rest),
    count: (socket, rest) => {
        for (let i = 0; i < Number(rest); ++i)
            socket.send(String(i));
    },
};

new WebSocketServer({ server, maxPayload: 0 }).on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data, isBinary) => {
        const [word, ...rest] = isBinary ? [''] : data.toString().split(' ');
        if (Object.hasOwn(commands, word))
            commands[word](socket, rest.join(' '));
        else
            socket.send(data, { binary: isBinary });
    });
});
server.listen(port, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
