#pragma once

#include "widgets/controls/IconButton.h"

class QActionGroup;
class QMenu;

namespace sockeye {

class Settings;

/// The button before the filter line, with a menu: named and recent filters, the filter's mode, hidden noise, help.
class FilterMenu final : public IconButton
{
    Q_OBJECT

public:
    explicit FilterMenu(QWidget *parent);

    /// Other choices that are in the menu too, because the bar may have no room for their own controls.
    void setChoices(const QList<QAction *> &modes, const QList<QAction *> &quiet);
    /// Null for none: no filter is saved or remembered then.
    void setSettings(Settings *settings) { m_settings = settings; }
    /// The filter that "Save filter" saves; empty for none.
    void setFilter(const QString &text) { m_filter = text; }
    /// Lists a filter that was used under Recent.
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
