#pragma once

#include "base/Result.h"
#include "wire/Frame.h"

#include <QList>

namespace sockeye::test {

class PeerProcess;

/// A message as the peer tells of it, a control frame being one of its own; see README.md.
struct ToldMessage
{
    /// The bytes of each frame's header, in order.
    QList<QByteArray> headers;
    /// Of all its frames, unmasked.
    QByteArray wirePayload;
    /// As the peer's application sent or got it; the same as wirePayload for a control frame.
    QByteArray payload;
};

/// All that crossed one connection, as the peer says.
class PeerTale final
{
public:
    /// Reads what a peer that was started with --tell prints, until the connection's end.
    [[nodiscard]] static Result<PeerTale> read(PeerProcess &peer, int timeoutMs);

    /// In the order in which they were complete. The direction is ours: In is what the peer sent.
    [[nodiscard]] QList<ToldMessage> messages(Direction direction) const;

private:
    struct Told
    {
        Direction direction = Direction::In;
        QByteArray header;
        QByteArray payload;
    };

    QList<Told> m_frames;
    /// Without headers.
    QList<Told> m_messages;
};

} // namespace sockeye::test
