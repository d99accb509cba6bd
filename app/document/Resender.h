#pragma once

#include "base/Result.h"
#include "record/Entry.h"
#include "wire/Outgoing.h"

#include <QObject>

#include <functional>

namespace sockeye {

class CaptureLoader;

/// Sends recorded messages again, in order, each as what it was (text, binary, ping, pong) and with exactly its bytes.
/// They are read in the background, some at a time; the next ones are read when those have left, so that memory stays
/// bounded however much there is.
class Resender final : public QObject
{
    Q_OBJECT

public:
    using Send = std::function<Result<>(const Outgoing &)>;

    /// `sentSoFar` is how many data messages the connection has sent. The loader outlives this object.
    Resender(CaptureLoader &loader, Send send, std::function<qint64()> sentSoFar);

    /// Closes, events and broken bytes are not sent again.
    [[nodiscard]] static bool isSendable(EntryKind kind);
    /// Sends these after those that are still to be sent.
    void start(const QList<EntryId> &ids);
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    /// The connection has sent something, or is no longer open.
    void goOn(bool isOpen);

Q_SIGNALS:
    void finished(qint64 sent, qint64 skipped);
    void failed(const QString &message);

private:
    /// The messages that were read in one go.
    struct Batch
    {
        QList<Outgoing> messages;
        qsizetype looked = 0;
        qint64 skipped = 0;
        QString problem;
    };

    void read();
    void take(const Batch &batch);
    void end(const QString &problem = {});

    CaptureLoader &m_loader;
    Send m_send;
    std::function<qint64()> m_sentSoFar;
    QList<EntryId> m_ids;
    qsizetype m_next = 0;
    qint64 m_sent = 0;
    qint64 m_skipped = 0;
    /// The number of data messages that the connection must have sent before the next ones are read.
    qint64 m_goal = 0;
    bool m_isWaiting = false;
    bool m_isRunning = false;
};

} // namespace sockeye
