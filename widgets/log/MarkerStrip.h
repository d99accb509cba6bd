#pragma once

#include "base/StrongId.h"
#include "widgets/log/StripMarks.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <memory>

namespace sockeye {

class Annotations;
class CaptureJob;
class LogModel;

/// An overview of the whole log beside its scroll bar: findings on the left (errors as full blocks, warnings as hollow
/// ones, notes as dashes), matches of a filter that marks in the middle, bookmarks on the right as wedges, and a dashed
/// line where a connection begins. Places are counted in rows, so that a mark is where the scroll bar would be. A click
/// goes there.
///
/// The cost depends on the strip's height, not on the log: findings are read in the background a few times a second at
/// most, the rest is looked up. In a very long log a finding is known only to be among some thousand entries, and in a
/// filtered log it may stand at the nearest row that is shown. A click finds it exactly.
class MarkerStrip final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int Width = 10;

    explicit MarkerStrip(QWidget *parent = nullptr);
    ~MarkerStrip() override;

    /// A log, its file and its annotations; not owned, and null for none.
    void setSource(LogModel *model, const QString &path, Annotations *annotations);
    [[nodiscard]] const StripMarks &marks() const { return m_marks; }
    /// The marks at this place in words; empty for none.
    [[nodiscard]] QString textAt(int y) const;

    [[nodiscard]] QSize sizeHint() const override { return {Width, Width}; }

Q_SIGNALS:
    /// The user has clicked the mark of this entry.
    void entryRequested(sockeye::EntryId id);
    /// The user has clicked a place without a mark.
    void placeRequested(sockeye::Row row);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    /// What has to be read from the capture.
    struct Facts
    {
        EntryId last;
        /// The severity of the most severe finding in each of as many equal stretches of the log, -1 for none.
        QList<int> severities;
        QList<std::pair<ConnectionId, EntryId>> starts;
    };

    void schedule();
    void refresh();
    void read();
    void take(const Facts &facts);
    void rebuild();
    void addFindings(StripMarks &marks) const;
    void addBookmarks(StripMarks &marks) const;
    void addMatches(StripMarks &marks) const;
    void addConnections(StripMarks &marks) const;
    void paintMark(QPainter &painter, StripMarks::Kind kind, int y) const;
    [[nodiscard]] QString words(StripMarks::Kind kind, int pixel) const;
    void go(StripMarks::Kind kind, Row row);

    QPointer<LogModel> m_model;
    QPointer<Annotations> m_annotations;
    StripMarks m_marks;
    Facts m_facts;
    QTimer m_pause;
    bool m_stale = false;
    std::unique_ptr<CaptureJob> m_job;
    QElapsedTimer m_readTime;
    QElapsedTimer m_refreshed;
    /// The least time between two refreshes.
    std::chrono::milliseconds m_interval{0};
};

} // namespace sockeye
