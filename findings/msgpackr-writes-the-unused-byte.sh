#!/usr/bin/env bash
# msgpackr writes the byte c1, which MessagePack says is never used, as part of its valid messages.
#
# Packages:  npm: msgpackr@2.1.4, @msgpack/msgpack@3.1.2; any Node from 18 on.
# Guess:     The specification's table of formats has c1 as "(never used)", so a c1 where a value begins is a damaged or cut
#            message, and a reader may say so with certainty.
# Behaviour: With its option bundleStrings msgpackr gathers the strings of a message at its end
#            and writes c1 and their length where each of them belongs, names of members as well. Its own reader takes it back;
#            another maker's refuses the message.
# Matters:   Who shows messages to people must not call the first c1 an error before it has looked for the bundle (an
#            extension of type 62 hex in front), or it calls a working server broken.
# Source:    MessagePack specification, "Formats"; msgpackr's README, "bundleStrings".
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export HOME="$folder"
echo '{"type":"module"}' >package.json
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts msgpackr@2.1.4 @msgpack/msgpack@3.1.2 >/dev/null

cat >bundle.js <<'JS'
import { Packr } from "msgpackr";
import { decode } from "@msgpack/msgpack";

const packr = new Packr({ bundleStrings: true, useRecords: false });
const message = packr.pack({ symbol: "AAPL", venue: "XNAS exchange" });
console.log("message", Buffer.from(message).toString("hex"));
console.log("bytes c1", [...message].filter((byte) => byte === 0xc1).length);
console.log("own reader", JSON.stringify(packr.unpack(message)));
let refused = "no";
try {
  decode(message);
} catch (error) {
  refused = "yes";
}
console.log("refused elsewhere", refused);
JS
timeout 20 node bundle.js | tee said
grep -qx 'bytes c1 4' said
grep -qx 'own reader {"symbol":"AAPL","venue":"XNAS exchange"}' said
grep -qx 'refused elsewhere yes' said
