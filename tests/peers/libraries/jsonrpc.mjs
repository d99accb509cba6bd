// JSON-RPC 2.0: batches, notifications and errors of a client and a server on Node's ws.

import { RecordedSocket, asked, closed, delay, done, got, listenForSockets } from './recorded.mjs';

const jsonrpc = '2.0';

const { promise: named, resolve: nameKnown } = Promise.withResolvers();
const { url } = await listenForSockets({}, (socket) => {
    const send = (message) => socket.send(JSON.stringify(message));
    const answer = async ({ id, method, params }) => {
        const request = asked('client', method);
        if (method === 'lost')
            return [];
        await delay(params?.wait ?? 0);
        const response = method === 'price' ? { result: { bid: 143.86, of: params.symbol } }
            : { error: { code: -32601, message: 'Method not found', data: method } };
        return [{ response: { jsonrpc, id, ...response }, request }];
    };
    socket.on('message', async (data) => {
        const message = JSON.parse(data.toString());
        const calls = [message].flat().filter(({ id, method }) => id !== undefined && method);
        const answers = (await Promise.all(calls.map(answer))).flat();
        // In the order in which the calls were not made.
        answers.forEach(({ request }) => request.answered());
        const responses = answers.map(({ response }) => response).reverse();
        if (responses.length > 0)
            send(Array.isArray(message) ? responses : responses[0]);
        for (const { id, method } of [message].flat()) {
            if (method === 'ready') {
                nameAsked = asked('server', 'whoAreYou');
                send({ jsonrpc, id: 1, method: 'whoAreYou' });
            } else if (!method && id === 1) {
                nameAsked.answered();
                nameKnown();
            }
        }
    });
    let nameAsked = null;
});

const socket = new RecordedSocket(url);
const waiting = new Map();
const call = (id, method, params) => {
    waiting.set(id, Promise.withResolvers());
    return { jsonrpc, id, method, params };
};
const send = (message) => socket.send(JSON.stringify(message));
socket.onmessage = async ({ data }) => {
    for (const message of [JSON.parse(data)].flat()) {
        if (message.method) {
            await delay(7);
            send({ jsonrpc, id: message.id, result: 'me' });
        } else {
            waiting.get(message.id).resolve(message.result ?? message.error.code);
        }
    }
};
await new Promise((resolve) => (socket.onopen = resolve));
send(call(1, 'price', { symbol: 'AAPL', wait: 20 }));
send([
    call('a', 'price', { symbol: 'MSFT', wait: 12 }),
    { jsonrpc, method: 'log', params: ['grüß'] },
    call(2, 'nope', {}),
    call(3, 'lost', {}),
]);
send(call(4, 'lost'));
send({ jsonrpc, method: 'ready' });
for (const id of [1, 'a', 2])
    got(id, await waiting.get(id).promise);
await named;
socket.close(1000, 'enough');
await closed();
done();
