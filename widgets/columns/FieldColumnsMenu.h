#pragma once

#include "formats/FieldColumns.h"

#include <QCoreApplication>

#include <functional>

class QAction;
class QMenu;

namespace sockeye {

class LogFields;
class LogHeaderMenu;

/// Puts the commands for columns of fields into the menu of the log's header: add one, remove one, show a set of them,
/// keep them as a set.
class FieldColumnsMenu final
{
    Q_DECLARE_TR_FUNCTIONS(FieldColumnsMenu)

public:
    /// The fields outlive the menu.
    FieldColumnsMenu(LogFields &fields, LogHeaderMenu &menu);

    /// `format` is that of the message that is shown, whose sets come first; `clicked` the path of the column whose
    /// title was clicked on, empty for none.
    void fill(const QString &format, const QString &clicked);

private:
    void addRemoval(const QString &clicked);
    void addSets(const QString &format);
    QAction *add(QMenu &menu, const QString &text, const QString &toolTip, std::function<void()> call);

    LogFields &m_fields;
    LogHeaderMenu &m_menu;
    const ColumnOptions m_options;
};

} // namespace sockeye
