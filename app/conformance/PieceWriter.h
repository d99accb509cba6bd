#pragma once

#include <QList>
#include <QTcpSocket>

namespace sockeye::conformance {

/// Writes in pieces that really leave one by one: each is handed to the kernel in a turn of the event loop of its own,
/// and only when the one before it is gone.
class PieceWriter final : public QObject
{
    Q_OBJECT

public:
    explicit PieceWriter(QTcpSocket &socket);

    /// For what is added from now on: all in one write (the default), a write per frame, or pieces of `size` bytes
    /// whatever the frames.
    void writeWhole() { m_cut = Cut::None; }
    void writeFrames() { m_cut = Cut::Frames; }
    void writePieces(qsizetype size);

    void add(const QByteArray &frame);
    /// Begins to write what was added.
    void start();
    [[nodiscard]] bool isIdle() const;
    /// Forgets what was not written yet.
    void clear() { m_parts.clear(); }

Q_SIGNALS:
    /// The kernel has all that was added.
    void drained();

private:
    enum class Cut : quint8 { None, Frames, Pieces };
    struct Part
    {
        QByteArray bytes;
        qsizetype pieceSize = 0;
        qsizetype written = 0;
    };

    void writeNext();

    QTcpSocket &m_socket;
    Cut m_cut = Cut::None;
    qsizetype m_pieceSize = 0;
    QList<Part> m_parts;
    bool m_scheduled = false;
};

} // namespace sockeye::conformance
