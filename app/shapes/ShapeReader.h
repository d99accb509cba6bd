#pragma once

#include "base/Job.h"
#include "base/Pace.h"
#include "formats/FormatSet.h"
#include "shapes/ShapeTable.h"

#include <QObject>

#include <memory>

namespace sockeye {

/// What a capture's messages are, as far as they have been counted.
struct ShapeCounts
{
    /// As ShapeTable::shapes(): those that are there stay at their places until they are counted anew.
    std::vector<Shape> shapes;
    qsizetype groups = 0;
    ShapeSums sums;
    /// Entries up to this one have been looked at.
    EntryId reached;
};

/// Counts the messages of a capture by their shapes: in the background, with a reader of its own, and goes on as the
/// capture grows. Tells what there is some times a second. Lives in the window's thread.
class ShapeReader final : public QObject
{
    Q_OBJECT

public:
    /// Begins once it knows that there are entries (advanceTo()).
    ShapeReader(const QString &path, std::shared_ptr<const FormatSet> formats, QObject *parent = nullptr);
    ~ShapeReader() override;

    /// The capture has grown to this entry.
    void advanceTo(EntryId last);
    /// Counts anew if these are others.
    void setFormats(const std::shared_ptr<const FormatSet> &formats);
    /// While it rests nothing is read; it goes on where it was.
    void setResting(bool resting);
    /// The user does not want to wait: what has been counted stays.
    void stop();
    void goOn();

    [[nodiscard]] const ShapeCounts &counts() const { return *m_counts; }
    [[nodiscard]] EntryId last() const { return m_last; }
    /// Whether there are entries that have not been looked at, and will be.
    [[nodiscard]] bool isBehind() const { return !m_isStopped && !m_hasFailed && m_counts->reached < m_last; }
    [[nodiscard]] bool isStopped() const { return m_isStopped; }

Q_SIGNALS:
    /// Emitted when counting begins anew; nothing has been counted.
    void restarted();
    /// Emitted when the counts, or what becomes of them, have changed.
    void changed();
    void failed(const QString &message);

private:
    class Count;

    void restart();
    void read();
    void take(const std::shared_ptr<const ShapeCounts> &counts);
    void fail(const QString &message);

    const QString m_path;
    std::shared_ptr<const FormatSet> m_formats;
    EntryId m_last;
    std::shared_ptr<const ShapeCounts> m_counts;
    /// Used by the job's thread alone.
    std::shared_ptr<Count> m_count;
    Pace m_pace{Pace::Figures};
    bool m_isStopped = false;
    bool m_hasFailed = false;
    JobRunner m_job;
};

} // namespace sockeye
