#include "endpoint/JsonMembers.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace sockeye {

namespace {
QByteArray compact(const QJsonValue &value)
{
    // A QJsonDocument holds only a list or an object in Qt 6.4: the value goes in and comes out of a list of one.
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2);
}
} // namespace

void JsonMembers::add(const QString &name, const QJsonValue &value)
{
    addRaw(name, compact(value));
}

void JsonMembers::addAll(const QJsonObject &object)
{
    for (auto it = object.begin(); it != object.end(); ++it)
        add(it.key(), it.value());
}

void JsonMembers::addLine(const QString &name, const JsonMembers &members)
{
    addRaw(name, members.toLine());
}

void JsonMembers::addLines(const QString &name, const QList<JsonMembers> &list)
{
    QByteArray json = "[";
    for (const JsonMembers &members : list) {
        json += json.size() > 1 ? ",\n        " : "\n        ";
        json += members.toLine();
    }
    addRaw(name, list.isEmpty() ? QByteArrayLiteral("[]") : json + "\n    ]");
}

void JsonMembers::addRaw(const QString &name, const QByteArray &json)
{
    m_members.append(compact(name) + ": " + json);
}

QByteArray JsonMembers::toLine() const
{
    return "{ " + m_members.join(", ") + " }";
}

QByteArray JsonMembers::toFile() const
{
    return "{\n    " + m_members.join(",\n    ") + "\n}\n";
}

} // namespace sockeye
