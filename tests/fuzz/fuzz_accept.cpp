// What a client asks of the built-in server, and what it is answered.

#include "connection/AcceptingHandshake.h"
#include "fuzz/Fuzzing.h"
#include "server/Subprotocols.h"

using namespace sockeye;
using namespace sockeye::fuzz;

namespace {

struct Outcome
{
    AcceptingHandshake::Event event = AcceptingHandshake::Event::NeedsMore;
    QByteArray reply;
    std::optional<DeflateParameters> deflate;
    QByteArray subprotocol;
    QList<QByteArray> offered;
};

[[nodiscard]] Outcome answer(AcceptingHandshake &handshake, AcceptingHandshake::Event event,
                             const QList<QByteArray> &supported)
{
    Outcome outcome;
    outcome.event = event;
    if (event == AcceptingHandshake::Event::Requested) {
        outcome.offered = handshake.request().tokens("Sec-WebSocket-Protocol");
        outcome.subprotocol = chooseSubprotocol(outcome.offered, supported);
        outcome.reply = handshake.accept({.subprotocol = outcome.subprotocol, .extensions = handshake.deflateAnswer()});
        outcome.deflate = handshake.deflate();
    } else if (event == AcceptingHandshake::Event::Refused) {
        outcome.reply = handshake.refusal();
    }
    return outcome;
}

void judge(const Outcome &outcome)
{
    if (outcome.event == AcceptingHandshake::Event::NeedsMore)
        return;
    HttpHeadParser parser;
    QByteArrayView rest = outcome.reply;
    require(parser.feed(rest) == HttpHeadParser::Status::Complete, "the reply is HTTP");
    require(parser.findings().isEmpty(), "with nothing wrong in its head");
    const HttpHead &head = parser.head();
    if (outcome.event == AcceptingHandshake::Event::Refused) {
        require(head.status() >= 400 && head.status() < 500, "a refusal has a client's error for its status");
        require(rest.isEmpty() || head.value("Content-Length") == QByteArray::number(rest.size()),
                "a text is as long as its head says");
        return;
    }
    require(head.status() == 101 && rest.isEmpty(), "an accepted request is answered with a 101");
    require(head.value("Sec-WebSocket-Protocol").value_or(QByteArray()) == outcome.subprotocol,
            "the subprotocol is answered as chosen");
    require(outcome.subprotocol.isEmpty() || outcome.offered.contains(outcome.subprotocol), "out of those offered");
    require(outcome.deflate.has_value() == head.value("Sec-WebSocket-Extensions").has_value(),
            "what is answered about compression is what is done");
    require(!outcome.deflate ||
                (outcome.deflate->serverMaxWindowBits >= 8 && outcome.deflate->serverMaxWindowBits <= 15 &&
                 outcome.deflate->clientMaxWindowBits >= 8 && outcome.deflate->clientMaxWindowBits <= 15),
            "windows have 8 to 15 bits");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    const quint8 setup = input.byte();
    const quint8 pieces = input.byte();
    const HttpHeadParser::Limits limits{.maxBytes = (setup & 1) != 0 ? 512 : 64 * 1024,
                                        .maxLines = (setup & 2) != 0 ? 8 : 1000};
    const QList<QByteArray> supported = (setup & 4) != 0 ? QList<QByteArray>{"mqtt", "stomp"} : QList<QByteArray>();
    const QByteArrayView bytes = input.rest();

    AcceptingHandshake handshake(limits);
    QByteArrayView rest = bytes;
    const Outcome whole = answer(handshake, handshake.feed(rest), supported);
    judge(whole);

    AcceptingHandshake another(limits);
    auto event = AcceptingHandshake::Event::NeedsMore;
    inPieces(bytes, pieces, [&](QByteArrayView piece) {
        event = another.feed(piece);
        return event == AcceptingHandshake::Event::NeedsMore;
    });
    const Outcome chopped = answer(another, event, supported);
    require(whole.event == chopped.event && whole.reply == chopped.reply,
            "any split of the bytes gives the same reply");
    return 0;
}
