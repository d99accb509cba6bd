#include "widgets/log/LogLook.h"

#include "library/Settings.h"

#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

using Key = Settings::Key;

// The names in the settings, in the order of the values.
constexpr std::array timeNames{"local", "utc", "relative", "epoch"};
constexpr std::array deltaNames{"previous", "selected"};
constexpr std::array densityNames{"automatic", "compact", "comfortable"};

/// The first value for an unknown name.
template<typename Enum, size_t Count>
Enum parse(const QString &name, const std::array<const char *, Count> &names)
{
    for (size_t n = 0; n < Count; ++n) {
        if (name == QLatin1StringView(names.at(n)))
            return Enum(n);
    }
    return Enum(0);
}

template<typename Enum, size_t Count>
QString nameOf(Enum value, const std::array<const char *, Count> &names)
{
    return QString::fromLatin1(names.at(static_cast<size_t>(value)));
}

} // namespace

LogLook LogLook::load(const Settings &settings)
{
    LogLook look;
    look.columns = LogColumns::fromStrings(settings.value(Key::LogColumns).toStringList());
    look.time = parse<TimeFormat>(settings.value(Key::LogTimeFormat).toString(), timeNames);
    look.delta = parse<DeltaFrom>(settings.value(Key::LogDeltaFrom).toString(), deltaNames);
    look.zoom = settings.value(Key::LogZoom).toInt();
    look.rawPreview = settings.value(Key::LogRawPreview).toBool();
    look.dimsSame = settings.value(Key::LogDimsSame).toBool();
    look.density = parse<LogDensity>(settings.value(Key::LogDensity).toString(), densityNames);
    return look;
}

void LogLook::save(Settings &settings) const
{
    settings.setValue(Key::LogColumns, columns.toStrings());
    settings.setValue(Key::LogTimeFormat, nameOf(time, timeNames));
    settings.setValue(Key::LogDeltaFrom, nameOf(delta, deltaNames));
    settings.setValue(Key::LogZoom, zoom);
    settings.setValue(Key::LogRawPreview, rawPreview);
    settings.setValue(Key::LogDimsSame, dimsSame);
    settings.setValue(Key::LogDensity, nameOf(density, densityNames));
}

} // namespace sockeye
