#include "log/LogCopy.h"

#include "capture/CaptureReader.h"

#include <QStringList>

namespace sockeye {

namespace {

/// Entries read at a time.
constexpr qint64 Lot = 1024;

class Copier final
{
public:
    Copier(const CaptureReader &capture, const SelectedRows &rows, const CopyStyle &style)
        : m_capture(capture)
        , m_rows(rows)
        , m_style(style)
    {
    }

    Result<CopiedRows> copy(const CancelToken &cancel)
    {
        Result<> result;
        m_rows.forEachRun(Lot, [&](const SelectedRows::Run &run) {
            result = copyRun(run);
            return result.ok() && m_copied.isComplete && !cancel.isCancelled();
        });
        if (!result)
            return result.error();
        return m_copied;
    }

private:
    Result<> copyRun(const SelectedRows::Run &run)
    {
        auto entries = m_capture.entries(run.first, int(run.last - run.first + 1));
        if (!entries)
            return entries.error();
        Row row = run.row;
        for (const Entry &entry : std::as_const(entries).value()) {
            if (m_copied.rows >= LogModel::MaxCopiedRows || m_copied.text.size() >= LogModel::MaxCopiedSize) {
                m_copied.isComplete = false;
                return {};
            }
            if (auto added = add(row, entry); !added)
                return added;
            ++row;
            ++m_copied.rows;
            m_before = entry;
        }
        return {};
    }

    Result<> add(Row row, const Entry &entry)
    {
        QStringList cells;
        for (const int column : m_style.columns)
            cells += column == LogModel::DeltaColumn ? delta(row, entry) : logtext::cell(entry, column, m_style.cells);
        m_copied.text += cells.join(u'\t') + u'\n';
        return {};
    }

    QString delta(Row row, const Entry &entry)
    {
        const EntryId from = m_style.deltaFrom == DeltaFrom::Selected ? m_style.reference : m_rows.entryBefore(row);
        if (from.value() == 0)
            return {};
        if (m_before.id != from) {
            if (auto read = m_capture.entry(from))
                m_before = read.value();
        }
        return m_before.id == from ? logtext::delta(m_before.time, entry.time) : QString();
    }

    const CaptureReader &m_capture;
    const SelectedRows &m_rows;
    const CopyStyle &m_style;
    CopiedRows m_copied;
    Entry m_before;
};

} // namespace

Result<CopiedRows> copyRows(const CaptureReader &capture, const SelectedRows &rows, const CopyStyle &style,
                            const CancelToken &cancel)
{
    return Copier(capture, rows, style).copy(cancel);
}

} // namespace sockeye
