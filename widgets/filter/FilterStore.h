#pragma once

#include <QList>
#include <QString>

namespace sockeye {

class Settings;

/// A filter that was saved under a name.
struct SavedFilter
{
    QString name;
    QString text;

    friend bool operator==(const SavedFilter &, const SavedFilter &) = default;
};

/// The filters that the user has named, and those used recently, in the settings: all tabs share them.
class FilterStore final
{
public:
    static constexpr qsizetype MaxRecent = 10;

    explicit FilterStore(Settings &settings)
        : m_settings(settings)
    {
    }

    /// Sorted by name.
    [[nodiscard]] QList<SavedFilter> saved() const;
    /// Replaces a filter of the same name.
    void save(const SavedFilter &filter);
    /// Does nothing if the new name is empty or taken.
    bool rename(const QString &name, const QString &newName);
    void remove(const QString &name);

    /// Newest first.
    [[nodiscard]] QStringList recent() const;
    void remember(const QString &text);
    void forgetRecent();

private:
    void write(const QList<SavedFilter> &filters);

    Settings &m_settings;
};

} // namespace sockeye
