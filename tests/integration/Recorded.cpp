#include "integration/Recorded.h"

#include "reading/CaptureReader.h"

namespace sockeye::test {
namespace {

[[nodiscard]] bool isMessage(EntryKind kind)
{
    return kind == EntryKind::Text || kind == EntryKind::Binary;
}

[[nodiscard]] Result<RecordedEntry> readEntry(const CaptureReader &reader, const Entry &entry)
{
    Result<QByteArray> payload = reader.payload(entry.id);
    if (!payload)
        return payload.error();
    Result<FrameHeaders> frames = reader.frames(entry.id);
    if (!frames)
        return frames.error();
    Result<Findings> findings = reader.findings(entry.id);
    if (!findings)
        return findings.error();
    return RecordedEntry{entry, payload.value(), frames.value(), findings.value()};
}

struct ExpectedFrame
{
    Opcode opcode;
    quint8 rsv;
    bool isLast;
    bool masked;
};

[[nodiscard]] QString frameProblem(const FrameHeader &header, const ExpectedFrame &expected)
{
    FrameHeader decoded;
    if (!FrameHeader::parse(header.view(), decoded))
        return QStringLiteral("the header's bytes are too few");
    if (decoded != header)
        return QStringLiteral("the header's bytes do not decode to its fields");
    if (decoded.opcode != expected.opcode)
        return QStringLiteral("opcode is %1").arg(opcodeName(decoded.opcode));
    if (decoded.fin != expected.isLast)
        return QStringLiteral("FIN is wrong");
    if (decoded.rsv != expected.rsv)
        return QStringLiteral("the reserved bits are %1").arg(decoded.rsv);
    if (decoded.masked != expected.masked)
        return QStringLiteral("MASK is wrong");
    if (!decoded.hasMinimalLength())
        return QStringLiteral("the length is not in its minimal form");
    return {};
}

} // namespace

QList<RecordedEntry> Recorded::of(EntryKind kind, Direction direction) const
{
    QList<RecordedEntry> found;
    for (const RecordedEntry &recorded : entries) {
        if (recorded.entry.kind == kind && recorded.entry.direction == direction)
            found += recorded;
    }
    return found;
}

QList<QByteArray> Recorded::messages(Direction direction) const
{
    QList<QByteArray> payloads;
    for (const RecordedEntry &recorded : entries) {
        if (isMessage(recorded.entry.kind) && recorded.entry.direction == direction)
            payloads += recorded.payload;
    }
    return payloads;
}

EventKind Recorded::lastEvent() const
{
    for (auto it = entries.crbegin(); it != entries.crend(); ++it) {
        if (it->entry.kind == EntryKind::Event)
            return it->entry.event;
    }
    return EventKind::None;
}

Result<Recorded> readCapture(const QString &path)
{
    Result<std::unique_ptr<CaptureReader>> reader = CaptureReader::open(path);
    if (!reader)
        return reader.error();
    const CaptureReader &capture = *reader.value();
    Recorded recorded;
    Result<QList<ConnectionRecord>> connections = capture.connections();
    if (!connections)
        return connections.error();
    recorded.connections = connections.value();
    const Result<EntryId> last = capture.lastEntry();
    if (!last)
        return last.error();
    const Result<QList<Entry>> entries = capture.entries(EntryId(1), static_cast<int>(last.value().value()));
    if (!entries)
        return entries.error();
    for (const Entry &entry : entries.value()) {
        Result<RecordedEntry> read = readEntry(capture, entry);
        if (!read)
            return read.error();
        recorded.entries += read.value();
    }
    return recorded;
}

QString headerProblem(const RecordedEntry &recorded)
{
    const Entry &entry = recorded.entry;
    if (recorded.frames.isEmpty())
        return QStringLiteral("no frames");
    quint64 payloadSize = 0;
    quint64 wireSize = 0;
    for (qsizetype i = 0; i < recorded.frames.size(); ++i) {
        const FrameHeader &header = recorded.frames.at(i);
        const bool isFirst = i == 0;
        const ExpectedFrame expected{
            .opcode = isFirst ? static_cast<Opcode>(entry.kind) : Opcode::Continuation,
            .rsv = static_cast<quint8>(isFirst && entry.compressed ? Rsv1 : 0),
            .isLast = i == recorded.frames.size() - 1,
            .masked = entry.direction == Direction::Out,
        };
        const QString problem = frameProblem(header, expected);
        if (!problem.isEmpty())
            return problem;
        payloadSize += header.payloadSize;
        wireSize += header.size + header.payloadSize;
    }
    const bool isAsOnTheWire = payloadSize == static_cast<quint64>(recorded.payload.size());
    if (entry.size != recorded.payload.size() || (!isAsOnTheWire && !entry.compressed))
        return QStringLiteral("the sizes of header, entry and payload differ");
    if (wireSize != static_cast<quint64>(entry.wireSize))
        return QStringLiteral("the size on the wire is wrong");
    return {};
}

QString headerProblem(const Recorded &recorded)
{
    for (const RecordedEntry &candidate : recorded.entries) {
        if (candidate.entry.kind == EntryKind::Event || candidate.entry.kind == EntryKind::Raw)
            continue;
        const QString problem = headerProblem(candidate);
        if (!problem.isEmpty())
            return QStringLiteral("entry %1: %2").arg(candidate.entry.id.value()).arg(problem);
    }
    return {};
}

} // namespace sockeye::test
