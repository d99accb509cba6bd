#pragma once

#include "record/Entry.h"
#include "widgets/hex/HexLayout.h"
#include "widgets/hex/PagedBytes.h"

#include <vector>

namespace sockeye {

/// The bytes that a hex view shows of an entry: its payload alone, or its frames, each header in front of the part of
/// the payload that it carried. The payload of a compressed message stands behind all headers, inflated: which of its
/// bytes came in which frame cannot be told.
class HexBytes final : public QObject
{
    Q_OBJECT

public:
    enum class Mode : quint8 { Message, Wire };

    struct Byte
    {
        /// Empty while its page is being read.
        std::optional<quint8> value;
        bool isHeader = false;
    };

    explicit HexBytes(QObject *parent = nullptr);
    ~HexBytes() override;

    void show(CaptureLoader *loader, const Entry &entry, const FrameHeaders &frames);
    void clear();
    void setMode(Mode mode);
    [[nodiscard]] Mode mode() const { return m_mode; }

    [[nodiscard]] qint64 size() const { return m_size; }
    [[nodiscard]] Byte at(ByteOffset offset) const;
    /// Where the byte stands in the payload; nothing for a header's byte.
    [[nodiscard]] std::optional<ByteOffset> payloadOffset(ByteOffset offset) const;
    /// Where the payload's byte stands here.
    [[nodiscard]] ByteOffset offsetOfPayload(ByteOffset payload) const;
    /// The bytes of the range, at once or later; not called when something else is shown meanwhile.
    void read(HexRange range, std::function<void(Result<QByteArray>)> done) const;

Q_SIGNALS:
    /// Other bytes are shown: another entry or mode.
    void reset();
    /// Bytes that were missing are here now.
    void arrived();
    void failed(const QString &message);

private:
    /// A run of bytes of one header or of one part of the payload.
    struct Segment
    {
        qint64 start = 0;
        qint64 length = 0;
        bool isHeader = false;
        /// Where it begins in m_headers or in the payload.
        qint64 source = 0;
    };

    void layOut();
    void addSegment(qint64 length, bool isHeader, qint64 source);
    [[nodiscard]] const Segment *segmentAt(ByteOffset offset) const;
    [[nodiscard]] QByteArray weave(HexRange range, qint64 payloadStart, const QByteArray &payload) const;

    PagedBytes m_payload;
    Mode m_mode = Mode::Message;
    bool m_compressed = false;
    FrameHeaders m_frames;
    QByteArray m_headers;
    std::vector<Segment> m_segments;
    qint64 m_size = 0;
};

} // namespace sockeye
