// What a peer answers to the opening request, or what a client asks.

#include "fuzz/Fuzzing.h"
#include "wire/Handshake.h"
#include "explain/HandshakeLines.h"

using namespace sockeye;
using namespace sockeye::fuzz;

namespace {

struct Outcome
{
    HttpHeadParser::Status status = HttpHeadParser::Status::NeedsMore;
    HttpHead head;
    Findings findings;
    /// Bytes behind the head.
    qsizetype left = 0;
};

[[nodiscard]] bool isSame(const Outcome &a, const Outcome &b)
{
    return a.status == b.status && a.head.startLine == b.head.startLine && a.head.fields == b.head.fields &&
           a.head.bytes == b.head.bytes && a.findings == b.findings && a.left == b.left;
}

[[nodiscard]] HandshakeRequest request()
{
    HandshakeRequest request;
    request.host = "example.com";
    request.key = "dGhlIHNhbXBsZSBub25jZQ==";
    request.subprotocols = {QStringLiteral("chat"), QStringLiteral("mqtt")};
    request.extensions = "permessage-deflate; server_max_window_bits=12; client_max_window_bits";
    return request;
}

void judge(const HttpHead &head)
{
    const HandshakeVerdict verdict = judgeReply(request(), head);
    require(verdict.accepted() == verdict.reason().isEmpty(), "a refusal has a reason");
    require(!verdict.deflate ||
                (verdict.deflate->serverMaxWindowBits >= 8 && verdict.deflate->serverMaxWindowBits <= 12 &&
                 verdict.deflate->clientMaxWindowBits >= 8 && verdict.deflate->clientMaxWindowBits <= 15),
            "window bits are within what was offered");
    require(verdict.subprotocol.isEmpty() || !verdict.accepted() ||
                request().subprotocols.contains(verdict.subprotocol),
            "the subprotocol is one of those offered");
    QByteArray lines;
    for (const HandshakeLine &line : explainReply(head.bytes, composeRequest(request())))
        lines += line.bytes;
    require(lines == head.bytes, "all lines of a head together are the head");
    lines.clear();
    for (const HandshakeLine &line : explainRequest(head.bytes))
        lines += line.bytes;
    require(lines == head.bytes, "all lines of a request are the request");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    const quint8 setup = input.byte();
    const quint8 pieces = input.byte();
    const HttpHeadParser::Limits limits{.maxBytes = (setup & 1) != 0 ? 256 : 64 * 1024,
                                        .maxLines = (setup & 2) != 0 ? 4 : 1000};
    QByteArrayView rest = input.rest();
    const QByteArrayView bytes = rest;

    HttpHeadParser parser(limits);
    Outcome whole;
    whole.status = parser.feed(rest);
    whole.head = parser.head();
    whole.findings = parser.findings();
    whole.left = rest.size();
    require(parser.bytes() == bytes.first(bytes.size() - rest.size()), "what is kept is what came");
    require(parser.bytes().size() <= limits.maxBytes, "a head is bounded");
    require(whole.head.fields.size() <= limits.maxLines, "its lines are bounded");

    HttpHeadParser another(limits);
    Outcome chopped;
    chopped.left = bytes.size();
    inPieces(bytes, pieces, [&](QByteArrayView piece) {
        const qsizetype before = piece.size();
        chopped.status = another.feed(piece);
        chopped.left -= before - piece.size();
        // What is no HTTP is kept to its end.
        return chopped.status == HttpHeadParser::Status::NeedsMore || chopped.status == HttpHeadParser::Status::NotHttp;
    });
    chopped.head = another.head();
    chopped.findings = another.findings();
    require(isSame(whole, chopped), "any split of the bytes gives the same head");

    judge(whole.head);
    return 0;
}
