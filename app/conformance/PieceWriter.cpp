#include "conformance/PieceWriter.h"

#include <algorithm>

namespace sockeye::conformance {

PieceWriter::PieceWriter(QTcpSocket &socket)
    : QObject(&socket)
    , m_socket(socket)
{
    // Without it the kernel would gather small pieces (Nagle).
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(&m_socket, &QTcpSocket::bytesWritten, this, &PieceWriter::start);
}

void PieceWriter::writePieces(qsizetype size)
{
    m_cut = Cut::Pieces;
    m_pieceSize = size;
}

void PieceWriter::add(const QByteArray &frame)
{
    const qsizetype pieceSize = m_cut == Cut::Pieces ? m_pieceSize : 0;
    const bool joins = m_cut != Cut::Frames && !m_parts.isEmpty() && m_parts.last().pieceSize == pieceSize &&
                       m_parts.last().written == 0;
    if (joins)
        m_parts.last().bytes += frame;
    else
        m_parts += Part{frame, pieceSize, 0};
}

bool PieceWriter::isIdle() const
{
    return m_parts.isEmpty() && m_socket.bytesToWrite() == 0;
}

void PieceWriter::start()
{
    if (!m_scheduled)
        m_scheduled = QMetaObject::invokeMethod(this, &PieceWriter::writeNext, Qt::QueuedConnection);
}

void PieceWriter::writeNext()
{
    m_scheduled = false;
    if (m_socket.bytesToWrite() > 0 || m_socket.state() != QAbstractSocket::ConnectedState)
        return;
    if (m_parts.isEmpty()) {
        Q_EMIT drained();
        return;
    }
    Part &part = m_parts.first();
    const qsizetype left = part.bytes.size() - part.written;
    const qsizetype size = part.pieceSize > 0 ? std::min(part.pieceSize, left) : left;
    m_socket.write(part.bytes.constData() + part.written, size);
    part.written += size;
    if (part.written == part.bytes.size())
        m_parts.removeFirst();
    // Tells bytesWritten(), which goes on with the next piece.
    m_socket.flush();
}

} // namespace sockeye::conformance
