#include "widgets/controls/LineEnding.h"

#include <QCoreApplication>
#include <QStringList>

namespace sockeye {
namespace {

struct LineEndings
{
    Q_DECLARE_TR_FUNCTIONS(LineEndings)
};

} // namespace

QStringView charactersOf(LineEnding ending)
{
    switch (ending) {
    case LineEnding::Lf:
        return u"\n";
    case LineEnding::CrLf:
        return u"\r\n";
    case LineEnding::Cr:
        return u"\r";
    case LineEnding::None:
        break;
    }
    return {};
}

LineEnding lineEndingAt(QStringView text, qsizetype at)
{
    if (text[at] == u'\n')
        return LineEnding::Lf;
    if (text[at] != u'\r')
        return LineEnding::None;
    return at + 1 < text.size() && text[at + 1] == u'\n' ? LineEnding::CrLf : LineEnding::Cr;
}

LineEndingCounts LineEndingCounts::of(QStringView text)
{
    LineEndingCounts counts;
    for (qsizetype at = 0; at < text.size(); ++at) {
        switch (lineEndingAt(text, at)) {
        case LineEnding::Lf:
            ++counts.lf;
            break;
        case LineEnding::CrLf:
            ++counts.crLf;
            ++at;
            break;
        case LineEnding::Cr:
            ++counts.cr;
            break;
        case LineEnding::None:
            break;
        }
    }
    return counts;
}

QString LineEndingCounts::description() const
{
    if (total() == lf)
        return {};
    if (total() == crLf)
        return LineEndings::tr("CRLF line endings");
    if (total() == cr)
        return LineEndings::tr("CR line endings");
    QStringList parts;
    if (lf > 0)
        parts += LineEndings::tr("%1 LF").arg(lf);
    if (crLf > 0)
        parts += LineEndings::tr("%1 CRLF").arg(crLf);
    if (cr > 0)
        parts += LineEndings::tr("%1 CR").arg(cr);
    return LineEndings::tr("mixed line endings (%1)").arg(parts.join(QStringLiteral(", ")));
}

} // namespace sockeye
