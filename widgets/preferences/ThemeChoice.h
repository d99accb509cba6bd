#pragma once

#include "widgets/style/Theme.h"

namespace sockeye {

class Settings;

/// The colours that the user has chosen, kept in the settings.
class ThemeChoice final
{
public:
    /// The settings outlive it.
    explicit ThemeChoice(Settings &settings);

    [[nodiscard]] theme::Scheme scheme() const { return m_scheme; }
    void choose(theme::Scheme scheme);
    /// Shows the application in the chosen colours.
    void apply() const;

private:
    Settings &m_settings;
    theme::Scheme m_scheme = theme::Scheme::System;
};

} // namespace sockeye
