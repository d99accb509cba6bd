#pragma once

#include "log/LogTypes.h"

#include <QToolButton>

namespace sockeye {

/// Chooses the noise that the log does not show, in a menu, and tells how much of it is hidden: "Quiet · 300".
class QuietButton final : public QToolButton
{
    Q_OBJECT

public:
    explicit QuietButton(QWidget *parent = nullptr);

    [[nodiscard]] LogQuiet quiet() const;
    void setQuiet(LogQuiet quiet);
    void setHiddenCount(qint64 entries);
    /// The choices, for other menus.
    [[nodiscard]] QList<QAction *> choices() const { return {m_control, m_repeats}; }

Q_SIGNALS:
    void quietChanged();

private:
    QAction *m_control = nullptr;
    QAction *m_repeats = nullptr;
};

} // namespace sockeye
