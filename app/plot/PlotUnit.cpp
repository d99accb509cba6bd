#include "plot/PlotUnit.h"

#include "base/Time.h"
#include "base/Units.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace sockeye::plotunit {

namespace {

struct PlotUnitWords
{
    Q_DECLARE_TR_FUNCTIONS(PlotUnit)
};

/// As a message would say it, without what a double adds.
QString numberText(double value)
{
    // Digits that every decimal number keeps.
    constexpr int Digits = 15;
    return QString::number(value, 'g', Digits);
}

/// Whole numbers that can be told apart.
constexpr double MostWhole = 9e15;

} // namespace

QString name(PlotUnit unit)
{
    switch (unit) {
    case PlotUnit::Bytes:
        return PlotUnitWords::tr("bytes");
    case PlotUnit::Seconds:
        return PlotUnitWords::tr("seconds");
    case PlotUnit::PerSecond:
        return PlotUnitWords::tr("per second");
    case PlotUnit::None:
        break;
    }
    return {};
}

QString text(double value, PlotUnit unit)
{
    const double whole = std::clamp(value, -MostWhole, MostWhole);
    switch (unit) {
    case PlotUnit::Bytes:
        return sizeText(std::llround(whole));
    case PlotUnit::Seconds:
        return durationText(Nanoseconds(std::llround(std::clamp(value * 1e9, -MostWhole, MostWhole))));
    case PlotUnit::PerSecond:
        return PlotUnitWords::tr("%1/s").arg(countText(std::llround(whole)));
    case PlotUnit::None:
        break;
    }
    return numberText(value);
}

} // namespace sockeye::plotunit
