#pragma once

#include "log/LogText.h"
#include "widgets/log/LogColumns.h"
#include "widgets/log/LogDensity.h"

namespace sockeye {

class Settings;

/// The user's choice of how logs look: one for all tabs, kept in the settings.
struct LogLook
{
    LogColumns columns = LogColumns::standard();
    TimeFormat time = TimeFormat::Local;
    DeltaFrom delta = DeltaFrom::Previous;
    /// LogView::zoom().
    int zoom = 0;
    /// Previews show JSON as it is, not its members lined up.
    bool rawPreview = false;
    /// Previews dim what did not change.
    bool dimsSame = false;
    LogDensity density = LogDensity::Automatic;

    [[nodiscard]] static LogLook load(const Settings &settings);
    void save(Settings &settings) const;

    friend bool operator==(const LogLook &, const LogLook &) = default;
};

} // namespace sockeye
