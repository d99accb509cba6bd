#include "widgets/columns/LogFields.h"

#include "widgets/columns/AddColumnDialog.h"
#include "widgets/columns/ColumnSetDialog.h"
#include "widgets/columns/FieldColumnsMenu.h"
#include "widgets/log/LogHeader.h"
#include "widgets/log/LogView.h"

#include <algorithm>

namespace sockeye {

LogFields::LogFields(LogView *log, CurrentFormat currentFormat)
    : QObject(log)
    , m_log(log)
    , m_currentFormat(std::move(currentFormat))
{
    connect(log->columnHeader(), &LogHeader::fieldsChanged, this, &LogFields::changed);
    connect(log->columnHeader(), &LogHeader::menuOpening, this, &LogFields::addToMenu);
}

LogHeader &LogFields::header() const
{
    return *m_log->columnHeader();
}

ColumnOptions LogFields::options() const
{
    return {header().fields(), m_sets};
}

void LogFields::setOptions(const ColumnOptions &options)
{
    const ColumnOptions before = this->options();
    m_sets = options.sets;
    header().setFields(options.columns);
    if (before != this->options())
        Q_EMIT changed();
}

void LogFields::setFields(const QList<FieldColumn> &fields)
{
    const QList<FieldColumn> before = header().fields();
    header().setFields(fields);
    if (before != header().fields())
        Q_EMIT changed();
}

void LogFields::add(const FieldColumn &field)
{
    QList<FieldColumn> fields = header().fields();
    const auto known =
        std::ranges::find_if(fields, [&field](const FieldColumn &other) { return other.path == field.path; });
    if (known != fields.end())
        known->shown = true;
    else if (fields.size() < ColumnOptions::MaxColumns)
        fields += field;
    else
        Q_EMIT statusText(tr("There are %1 columns of fields already. Remove one first.").arg(fields.size()));
    setFields(fields);
    if (const int column = header().columnOf(field.path); column >= 0)
        m_log->showColumn(column);
}

void LogFields::remove(const QString &path)
{
    QList<FieldColumn> fields = header().fields();
    fields.removeIf([&path](const FieldColumn &field) { return field.path == path; });
    setFields(fields);
}

void LogFields::askForField()
{
    QStringList taken;
    for (const FieldColumn &field : header().fields())
        taken += field.path;
    auto *dialog = new AddColumnDialog(taken, m_log);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { add({.path = dialog->path(), .title = dialog->title()}); });
    dialog->open();
}

void LogFields::saveSet(const QString &name, const QString &format)
{
    const FieldColumnSet set{name, format, header().fields()};
    const auto known = std::ranges::find(m_sets, name, &FieldColumnSet::name);
    if (known != m_sets.end())
        *known = set;
    else
        m_sets += set;
    Q_EMIT statusText(
        tr("Kept the columns as “%1”. Save the profile to have them at the next connection, too.").arg(name));
    Q_EMIT changed();
}

void LogFields::removeSet(const QString &name)
{
    if (m_sets.removeIf([&name](const FieldColumnSet &set) { return set.name == name; }) > 0)
        Q_EMIT changed();
}

void LogFields::showSet(const QString &name)
{
    const auto set = std::ranges::find(std::as_const(m_sets), name, &FieldColumnSet::name);
    if (set != m_sets.cend())
        setFields(set->columns);
}

void LogFields::askForSet()
{
    QStringList names;
    for (const FieldColumnSet &set : std::as_const(m_sets))
        names += set.name;
    auto *dialog = new ColumnSetDialog(m_currentFormat(), names, m_log);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { saveSet(dialog->name(), dialog->format()); });
    dialog->open();
}

void LogFields::addToMenu(LogHeaderMenu *menu, int column)
{
    const FieldColumn *clicked = header().fieldOf(column);
    FieldColumnsMenu(*this, *menu).fill(m_currentFormat(), clicked ? clicked->path : QString());
}

} // namespace sockeye
