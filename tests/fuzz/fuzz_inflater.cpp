// Compressed messages (RFC 7692), one after the other through the same window: any bytes, and what our own deflater
// made.

#include "fuzz/Fuzzing.h"
#include "wire/PermessageDeflate.h"

using namespace sockeye;
using namespace sockeye::fuzz;

namespace {

/// Byte 0 of the input.
enum Setup : quint8 { NoTakeover = 1, Roundtrip = 2, WindowBits = 0x70 };

struct Outcome
{
    Inflater::Status status = Inflater::Status::Ok;
    QByteArray payload;
};

[[nodiscard]] Outcome inflateWhole(Inflater &inflater, QByteArrayView bytes, qint64 limit)
{
    Outcome outcome;
    outcome.status = inflater.inflate(bytes, limit, outcome.payload);
    if (outcome.status == Inflater::Status::Ok)
        outcome.status = inflater.finishMessage(limit, outcome.payload);
    return outcome;
}

[[nodiscard]] Outcome inflateInPieces(Inflater &inflater, QByteArrayView bytes, qint64 limit, quint8 pieces)
{
    Outcome outcome;
    inPieces(bytes, pieces, [&](QByteArrayView piece) {
        outcome.status = inflater.inflate(piece, limit, outcome.payload);
        return outcome.status == Inflater::Status::Ok;
    });
    if (outcome.status == Inflater::Status::Ok)
        outcome.status = inflater.finishMessage(limit, outcome.payload);
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    const quint8 setup = input.byte();
    const quint8 pieces = input.byte();
    const qint64 limit = 1LL << (input.byte() % 20);
    const int windowBits = 8 + (setup & WindowBits) / 0x10;
    const bool noTakeover = (setup & NoTakeover) != 0;
    Inflater inflater(windowBits, noTakeover);
    Inflater another(windowBits, noTakeover);
    Deflater deflater(windowBits, noTakeover);

    while (!input.isEmpty()) {
        QByteArray bytes = input.take(input.number(2)).toByteArray();
        const QByteArray plain = bytes;
        if ((setup & Roundtrip) != 0)
            bytes = deflater.deflate(plain);
        const Outcome whole = inflateWhole(inflater, bytes, limit);
        const Outcome chopped = inflateInPieces(another, bytes, limit, pieces);
        require(whole.payload.size() <= limit, "nothing inflates past the limit");
        require(whole.status == chopped.status, "any split of the bytes ends the same");
        require(whole.payload == chopped.payload, "any split of the bytes gives the same payload");
        if ((setup & Roundtrip) != 0 && plain.size() <= limit)
            require(whole.status == Inflater::Status::Ok && whole.payload == plain, "what was deflated inflates again");
        if ((setup & Roundtrip) != 0 && plain.size() > limit)
            require(whole.status == Inflater::Status::TooLarge, "too large is told as that");
        if (whole.status != Inflater::Status::Ok)
            break;
    }
    return 0;
}
