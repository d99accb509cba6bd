#include "widgets/filter/FilterStore.h"

#include "library/Settings.h"

#include <algorithm>

namespace sockeye {

namespace {

auto isNamed(const QString &name)
{
    return [name](const SavedFilter &filter) { return filter.name.compare(name, Qt::CaseInsensitive) == 0; };
}

} // namespace

QList<SavedFilter> FilterStore::saved() const
{
    const QStringList list = m_settings.value(Settings::Key::SavedFilters).toStringList();
    QList<SavedFilter> filters;
    for (qsizetype i = 0; i + 1 < list.size(); i += 2)
        filters.append({list.at(i), list.at(i + 1)});
    return filters;
}

void FilterStore::write(const QList<SavedFilter> &filters)
{
    QList<SavedFilter> sorted = filters;
    std::sort(sorted.begin(), sorted.end(), [](const SavedFilter &a, const SavedFilter &b) {
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    });
    QStringList list;
    for (const SavedFilter &filter : std::as_const(sorted))
        list << filter.name << filter.text;
    m_settings.setValue(Settings::Key::SavedFilters, list);
    m_settings.sync();
}

void FilterStore::save(const SavedFilter &filter)
{
    m_settings.sync();
    QList<SavedFilter> filters = saved();
    filters.removeIf(isNamed(filter.name));
    filters.append(filter);
    write(filters);
}

bool FilterStore::rename(const QString &name, const QString &newName)
{
    m_settings.sync();
    QList<SavedFilter> filters = saved();
    const auto found = std::find_if(filters.begin(), filters.end(), isNamed(name));
    const auto taken = std::find_if(filters.begin(), filters.end(), isNamed(newName));
    if (newName.isEmpty() || found == filters.end() || (taken != filters.end() && taken != found))
        return false;
    found->name = newName;
    write(filters);
    return true;
}

void FilterStore::remove(const QString &name)
{
    m_settings.sync();
    QList<SavedFilter> filters = saved();
    filters.removeIf(isNamed(name));
    write(filters);
}

QStringList FilterStore::recent() const
{
    return m_settings.value(Settings::Key::RecentFilters).toStringList();
}

void FilterStore::remember(const QString &text)
{
    const QString trimmed = text.trimmed();
    m_settings.sync();
    QStringList list = recent();
    if (trimmed.isEmpty() || (!list.isEmpty() && list.constFirst() == trimmed))
        return;
    list.removeAll(trimmed);
    list.prepend(trimmed);
    m_settings.setValue(Settings::Key::RecentFilters, list.mid(0, MaxRecent));
    m_settings.sync();
}

void FilterStore::forgetRecent()
{
    m_settings.setValue(Settings::Key::RecentFilters, QStringList());
}

} // namespace sockeye
