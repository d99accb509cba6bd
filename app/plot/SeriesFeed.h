#pragma once

#include "fields/FieldFinder.h"
#include "fields/MessageWalk.h"
#include "plot/PlotField.h"
#include "plot/Series.h"
#include "reading/EntryScanner.h"

#include <memory>
#include <optional>
#include <vector>

namespace sockeye {

/// Makes the points of one line out of the entries that it is shown in their order. One thread.
class SeriesFeed final
{
public:
    SeriesFeed(PlotField field, std::shared_ptr<Series> series);
    ~SeriesFeed();
    SeriesFeed(const SeriesFeed &) = delete;
    SeriesFeed &operator=(const SeriesFeed &) = delete;

    [[nodiscard]] const PlotField &field() const { return m_field; }
    [[nodiscard]] const std::shared_ptr<Series> &series() const { return m_series; }

    /// For a field that needs no decoding.
    void take(const EntrySize &entry);
    /// For one that does.
    void take(const WalkedMessage &message);
    /// Hands over what it has made. All entries up to this one have been shown.
    [[nodiscard]] Result<> passedTo(EntryId last);
    /// Nobody records into the capture any more: what its last second had is all there is.
    [[nodiscard]] Result<> end();

private:
    void addRate(const EntrySize &entry);
    void addSecond();

    PlotField m_field;
    std::shared_ptr<Series> m_series;
    std::optional<FieldFinder> m_finder;
    std::vector<PlotPoint> m_points;
    /// The message before, for differences.
    std::optional<Timestamp> m_before;
    /// Of the second that is not over: its first message, when it began, how many there are.
    PlotPoint m_second;
    /// The last message so far.
    EntryId m_last;
};

} // namespace sockeye
