#include "log/LogText.h"

#include "base/Time.h"
#include "base/Units.h"
#include "capture/EntryText.h"

#include <QCoreApplication>
#include <QStringList>

namespace sockeye::logtext {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::LogText)
};

} // namespace

QString kind(EntryKind kind)
{
    switch (kind) {
    case EntryKind::Text:
        return Words::tr("text");
    case EntryKind::Binary:
        return Words::tr("binary");
    case EntryKind::Close:
        return Words::tr("close");
    case EntryKind::Ping:
        return Words::tr("ping");
    case EntryKind::Pong:
        return Words::tr("pong");
    case EntryKind::Event:
        return Words::tr("event");
    case EntryKind::Raw:
        break;
    }
    return Words::tr("raw");
}

QString direction(Direction direction)
{
    switch (direction) {
    case Direction::In:
        return Words::tr("in");
    case Direction::Out:
        return Words::tr("out");
    case Direction::None:
        break;
    }
    return Words::tr("none");
}

QString delta(const Entry &previous, const Entry &entry)
{
    const Nanoseconds passed = entry.time - previous.time;
    return passed.count() < 0 ? durationText(passed) : QLatin1Char('+') + durationText(passed);
}

QString size(const Entry &entry)
{
    return entry.kind == EntryKind::Event ? QString() : sizeText(entry.size);
}

QString preview(const Entry &entry)
{
    const QString text = previewText(entry);
    if (entry.latency.count() < 0)
        return text;
    const QString latency = Words::tr("%1 after its ping").arg(durationText(entry.latency));
    return text.isEmpty() ? latency : QStringLiteral("%1 · %2").arg(text, latency);
}

QString findings(const Entry &entry)
{
    if (entry.findingCount == 0)
        return {};
    const QString count =
        entry.findingCount == 1 ? Words::tr("1 finding") : Words::tr("%1 findings").arg(entry.findingCount);
    switch (entry.severity) {
    case Severity::Error:
        return Words::tr("error, %1").arg(count);
    case Severity::Warning:
        return Words::tr("warning, %1").arg(count);
    case Severity::Note:
        break;
    }
    return Words::tr("note, %1").arg(count);
}

QString line(const Entry *previous, const Entry &entry)
{
    const QStringList cells{QString::number(entry.id.value()),
                            toLocalTimeOfDay(entry.time),
                            previous ? delta(*previous, entry) : QString(),
                            directionArrow(entry.direction),
                            kind(entry.kind),
                            size(entry),
                            preview(entry)};
    return cells.join(QLatin1Char('\t'));
}

} // namespace sockeye::logtext
