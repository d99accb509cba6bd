#pragma once

#include "base/Result.h"
#include "base/StrongId.h"
#include "document/EntryDetails.h"
#include "widgets/inspector/ConnectionDetails.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace sockeye {

class CaptureLoader;

/// Reads what an inspector shows: one entry with its connection, or a connection alone. One question at a time is on
/// its way to the loader. Meanwhile only the latest choice is remembered, so stepping through a log fast never queues
/// up, and an answer that comes late for its choice is dropped.
class InspectorReader final : public QObject
{
    Q_OBJECT

public:
    explicit InspectorReader(QObject *parent = nullptr);
    ~InspectorReader() override;

    /// The capture to read from, not owned; null for none. Nothing is chosen any more.
    void setLoader(CaptureLoader *loader);
    /// What says whether some format fits an entry.
    void setFormats(const std::shared_ptr<const FormatSet> &formats) { m_formats = formats; }
    /// EntryId() for none, which shows the connection chosen. An entry that is shown is not read again, since entries
    /// never change.
    void setEntry(EntryId id);
    /// The connection to read while no entry is chosen. Reads it again each time this is called.
    void setConnection(ConnectionId id);
    [[nodiscard]] bool hasConnection() const { return m_connection != ConnectionId(); }

Q_SIGNALS:
    /// The entry chosen, or why it cannot be read.
    void entryRead(const sockeye::Result<sockeye::EntryDetails> &details);
    /// The entry's connection, or the one chosen, or why it cannot be read.
    void connectionRead(const sockeye::Result<sockeye::ConnectionDetails> &details);

private:
    struct Answer
    {
        std::optional<Result<EntryDetails>> entry;
        std::optional<Result<ConnectionRecord>> connection;
        std::optional<QStringList> closePatterns;
    };
    struct Query
    {
        EntryId entry;
        bool readEntry = false;
        ConnectionId connection;
        bool readPatterns = false;
        std::shared_ptr<const FormatSet> formats;
    };

    [[nodiscard]] static Answer read(const CaptureReader &capture, const Query &query);
    void refresh();
    void take(const Answer &answer, EntryId entry);
    void takeConnection(const Result<ConnectionRecord> &record);

    QPointer<CaptureLoader> m_loader;
    std::shared_ptr<const FormatSet> m_formats = FormatSet::standard();
    /// The choice.
    EntryId m_entry;
    ConnectionId m_connection;
    /// The entry that was read last, and its connection.
    EntryId m_shownEntry;
    ConnectionId m_entryConnection;
    /// As they were read last.
    QStringList m_closePatterns;
    /// Whether connections began or ended since their patterns were read.
    bool m_patternsStale = false;
    /// Whether a question is on its way, and whether another must follow it.
    bool m_asking = false;
    bool m_askAgain = false;
    /// Counts the captures: an answer out of an older one is stale.
    quint64 m_generation = 0;
};

} // namespace sockeye
