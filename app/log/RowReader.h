#pragma once

#include "filter/FilterHints.h"
#include "log/LogCopy.h"
#include "log/LogSteps.h"
#include "log/LogTypes.h"
#include "log/SelectedRows.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>

namespace sockeye {

class CaptureJob;
class CaptureLoader;
class FormatSet;
struct TimeSpan;

/// Reads in the background what rows hold that no cell shows: totals, steps, copies, times. `done` is called in this
/// object's thread, unless its context object is gone by then or a newer question of the same kind has been asked.
class RowReader final : public QObject
{
    Q_OBJECT

public:
    /// The loader outlives this object.
    explicit RowReader(CaptureLoader &loader, QObject *parent = nullptr);
    ~RowReader() override;

    /// Finds the nearest of the rows that is such a step; `done` gets EntryId() if there is none.
    void step(const SelectedRows &rows, const StepFrom &step, QObject *context, std::function<void(EntryId)> done);
    /// The step that was asked for last is not wanted any more.
    void cancelStep();
    void readSums(const SelectedRows &rows, QObject *context, std::function<void(const SelectionSums &)> done);
    void readText(const SelectedRows &rows, const CopyStyle &style, QObject *context,
                  std::function<void(const CopiedRows &)> done);

    /// What some of the capture's messages have that a filter may ask for (seenMessages()).
    void readSeen(const std::shared_ptr<const FormatSet> &formats, QObject *context,
                  std::function<void(const FilterHints &)> done);

    // Short questions, all of which are answered in the order in which they were asked

    /// The times of the capture's first and last entries; none without entries.
    void readTimeSpan(QObject *context, std::function<void(const std::optional<TimeSpan> &)> done);
    void readTime(EntryId id, QObject *context, std::function<void(const Result<Timestamp> &)> done);
    /// The first entry at this time or later; EntryId() for none.
    void readEntryAt(Timestamp time, QObject *context, std::function<void(const Result<EntryId> &)> done);

Q_SIGNALS:
    void failed(const QString &message);

private:
    CaptureLoader &m_loader;
    std::unique_ptr<CaptureJob> m_sums;
    std::unique_ptr<CaptureJob> m_steps;
    std::unique_ptr<CaptureJob> m_text;
    std::unique_ptr<CaptureJob> m_seen;
};

} // namespace sockeye
