#pragma once

#include "plot/Series.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace sockeye {

/// Keeps the series of captures that nobody records into, a file for each, so that a plot that was drawn once is there
/// at once the next time. Any of them may be deleted at any time. They hold what messages say, and so are their owner's
/// alone. What is damaged, or of another version of the program, is not used. Blocks; any thread.
class SeriesCache final
{
public:
    /// Of more files or bytes than these, those go that were written first.
    static constexpr int MaxFiles = 64;
    static constexpr qint64 MaxBytes = qint64(1024) * 1024 * 1024;

    /// What a series is of.
    struct Key
    {
        /// CaptureReader::created().
        QByteArray capture;
        /// PlotField::id().
        QString field;
        /// Tells the formats that messages are read as from others.
        QByteArray formats;
    };

    /// An empty folder keeps nothing. It is made when something is written.
    explicit SeriesCache(QString folder);

    [[nodiscard]] const QString &folder() const { return m_folder; }
    /// Null if there is none that goes to exactly this entry.
    [[nodiscard]] std::unique_ptr<Series> read(const Key &key, EntryId last) const;
    /// Replaces it. What cannot be written is as if it had not been tried, and so is what was cancelled.
    void write(const Key &key, const Series &series, const CancelToken &cancel = {}) const;
    [[nodiscard]] QString pathOf(const Key &key) const;

private:
    void prune() const;

    QString m_folder;
};

} // namespace sockeye
