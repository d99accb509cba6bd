#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <chrono>

namespace sockeye {

/// Takes known members out of a JSON object one by one; what is left at the end are the unknown ones. Remembers the
/// first error, which names the member with its path. A member that is missing or null has its fallback.
class MemberReader final
{
public:
    /// `path` goes before the members' names in errors: "tls.".
    MemberReader(QJsonObject object, QString path);

    [[nodiscard]] QString text(const QString &name, const QString &fallback = {});
    [[nodiscard]] bool boolean(const QString &name, bool fallback);
    [[nodiscard]] qint64 integer(const QString &name, qint64 fallback, qint64 lowest, qint64 highest);
    [[nodiscard]] double number(const QString &name, double fallback, double lowest, double highest);
    [[nodiscard]] std::chrono::milliseconds milliseconds(const QString &name, std::chrono::milliseconds fallback,
                                                         qint64 lowest, qint64 highest);
    [[nodiscard]] QJsonArray list(const QString &name);
    [[nodiscard]] QStringList texts(const QString &name);
    [[nodiscard]] MemberReader object(const QString &name);
    /// The index of the member's text in the names.
    [[nodiscard]] int choice(const QString &name, int fallback, const QStringList &names);

    /// Whether the member is there and not null.
    [[nodiscard]] bool has(const QString &name) const
    {
        return !m_object.value(name).isNull() && m_object.contains(name);
    }
    void fail(const QString &message);
    /// Fails with “PATH must be WANTED”.
    void failAt(const QString &name, const QString &wanted);
    [[nodiscard]] const QString &error() const { return m_error; }
    [[nodiscard]] const QJsonObject &rest() const { return m_object; }

private:
    QJsonValue take(const QString &name, QJsonValue::Type type);

    QJsonObject m_object;
    QString m_path;
    QString m_error;
};

} // namespace sockeye
