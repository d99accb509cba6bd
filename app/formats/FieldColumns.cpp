#include "formats/FieldColumns.h"

#include "search/FieldPath.h"

using namespace Qt::StringLiterals;

namespace sockeye {

QString titleOf(const FieldColumn &column)
{
    if (!column.title.isEmpty())
        return column.title;
    const Result<FieldPath> path = FieldPath::parse(column.path);
    if (!path)
        return column.path;
    QString elements;
    const auto &steps = path->steps();
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (const auto *name = std::get_if<QByteArray>(&*step))
            return QString::fromUtf8(*name) + elements;
        const auto *index = std::get_if<qint64>(&*step);
        elements.prepend(index ? u"[%1]"_s.arg(*index) : u"[*]"_s);
    }
    return column.path;
}

} // namespace sockeye
