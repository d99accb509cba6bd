#include "endpoint/QueryItems.h"

#include "endpoint/UrlText.h"

#include <QStringList>

namespace sockeye {
namespace {

/// The part of a URL that begins with "?", and where it ends: a fragment is none of it, allowed or not.
struct QueryPlace
{
    qsizetype from = 0;
    qsizetype to = 0;
};

QueryPlace placeOf(const QString &url)
{
    const qsizetype hash = url.indexOf(u'#');
    const qsizetype end = hash < 0 ? url.size() : hash;
    const qsizetype mark = url.indexOf(u'?');
    return {mark < 0 || mark > end ? end : mark, end};
}

QString encodedPart(const QString &text, QByteArrayView also)
{
    return QString::fromLatin1(percentEncoded(text.toUtf8(), also));
}

QString encodedName(const QString &name)
{
    return encodedPart(name, "%&=#\"<>");
}

QString encodedValue(const QString &value)
{
    return encodedPart(value, "%&#\"<>");
}

} // namespace

QueryItem::QueryItem(const QString &name, const QString &value)
    : m_typed(encodedName(name) + u'=' + encodedValue(value))
{
}

QueryItem QueryItem::withName(const QString &name) const
{
    const qsizetype equals = m_typed.indexOf(u'=');
    return QueryItem(encodedName(name) + (equals < 0 ? QString() : m_typed.sliced(equals)));
}

QueryItem QueryItem::withValue(const QString &value) const
{
    return QueryItem(m_typed.left(m_typed.indexOf(u'=')) + u'=' + encodedValue(value));
}

QString QueryItem::name() const
{
    return percentDecoded(QStringView(m_typed).left(m_typed.indexOf(u'=')));
}

QString QueryItem::value() const
{
    const qsizetype equals = m_typed.indexOf(u'=');
    return equals < 0 ? QString() : percentDecoded(QStringView(m_typed).sliced(equals + 1));
}

QList<QueryItem> queryItems(const QString &url)
{
    const auto [from, to] = placeOf(url);
    if (to - from < 2)
        return {};
    QList<QueryItem> items;
    for (const QString &typed : url.sliced(from + 1, to - from - 1).split(u'&'))
        items += QueryItem(typed);
    return items;
}

QString withQueryItems(const QString &url, const QList<QueryItem> &items)
{
    const auto [from, to] = placeOf(url);
    QStringList typed;
    for (const QueryItem &item : items)
        typed += item.typed();
    const QString query = items.isEmpty() ? QString() : u'?' + typed.join(u'&');
    return url.first(from) + query + url.sliced(to);
}

} // namespace sockeye
