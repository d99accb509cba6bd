#include "base/Units.h"

#include <QLocale>

#include <array>

namespace sockeye {

QString sizeText(qint64 bytes)
{
    if (bytes < 1000)
        return QStringLiteral("%1 B").arg(bytes);
    static constexpr std::array units{"kB", "MB", "GB", "TB", "PB", "EB"};
    double value = static_cast<double>(bytes) / 1000;
    size_t unit = 0;
    // From 999.5 on it would be shown as 1000, which is 1.0 of the next unit.
    for (; value >= 999.5 && unit + 1 < units.size(); ++unit)
        value /= 1000;
    return QStringLiteral("%1 %2").arg(QString::number(value, 'f', value < 99.95 ? 1 : 0), QLatin1String(units[unit]));
}

QString countText(qint64 count)
{
    return QLocale().toString(count);
}

} // namespace sockeye
