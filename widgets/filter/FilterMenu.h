#pragma once

#include "widgets/controls/IconButton.h"

class QActionGroup;
class QMenu;

namespace sockeye {

class Settings;

/// The button before the filter line, with a menu: named and recent filters, how what does not match is treated, help.
class FilterMenu final : public IconButton
{
    Q_OBJECT

public:
    /// `modes` and `quiet` stand in the menu too, where the line has no room for their own controls.
    FilterMenu(const QList<QAction *> &modes, const QList<QAction *> &quiet, QWidget *parent);

    /// Null for none: nothing is saved then, nor remembered.
    void setSettings(Settings *settings) { m_settings = settings; }
    /// What "Save filter" saves; empty for nothing.
    void setFilter(const QString &text) { m_filter = text; }
    /// Keeps a filter that was used under Recent.
    void remember(const QString &text);

Q_SIGNALS:
    void filterChosen(const QString &text);

private:
    void fill();
    void addFilter(const QString &text, const QString &filter);
    void addRecent();
    void save();
    void manage();
    void help();

    Settings *m_settings = nullptr;
    QString m_filter;
    QList<QAction *> m_modes;
    QList<QAction *> m_quiet;
    QMenu *m_menu = nullptr;
};

} // namespace sockeye
