#pragma once

#include "widgets/hex/HexStyle.h"

#include <QObject>

namespace sockeye {

/// The style that all hex views of the program have in common, as the settings keep it. Belongs to the window's thread.
class HexStyles final : public QObject
{
    Q_OBJECT

public:
    /// The only one. It lives as long as the application.
    [[nodiscard]] static HexStyles &shared();

    [[nodiscard]] const HexStyle &style() const { return m_style; }
    /// Shows it in all views, and keeps it.
    void setStyle(const HexStyle &style);

Q_SIGNALS:
    void changed();

private:
    explicit HexStyles(QObject *parent);

    HexStyle m_style;
};

} // namespace sockeye
