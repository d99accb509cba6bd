// Chromium's DevTools protocol as Node's own inspector speaks it: this program is inspected, and measures itself what it is
// asked to run.

import inspector from 'node:inspector';
import { RecordedSocket, asked, closed, delay, done, got } from './recorded.mjs';

globalThis.run = async (wait) => {
    const request = asked('client', 'Runtime.evaluate');
    if (wait === undefined)
        await new Promise(() => {});
    await delay(wait);
    request.answered();
    return `waited ${wait}`;
};

inspector.open(0, '127.0.0.1');
const socket = new RecordedSocket(inspector.url());
const answers = new Map();
socket.onmessage = ({ data }) => {
    const { id, result, error } = JSON.parse(data);
    answers.get(id)?.resolve(error?.code ?? result.result?.value);
};
await new Promise((resolve) => (socket.onopen = resolve));
let ids = 0;
const call = (method, params) => {
    answers.set(++ids, Promise.withResolvers());
    socket.send(JSON.stringify({ id: ids, method, params }));
    return answers.get(ids).promise;
};
const evaluate = (expression) => call('Runtime.evaluate', { expression, awaitPromise: true });
await call('Runtime.enable');
evaluate('run()');
got(...(await Promise.all([evaluate('run(25)'), evaluate('run(12)'), evaluate('run(4)'), call('Runtime.nothing')])));
socket.close();
await closed();
done();
