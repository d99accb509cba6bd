#pragma once

#include "base/Time.h"
#include "integration/LiveSession.h"
#include "peers/PeerProcess.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>

#include <optional>

namespace sockeye {
class CaptureReader;
}

namespace sockeye::test {

/// A protocol's own client library (tests/peers/libraries) whose WebSocket is a session of ours: Sockeye sends what the
/// library sends, and the library gets what has been recorded.
class LibraryTalk final
{
public:
    /// Something that waits for an answer, as the peer saw it.
    struct Request
    {
        /// By the library; otherwise the peer asked it.
        bool isOurs = false;
        QString method;
        /// Until the answer, by the peer's own clock; none for what was left unanswered.
        std::optional<Nanoseconds> took;
    };

    LibraryTalk();
    ~LibraryTalk();

    /// Has the library say all that it is to say; false, with a problem(), if it did not come to the end.
    [[nodiscard]] bool run(const PeerCommand &command, const QStringList &arguments = {});
    [[nodiscard]] QString problem() const { return m_problem; }

    /// Of each side in the order in which they were asked.
    [[nodiscard]] const QList<Request> &requests() const { return m_requests; }
    /// What the library made of what it got, a line of JSON each, in the order of the program.
    [[nodiscard]] const QStringList &got() const { return m_got; }
    [[nodiscard]] QString path() const { return m_live.path(); }
    /// Closes the capture and reads it.
    [[nodiscard]] Result<Recorded> finish();

private:
    void readLines();
    void obey(const QJsonObject &line);
    void open(const QString &url, const QJsonArray &protocols);
    void send(const Outgoing &message);
    void handOver();
    void tell(const QJsonObject &line);
    void fail(const QString &problem);

    LiveSession m_live;
    std::unique_ptr<CaptureReader> m_capture;
    EntryId m_next{1};
    qint64 m_seen = 0;
    QProcess m_library;
    QEventLoop m_loop;
    QList<Request> m_requests;
    QStringList m_got;
    bool m_isDone = false;
    QString m_problem;
};

} // namespace sockeye::test
