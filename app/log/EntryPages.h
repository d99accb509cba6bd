#pragma once

#include "log/EntryCache.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <memory>
#include <utility>

namespace sockeye {

class CaptureJob;
class CaptureLoader;
class CaptureReader;
class FormatSet;

/// As what the entries of pages are summed up.
struct SummaryStyle
{
    std::shared_ptr<const FormatSet> formats;
    /// The paths of the fields that are read as well.
    QStringList fields = {};
    MarkSame marks = MarkSame::No;
};

/// A capture's entries as a view looks at them, page by page: keeps the pages that were read last, and has the loader
/// read those that are requested, the latest request first. Lives in one thread, and never waits but for readNow().
class EntryPages final : public QObject
{
    Q_OBJECT

public:
    /// The loader outlives this object.
    explicit EntryPages(CaptureLoader &loader, QObject *parent = nullptr);
    ~EntryPages() override;

    /// The capture has grown to this entry.
    void advanceTo(EntryId last);

    /// The entry if its page is here, else null. Valid until control returns to the event loop or something is read.
    [[nodiscard]] const Entry *find(EntryId id) const { return m_cache.find(id); }
    /// What the entry says, or null while that is not known. Valid as long as what find() gives.
    [[nodiscard]] const EntrySummary *findSummary(EntryId id) const { return m_cache.findSummary(id); }
    /// Whether that says all that is known; if not, request() has it read again.
    [[nodiscard]] bool isSummarized(EntryId id) const { return m_cache.isSummarized(EntryCache::pageStart(id)); }
    /// What it has at the paths of fields, none where no format fits; null while that is not known.
    [[nodiscard]] const QList<FieldText> *findFields(EntryId id) const { return m_cache.findFields(id); }
    /// Whether pages are read with summaries from now on.
    void setSummarizing(bool summarizing) { m_isSummarizing = summarizing; }
    /// Whether summaries tell what did not change (MarkSame); they are read anew when they are asked for.
    void setMarkingSame(bool marks);
    /// As what messages are summed up; summaries are read anew when they are asked for.
    void setFormats(const std::shared_ptr<const FormatSet> &formats);
    [[nodiscard]] const std::shared_ptr<const FormatSet> &formats() const { return m_style->formats; }
    /// The paths of the fields that are read with summaries, and anew when they are asked for.
    void setFields(const QStringList &paths);
    /// Has the entry's page read; arrived() tells when it is here.
    void request(EntryId id);
    /// Reads the entry's page in this thread, if it is not here: for screen readers, which ask only once.
    void readNow(EntryId id);
    /// Likewise the entry's fields.
    [[nodiscard]] QList<FieldText> fieldsNow(EntryId id);

Q_SIGNALS:
    /// These entries have been read.
    void arrived(sockeye::EntryId first, sockeye::EntryId last);
    void failed(const QString &message);
    /// Other formats are in force, or the messages before some entries have been followed: summaries are read anew when
    /// they are asked for.
    void summariesForgotten();

private:
    struct Page
    {
        EntryId start;
        /// Those of its entries that were here already.
        qsizetype known = 0;
        QList<Entry> entries;
        /// None, or as many.
        QList<EntrySummary> summaries;
        QHash<ConnectionId, EntryId> unfollowed;
        QString problem;
        bool isSummarizing = false;
    };

    void readRequested();
    /// Null if the capture cannot be opened.
    [[nodiscard]] const CaptureReader *reader();
    [[nodiscard]] QList<Page> takeWanted();
    void outdateSummaries();
    void follow(ConnectionId connection, EntryId last);
    void take(const QList<Page> &pages, EntryId last);

    CaptureLoader &m_loader;
    EntryCache m_cache;
    EntryId m_last;
    /// The first ids of the pages to read, the one requested last at the end.
    QList<qint64> m_wanted;
    /// Pages that were read and ended before m_last: reading them again is of no use before the log grows.
    QHash<qint64, EntryId> m_short;
    bool m_isReading = false;
    bool m_isSummarizing = false;
    /// Another object after each change.
    std::shared_ptr<const SummaryStyle> m_style;
    /// Follows what summaries depend on, one connection after another.
    std::unique_ptr<CaptureJob> m_following;
    /// Up to which entries that has been done.
    QSet<std::pair<ConnectionId, EntryId>> m_followed;
    quint64 m_timesFollowed = 0;
    /// For what cannot wait.
    std::unique_ptr<CaptureReader> m_reader;
};

} // namespace sockeye
