#!/usr/bin/env bash
# A record of msgpackr is a valid row of integers to every other reader of MessagePack, and an integer of its own is not.
#
# Packages:  npm: msgpackr@2.1.4, @msgpack/msgpack@3.1.2; any Node from 18 on.
# Guess:     What msgpackr adds to MessagePack (records whose keys are sent once) is an extension type each time, so that
#            another reader at least sees that it cannot read it.
# Behaviour: Only the message that defines the record has the extension (type 72 hex). Those after it begin with the record's
#            number as a bare byte 40 to 7f: {"a":3,"b":4} is 40 03 04, which others read as 64, 3, 4 without an error. In turn
#            the integer 64 is written in two bytes (cc 40) where one would do, for its byte is taken.
# Matters:   A message by itself does not tell what it is: a tool that decodes one in the middle of a session shows three
#            numbers with full confidence, unless it knows what the connection has defined before.
# Source:    MessagePack specification, "positive fixint"; msgpackr's README, "Record / Object Structures".
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export HOME="$folder"
echo '{"type":"module"}' >package.json
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts msgpackr@2.1.4 @msgpack/msgpack@3.1.2 >/dev/null

cat >records.js <<'JS'
import { Packr, Unpackr } from "msgpackr";
import { decodeMulti } from "@msgpack/msgpack";

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const packr = new Packr({ sequential: true });
const peer = new Unpackr({ sequential: true });
const first = Buffer.from(packr.pack({ a: 1, b: 2 }));
const second = Buffer.from(packr.pack({ a: 3, b: 4 }));
const number = Buffer.from(packr.pack(64));
console.log("defines", hex(first));
console.log("then", hex(second));
console.log("number 64", hex(number));
peer.unpack(first);
console.log("own reader", JSON.stringify(peer.unpack(second)));
console.log("elsewhere", JSON.stringify([...decodeMulti(second)]));
JS
timeout 20 node records.js | tee said
grep -qx 'then 400304' said
grep -qx 'number 64 cc40' said
grep -qx 'own reader {"a":3,"b":4}' said
grep -qx 'elsewhere \[64,3,4\]' said
