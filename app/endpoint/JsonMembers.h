#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>

namespace sockeye {

/// The members of a JSON object in the order in which they were added. QJsonObject sorts its members by name; a file
/// that people read and compare wants the name and the URL on top and one header a line.
class JsonMembers final
{
public:
    void add(const QString &name, const QJsonValue &value);
    /// Every member of the object.
    void addAll(const QJsonObject &object);
    /// An object on one line.
    void addLine(const QString &name, const JsonMembers &members);
    /// A list of objects, one a line.
    void addLines(const QString &name, const QList<JsonMembers> &list);

    [[nodiscard]] bool isEmpty() const { return m_members.isEmpty(); }
    /// { "a": 1, "b": 2 }
    [[nodiscard]] QByteArray toLine() const;
    /// One member a line, with a line break at the end.
    [[nodiscard]] QByteArray toFile() const;

private:
    void addRaw(const QString &name, const QByteArray &json);

    QList<QByteArray> m_members;
};

} // namespace sockeye
