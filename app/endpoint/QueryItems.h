#pragma once

#include <QList>
#include <QString>

namespace sockeye {

/// One item of a URL's query, as "name=value" stands between two "&" there (WHATWG URL, section 5; RFC 3986 says
/// nothing of items). What is not edited stays byte for byte what it was.
class QueryItem final
{
public:
    QueryItem() = default;
    /// As it stands in a URL, escapes and all.
    explicit QueryItem(const QString &typed)
        : m_typed(typed)
    {
    }
    /// With what would end the name, the value or the query, or mean something else there, percent-encoded.
    QueryItem(const QString &name, const QString &value);

    /// The same with another name, or with another value; the other half stays as it was typed.
    [[nodiscard]] QueryItem withName(const QString &name) const;
    [[nodiscard]] QueryItem withValue(const QString &value) const;
    [[nodiscard]] QString typed() const { return m_typed; }
    /// Before the first "=", decoded; all of it where there is none. A "+" stays one: not every server takes it for a
    /// blank.
    [[nodiscard]] QString name() const;
    /// Behind the first "=", decoded.
    [[nodiscard]] QString value() const;

    friend bool operator==(const QueryItem &, const QueryItem &) = default;

private:
    QString m_typed;
};

/// What stands behind the first "?" of a URL as it was typed; none without a "?", or with nothing behind it.
[[nodiscard]] QList<QueryItem> queryItems(const QString &url);
/// The URL with these for its query; without a "?" if there are none.
[[nodiscard]] QString withQueryItems(const QString &url, const QList<QueryItem> &items);

} // namespace sockeye
