#pragma once

#include "base/Job.h"
#include "library/CaptureLibrary.h"
#include "library/CaptureSummary.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace sockeye {

/// A capture of the library as the lists show it.
struct RecentCapture
{
    CaptureLibrary::Item item;
    /// Not there until it has been read.
    std::optional<CaptureSummary> summary;

    friend bool operator==(const RecentCapture &, const RecentCapture &) = default;
};

/// "12.0 s, 1,204 entries, 3.1 MB": what is known of it, or what is wrong with it.
[[nodiscard]] QString factsText(const RecentCapture &capture);

/// The library's captures with their summaries, listed and read in the background. What was read is kept by path, size
/// and date, so that a refresh reads only what is new.
class RecentCaptures final : public QObject
{
    Q_OBJECT

public:
    /// The library outlives it.
    explicit RecentCaptures(const CaptureLibrary &library, QObject *parent = nullptr);

    /// Lists the library anew; changed() follows if a capture came, went or changed.
    void refresh();
    /// Newest first.
    [[nodiscard]] const QList<RecentCapture> &captures() const { return m_captures; }

Q_SIGNALS:
    void changed();
    /// Every capture has been read since the last refresh().
    void completed();

private:
    struct Known
    {
        QDateTime modified;
        qint64 size = 0;
        CaptureSummary summary;
    };
    void takeList(const QList<CaptureLibrary::Item> &items);
    void takeSummaries(const QList<RecentCapture> &read);
    [[nodiscard]] std::optional<CaptureSummary> known(const CaptureLibrary::Item &item) const;
    void setCaptures(const QList<RecentCapture> &captures);

    const CaptureLibrary &m_library;
    QList<RecentCapture> m_captures;
    QHash<QString, Known> m_known;
    JobRunner m_job;
};

} // namespace sockeye
