#include "exchange/HarExporter.h"

#include "base/Bytes.h"
#include "exchange/ExportSink.h"
#include "exchange/ExportWalk.h"
#include "exchange/HarRecord.h"
#include "exchange/JsonText.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonDocument>

namespace sockeye {

namespace {

struct EntryRange
{
    EntryId first;
    EntryId last;
};
using EntryRanges = QHash<ConnectionId, EntryRange>;

/// Where each connection's entries stand: those of one follow each other but for what comes late from the one before,
/// so that the messages of each can be written without a look at all the others.
Result<> findRanges(ExportWalk &walk, EntryRanges &ranges)
{
    return walk.all([&ranges](const Entry &entry) {
        EntryRange &range = ranges[entry.connection];
        if (range.first.value() == 0)
            range.first = entry.id;
        range.last = entry.id;
        return Result<>();
    });
}

/// "1700000000.123456", from whole numbers: arithmetic in doubles would blur the last digit.
void appendSeconds(QByteArray &out, Timestamp time)
{
    const qint64 micros = std::chrono::floor<std::chrono::microseconds>(time).time_since_epoch().count();
    appendNumber(out, micros / 1'000'000);
    out += '.';
    out += QByteArray::number(micros % 1'000'000).rightJustified(6, '0');
}

class MessageWriter final
{
public:
    MessageWriter(ExportWalk &walk, ExportSink &sink)
        : m_walk(walk)
        , m_sink(sink)
        , m_out(sink.buffer())
    {
    }

    /// The comma-separated messages of the connection.
    [[nodiscard]] Result<> writeAll(ConnectionId connection, EntryRange range)
    {
        m_first = true;
        return m_walk.range(range.first, range.last, [this, connection](const Entry &entry) {
            return entry.connection == connection ? write(entry) : Result<>();
        });
    }

private:
    Result<> write(const Entry &entry)
    {
        const Result<int> opcode = opcodeOf(entry);
        if (!opcode)
            return opcode.error();
        if (opcode.value() < 0)
            return {};
        m_out += std::exchange(m_first, false) ? "\n{\"type\":\"" : ",\n{\"type\":\"";
        m_out += entry.direction == Direction::Out ? "send" : "receive";
        m_out += "\",\"time\":";
        appendSeconds(m_out, entry.time);
        m_out += ",\"opcode\":";
        appendNumber(m_out, opcode.value());
        const auto written = entry.kind == EntryKind::Text ? writeText(entry) : writeBase64(entry, ",\"data\":\"");
        if (!written)
            return written;
        if (const Annotation *annotation = m_walk.annotation(entry.id))
            appendAnnotation(*annotation);
        m_out += '}';
        return m_sink.settle();
    }

    void appendAnnotation(const Annotation &annotation)
    {
        if (annotation.bookmarked)
            m_out += ",\"_bookmarked\":true";
        if (annotation.colour != 0) {
            m_out += ",\"_colour\":";
            appendNumber(m_out, annotation.colour);
        }
        if (!annotation.note.isEmpty()) {
            m_out += ",\"comment\":";
            appendJsonString(m_out, annotation.note);
        }
    }

    /// -1 for what is no frame.
    Result<int> opcodeOf(const Entry &entry) const
    {
        if (entry.kind == EntryKind::Event)
            return -1;
        if (entry.kind != EntryKind::Raw)
            return static_cast<int>(entry.kind);
        const auto frames = m_walk.capture().frames(entry.id);
        if (!frames)
            return frames.error();
        return frames->isEmpty() ? -1 : static_cast<int>(frames->first().opcode);
    }

    Result<> writeText(const Entry &entry)
    {
        PayloadParts payload(m_walk, entry);
        const auto isUtf8 = payload.isUtf8();
        if (!isUtf8)
            return isUtf8.error();
        m_out += ",\"data\":\"";
        const auto written = isUtf8.value() ? writeUtf8(payload) : writeReplaced(payload);
        m_out += '"';
        if (!written)
            return written;
        return isUtf8.value() ? Result<>() : writeBase64(entry, ",\"_base64\":\"");
    }

    Result<> writeUtf8(PayloadParts &payload)
    {
        return payload.forEachText([this](QByteArrayView bytes) {
            appendJsonEscaped(m_out, bytes);
            return m_sink.settle();
        });
    }

    /// A stateful QStringDecoder swallows a character that is cut off at the very end, so the parts are cut by hand.
    Result<> writeReplaced(PayloadParts &payload)
    {
        QByteArray pending;
        const auto written = payload.forEach([this, &pending](QByteArrayView bytes) {
            pending.append(bytes);
            const qsizetype whole = pending.size() - unfinishedBytes(pending);
            appendJsonEscaped(m_out, textFromUtf8(pending.first(whole)).toUtf8());
            pending.remove(0, whole);
            return m_sink.settle();
        });
        appendJsonEscaped(m_out, textFromUtf8(pending).toUtf8());
        return written;
    }

    Result<> writeBase64(const Entry &entry, QByteArrayView key)
    {
        m_out += key;
        PayloadParts payload(m_walk, entry);
        const auto written = payload.forEach([this](QByteArrayView bytes) {
            appendBase64(m_out, bytes);
            return m_sink.settle();
        });
        m_out += '"';
        return written;
    }

    ExportWalk &m_walk;
    ExportSink &m_sink;
    QByteArray &m_out;
    bool m_first = true;
};

Result<> writeConnections(ExportWalk &walk, ExportSink &sink, const QList<ConnectionRecord> &connections,
                          const EntryRanges &ranges)
{
    MessageWriter writer(walk, sink);
    bool first = true;
    for (const ConnectionRecord &connection : connections) {
        if (walk.isCancelled())
            return ExportWalk::cancelled();
        QByteArray json =
            withEscapedControls(QJsonDocument(harEntry(connection, walk.keepSecrets())).toJson(QJsonDocument::Compact));
        // The messages come as the last member of the object.
        json.chop(1);
        sink.buffer() += std::exchange(first, false) ? "\n" : ",\n";
        sink.buffer() += json + ",\"_webSocketMessages\":[";
        if (const auto range = ranges.find(connection.id); range != ranges.end()) {
            if (auto written = writer.writeAll(connection.id, *range); !written)
                return written;
        }
        sink.buffer() += "]}";
        if (auto settled = sink.settle(); !settled)
            return settled;
    }
    return {};
}

} // namespace

QString HarExporter::name() const
{
    return QStringLiteral("har");
}

QString HarExporter::description() const
{
    return QCoreApplication::translate("Exporter", "HTTP Archive (*.har)");
}

QString HarExporter::suffix() const
{
    return QStringLiteral("har");
}

Result<> HarExporter::write(const CaptureReader &capture, QIODevice &out, const ExportOptions &options,
                            const CancelToken &cancel, const ExportProgress &progress) const
{
    const auto connections = capture.connections();
    if (!connections)
        return connections.error();
    ExportWalk walk(capture, options, cancel, progress);
    const auto last = walk.lastEntry();
    if (!last)
        return last.error();

    EntryRanges ranges;
    if (connections->size() == 1) {
        ranges.insert(connections->first().id, {EntryId(1), last.value()});
    } else {
        const ExportProgress silence;
        ExportWalk silent(capture, options, cancel, silence);
        if (auto found = findRanges(silent, ranges); !found)
            return found;
    }

    ExportSink sink(out);
    sink.buffer() += "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"Sockeye\",\"version\":\"" SOCKEYE_VERSION
                     "\"},\"entries\":[";
    if (auto written = writeConnections(walk, sink, connections.value(), ranges); !written)
        return written;
    sink.buffer() += "\n]}}\n";
    return sink.finish();
}

} // namespace sockeye
