#pragma once

#include "base/Pace.h"
#include "reading/CaptureJob.h"
#include "requests/RequestIndex.h"

#include <QObject>
#include <QSet>

#include <functional>
#include <memory>

namespace sockeye {

class FormatSet;

/// Reads the requests of a capture in the background, from its first entry to its last, and goes on as it grows; while
/// nobody asks for them it rests, and does not forget what it has read. Lives in the window's thread.
class RequestReader final : public QObject
{
    Q_OBJECT

public:
    explicit RequestReader(const QString &path, QObject *parent = nullptr);
    ~RequestReader() override;

    /// As what messages are read. All begins anew.
    void setFormats(const std::shared_ptr<const FormatSet> &formats);
    /// The capture has grown to this entry.
    void advanceTo(EntryId last);
    /// Connections have ended.
    void takeEnds();
    /// Whether this one wants to know; it may go while it does.
    void setWanted(const QObject *by, bool wanted);
    [[nodiscard]] bool isActive() const { return m_isActive; }
    /// Stops, and keeps what is known, until resume().
    void cancel();
    void resume();
    [[nodiscard]] bool isCancelled() const { return m_isCancelled; }

    /// Finds the answer of a request, or the request of an answer; `done` gets EntryId() if there is none. Reads on
    /// for that, in the background; a newer question replaces it.
    void findPartner(EntryId entry, QObject *context, std::function<void(EntryId)> done);

    [[nodiscard]] bool isSearching() const { return m_search.isRunning(); }
    /// Nobody hears of what findPartner() looks for.
    void cancelSearch() { m_search.cancel(); }

    /// Shared with others, who may read on, too.
    [[nodiscard]] const std::shared_ptr<RequestIndex> &index() const { return m_index; }
    [[nodiscard]] const RequestReport &report() const { return m_report; }
    /// Not all of what there was when it began is known yet.
    [[nodiscard]] bool isReading() const { return m_isActive && !m_isCancelled && m_known < m_goal; }
    /// From 0 to 1.
    [[nodiscard]] double progress() const;
    /// How far all is known.
    [[nodiscard]] EntryId known() const { return m_known; }
    [[nodiscard]] EntryId last() const { return m_last; }
    /// Whether messages may still come.
    [[nodiscard]] bool isLive() const { return m_isLive; }

Q_SIGNALS:
    /// There is a new report, or the reading began, went on or ended.
    void changed();
    /// There is another index.
    void indexChanged();
    void failed(const QString &message);

private:
    void setActive(bool active);
    void read();
    void take(const RequestReport &report, bool isLive);

    CaptureJob m_job;
    CaptureJob m_search;
    /// When it reads on in a capture that grows.
    Pace m_growth{Pace::Figures};
    std::shared_ptr<RequestIndex> m_index;
    RequestReport m_report;
    EntryId m_last;
    EntryId m_known;
    /// What isReading() compares with: the end when it began, not what has come since.
    EntryId m_goal;
    QSet<const QObject *> m_wantedBy;
    bool m_isActive = false;
    bool m_isCancelled = false;
    bool m_isLive = false;
    bool m_hasEnds = false;
};

} // namespace sockeye
