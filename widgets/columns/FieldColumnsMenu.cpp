#include "widgets/columns/FieldColumnsMenu.h"

#include "decode/Decoder.h"
#include "formats/FormatSet.h"
#include "widgets/columns/LogFields.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/log/LogHeaderMenu.h"

#include <algorithm>

namespace sockeye {

namespace {

QString nameOfFormat(const QString &id)
{
    const Decoder *format = FormatSet::standard()->find(id);
    return format ? format->name() : id;
}

QString titlesOf(const QList<FieldColumn> &columns)
{
    QStringList titles;
    for (const FieldColumn &column : columns)
        titles += titleOf(column);
    return titles.join(QStringLiteral(", "));
}

} // namespace

FieldColumnsMenu::FieldColumnsMenu(LogFields &fields, LogHeaderMenu &menu)
    : m_fields(fields)
    , m_menu(menu)
    , m_options(fields.options())
{
}

void FieldColumnsMenu::fill(const QString &format, const QString &clicked)
{
    QAction *adding = add(m_menu, tr("Add column…"), tr("Show a field of messages as a column"),
                          [fields = &m_fields] { fields->askForField(); });
    adding->setEnabled(m_options.columns.size() < ColumnOptions::MaxColumns);
    addRemoval(clicked);
    addSets(format);
}

void FieldColumnsMenu::addRemoval(const QString &clicked)
{
    auto *menu = new QMenu(tr("Remove column"), &m_menu);
    menu->setToolTipsVisible(true);
    menu->setEnabled(!m_options.columns.isEmpty());
    for (const FieldColumn &column : m_options.columns) {
        const auto remove = [fields = &m_fields, path = column.path] { fields->remove(path); };
        const QString title = withoutMnemonic(titleOf(column));
        add(*menu, title, column.path, remove);
        if (column.path == clicked)
            add(m_menu, tr("Remove “%1”").arg(title), column.path, remove);
    }
    m_menu.insertMenu(m_menu.endOfColumns(), menu);
}

void FieldColumnsMenu::addSets(const QString &format)
{
    auto *menu = new QMenu(tr("Column sets"), &m_menu);
    m_menu.insertMenu(m_menu.endOfColumns(), menu);
    menu->setToolTipsVisible(true);
    QList<FieldColumnSet> sets = m_options.sets;
    // Those of the protocol that is looked at come first.
    std::stable_partition(sets.begin(), sets.end(),
                          [&format](const FieldColumnSet &set) { return !format.isEmpty() && set.format == format; });
    for (const FieldColumnSet &set : std::as_const(sets)) {
        const QString name = set.format.isEmpty() ? set.name : tr("%1 · %2").arg(set.name, nameOfFormat(set.format));
        add(*menu, withoutMnemonic(name), titlesOf(set.columns),
            [fields = &m_fields, set = set.name] { fields->showSet(set); });
    }
    menu->addSeparator();
    QAction *save = add(*menu, tr("Save as set…"), tr("Keep the columns of fields under a name"),
                        [fields = &m_fields] { fields->askForSet(); });
    save->setEnabled(!m_options.columns.isEmpty());
    QMenu *removal = menu->addMenu(tr("Remove set"));
    removal->setEnabled(!sets.isEmpty());
    for (const FieldColumnSet &set : std::as_const(sets))
        add(*removal, withoutMnemonic(set.name), {},
            [fields = &m_fields, name = set.name] { fields->removeSet(name); });
}

QAction *FieldColumnsMenu::add(QMenu &menu, const QString &text, const QString &toolTip, std::function<void()> call)
{
    auto *action = new QAction(text, &menu);
    if (!toolTip.isEmpty())
        action->setToolTip(plainToolTip(toolTip));
    menu.insertAction(&menu == &m_menu ? m_menu.endOfColumns() : nullptr, action);
    QObject::connect(action, &QAction::triggered, &m_fields, [call = std::move(call)] { call(); });
    return action;
}

} // namespace sockeye
