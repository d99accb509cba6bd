#include "plot/SeriesFeed.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace sockeye {

namespace {

/// Of one message: an array of a million numbers is a line by itself.
constexpr size_t MaxPerMessage = 1000;

double secondsOf(Nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace

SeriesFeed::SeriesFeed(PlotField field, std::shared_ptr<Series> series)
    : m_field(std::move(field))
    , m_series(std::move(series))
{
    if (!m_field.needsDecoding())
        return;
    if (Result<FieldPath> path = FieldPath::parse(m_field.path))
        m_finder.emplace(std::move(path).value());
}

SeriesFeed::~SeriesFeed() = default;

void SeriesFeed::take(const EntrySize &entry)
{
    if (m_field.kind == PlotField::Kind::Latency) {
        if (entry.latency >= 0ns)
            m_points.push_back({entry.id, entry.time, secondsOf(entry.latency)});
        return;
    }
    if (entry.kind != EntryKind::Text && entry.kind != EntryKind::Binary)
        return;
    switch (m_field.kind) {
    case PlotField::Kind::Size:
        m_points.push_back({entry.id, entry.time, double(entry.size)});
        break;
    case PlotField::Kind::WireSize:
        m_points.push_back({entry.id, entry.time, double(entry.wireSize)});
        break;
    case PlotField::Kind::Delta:
        if (m_before)
            m_points.push_back({entry.id, entry.time, secondsOf(entry.time - *m_before)});
        m_before = entry.time;
        break;
    case PlotField::Kind::Rate:
        addRate(entry);
        break;
    case PlotField::Kind::Latency:
    case PlotField::Kind::Field:
        break;
    }
}

void SeriesFeed::addRate(const EntrySize &entry)
{
    const Timestamp second = std::chrono::floor<std::chrono::seconds>(entry.time);
    if (m_second.value > 0 && second != m_second.time) {
        const Timestamp before = m_second.time;
        addSecond();
        // Of a silence its beginning and its end are drawn.
        if (second > before + 1s)
            m_points.push_back({m_last, before + 1s, 0});
        if (second > before + 2s)
            m_points.push_back({m_last, second - 1s, 0});
    }
    if (m_second.value == 0)
        m_second = {entry.id, second, 0};
    ++m_second.value;
    m_last = entry.id;
}

void SeriesFeed::addSecond()
{
    if (m_second.value > 0)
        m_points.push_back(m_second);
    m_second = {};
}

void SeriesFeed::take(const WalkedMessage &message)
{
    if (!m_finder || !message.tree)
        return;
    const std::vector<qint32> &nodes = m_finder->in(*message.tree);
    for (size_t i = 0; i < std::min(nodes.size(), MaxPerMessage); ++i) {
        if (const std::optional<double> value = numberAt(*message.tree, nodes[i]))
            m_points.push_back({message.id, message.time, *value});
    }
}

Result<> SeriesFeed::passedTo(EntryId last)
{
    Result<> added = m_series->append(m_points);
    m_points.clear();
    if (added)
        m_series->setReadTo(last);
    return added;
}

Result<> SeriesFeed::end()
{
    addSecond();
    return passedTo(m_series->readTo());
}

} // namespace sockeye
