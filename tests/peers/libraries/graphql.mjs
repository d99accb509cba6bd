// graphql-ws as client and as server, with graphql.

import { buildSchema } from 'graphql';
import { createClient } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { RecordedSocket, asked, closed, delay, done, got, listenForSockets } from './recorded.mjs';

const schema = buildSchema(`
    type Query { hello(n: Int): String, boom: String, never: String }
    type Subscription { count(to: Int): Int }
`);
const roots = {
    query: {
        hello: async ({ n }) => {
            await delay(n);
            return `hi ${n}`;
        },
        boom: () => {
            throw new Error('boom');
        },
        never: () => new Promise(() => {}),
    },
    subscription: {
        async *count({ to }) {
            for (let count = 1; count <= to; ++count) {
                await delay(3);
                yield { count };
            }
        },
    },
};

const { sockets, url } = await listenForSockets({ handleProtocols: () => 'graphql-transport-ws' }, () => {});
const requests = new Map();
const { promise: isNeverAsked, resolve: neverAsked } = Promise.withResolvers();
const answered = (context, id) => {
    requests.get(id).answered();
};
useServer(
    {
        schema,
        roots,
        onConnect: ({ connectionParams }) => ({ welcome: connectionParams.token }),
        onSubscribe: (context, id, { operationName }) => {
            requests.set(id, asked('client', operationName ?? 'subscribe'));
            if (operationName === 'Never')
                neverAsked();
        },
        onNext: answered,
        onComplete: answered,
        onError: answered,
    },
    sockets,
);

let ids = 0;
const client = createClient({
    url,
    webSocketImpl: RecordedSocket,
    connectionParams: { token: 'secret' },
    generateID: () => `op-${++ids}`,
    lazy: false,
    retryAttempts: 0,
});
const run = (payload) => new Promise((resolve) => {
    const results = [];
    client.subscribe(payload, {
        next: (result) => results.push(result),
        error: (errors) => resolve(['error', errors]),
        complete: () => resolve(results),
    });
});

const all = await Promise.all([
    run({ query: 'query Slow($n: Int) { hello(n: $n) }', operationName: 'Slow', variables: { n: 25 } }),
    run({ query: 'query Quick($n: Int) { hello(n: $n) }', operationName: 'Quick', variables: { n: 5 } }),
    run({ query: '{ boom }' }),
    run({ query: '{ nope }' }),
    run({ query: 'subscription { count(to: 3) }' }),
]);
all.forEach((results) => got(results));
client.subscribe({ query: 'query Never { never }', operationName: 'Never' }, { next() {}, error() {}, complete() {} });
await isNeverAsked;
client.terminate();
await closed();
done();
