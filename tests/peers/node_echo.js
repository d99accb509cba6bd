// An echo server on Node's ws, a real third-party endpoint. See README.md for its commands.
'use strict';

const fs = require('fs');
const http = require('http');
const https = require('https');
const { WebSocketServer, Receiver, Sender } = require('ws');

const argument = (name) => {
    const at = process.argv.indexOf(name);
    return at < 0 ? -1 : at + 1;
};
const port = argument('--port') < 0 ? 0 : Number(process.argv[argument('--port')]);
const tls = argument('--tls');
const tells = argument('--tell') >= 0;
const deflate = argument('--deflate');
const server = tls < 0
    ? http.createServer()
    : https.createServer({ cert: fs.readFileSync(process.argv[tls]), key: fs.readFileSync(process.argv[tls + 1]) });

const tell = (line) => {
    if (tells)
        console.log(JSON.stringify(line));
};
const tellMessage = (direction, data) => tell({ message: direction, payload: Buffer.from(data).toString('hex') });
const tellFrame = (direction, header, payload) =>
    tell({ frame: direction, header: header.toString('hex'), payload: payload.toString('hex') });

// Frames are told where ws itself has them: in the one place that writes them, and in those that read them.
const watchFrames = () => {
    const { sendFrame } = Sender.prototype;
    Sender.prototype.sendFrame = function (list, done) {
        tellFrame('sent', list[0], Buffer.from(list[1] ?? ''));
        return sendFrame.call(this, list, done);
    };
    const { getInfo, getData, consume } = Receiver.prototype;
    Receiver.prototype.getInfo = function () {
        this.frameHeader = Buffer.alloc(0);
        return getInfo.call(this);
    };
    Receiver.prototype.consume = function (size) {
        const bytes = consume.call(this, size);
        this.frameHeader = Buffer.concat([this.frameHeader, bytes]);
        return bytes;
    };
    Receiver.prototype.getData = function (done) {
        if (this._bufferedBytes >= this._payloadLength) {
            const payload = Buffer.concat(this._buffers).subarray(0, this._payloadLength);
            tellFrame('received', this.frameHeader, payload.map((byte, i) => byte ^ this._mask[i % 4]));
        }
        return getData.call(this, done);
    };
};
if (tells)
    watchFrames();

// The parameters have the RFC's names on the command line: server_no_context_takeover is serverNoContextTakeover here.
const deflateOptions = () => {
    const camelCase = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
    const given = Object.entries(JSON.parse(process.argv[deflate]));
    return { threshold: 0, ...Object.fromEntries(given.map(([name, value]) => [camelCase(name), value])) };
};

const send = (socket, data, options = {}) => {
    socket.send(data, options);
    tellMessage('sent', data);
};

const commands = {
    close: (socket, rest) => {
        const [code, ...reason] = rest.split(' ');
        socket.close(Number(code || 1000), reason.join(' '));
    },
    drop: (socket) => socket.terminate(),
    ping: (socket, rest) => socket.ping(rest),
    count: (socket, rest) => {
        for (let i = 0; i < Number(rest); ++i)
            send(socket, String(i));
    },
    fragments: (socket, rest) => {
        const [first, ...others] = rest.split(' ');
        socket.send(first, { fin: false });
        socket.ping('between');
        others.forEach((piece, i) => socket.send(piece, { fin: i === others.length - 1 }));
        tellMessage('sent', [first, ...others].join(''));
    },
};

const perMessageDeflate = deflate < 0 ? false : deflateOptions();
new WebSocketServer({ server, maxPayload: 0, perMessageDeflate }).on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('close', () => tell({ end: true }));
    socket.on('message', (data, isBinary) => {
        tellMessage('received', data);
        const [word, ...rest] = isBinary ? [''] : data.toString().split(' ');
        if (Object.hasOwn(commands, word))
            commands[word](socket, rest.join(' '));
        else
            send(socket, data, { binary: isBinary });
    });
});
server.listen(port, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
