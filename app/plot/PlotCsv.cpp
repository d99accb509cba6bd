#include "plot/PlotCsv.h"

#include "plot/PlotScene.h"
#include "plot/TimeAxis.h"

#include <QIODevice>
#include <QLocale>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype FlushBytes = 64 * 1024;
constexpr int RowsPerLook = 4096;

/// A name from outside: quoted, and no formula to a spreadsheet (OWASP, "CSV Injection").
QByteArray csvTitle(const QString &title)
{
    constexpr QStringView Formula = u"=+-@\t\r";
    QString text = title;
    if (!text.isEmpty() && Formula.contains(text.front()))
        text.prepend(u'\'');
    text.replace(u'"', QStringLiteral("\"\""));
    return '"' + text.toUtf8() + '"';
}

/// A column of the file, and its next point.
struct CsvLane
{
    SeriesCursor cursor;
    std::optional<PlotPoint> next = {};

    [[nodiscard]] Result<> advance()
    {
        Result<std::optional<PlotPoint>> point = cursor.next();
        if (!point)
            return point.error();
        next = point.value();
        return {};
    }
};

class CsvWriter final
{
public:
    CsvWriter(std::vector<CsvLane> &lanes, QIODevice &out)
        : m_lanes(lanes)
        , m_out(out)
    {
    }

    /// The lane whose point comes next; null at the end.
    [[nodiscard]] const CsvLane *first() const
    {
        const CsvLane *first = nullptr;
        for (const CsvLane &lane : m_lanes) {
            if (lane.next && (!first || lane.next->entry < first->next->entry))
                first = &lane;
        }
        return first;
    }

    /// One point of each lane that has one of this entry.
    [[nodiscard]] Result<> putRow(PlotPoint of)
    {
        m_text += toIsoUtc(of.time) + ',' + QByteArray::number(of.entry.value());
        for (CsvLane &lane : m_lanes) {
            m_text += ',';
            if (!lane.next || lane.next->entry != of.entry || lane.next->time != of.time)
                continue;
            m_text += QByteArray::number(lane.next->value, 'g', QLocale::FloatingPointShortest);
            if (const Result<> advanced = lane.advance(); !advanced)
                return advanced;
        }
        m_text += "\r\n";
        return m_text.size() < FlushBytes ? Result<>() : flush();
    }

    void putTitles(const std::vector<PlotCsv::Column> &columns)
    {
        m_text += "time,entry";
        for (const PlotCsv::Column &column : columns)
            m_text += ',' + csvTitle(PlotScene::title(column.field));
        m_text += "\r\n";
    }

    [[nodiscard]] Result<> flush()
    {
        const bool isWritten = m_out.write(m_text) == m_text.size();
        m_text.clear();
        return isWritten ? Result<>() : Error{m_out.errorString()};
    }

private:
    std::vector<CsvLane> &m_lanes;
    QIODevice &m_out;
    QByteArray m_text;
};

} // namespace

Result<> PlotCsv::write(const std::vector<Column> &columns, TimeSpan range, QIODevice &out, const CancelToken &cancel,
                        const std::function<void(double)> &progress)
{
    std::vector<CsvLane> lanes;
    for (const Column &column : columns) {
        lanes.push_back({SeriesCursor(*column.series, range)});
        if (const Result<> advanced = lanes.back().advance(); !advanced)
            return advanced;
    }
    CsvWriter writer(lanes, out);
    writer.putTitles(columns);
    int rows = 0;
    for (const CsvLane *lane = writer.first(); lane; lane = writer.first()) {
        if (++rows % RowsPerLook == 0) {
            if (cancel.isCancelled())
                return {};
            if (progress)
                progress(timeaxis::shareOf(lane->next->time, range));
        }
        if (const Result<> put = writer.putRow(*lane->next); !put)
            return put;
    }
    return writer.flush();
}

} // namespace sockeye
