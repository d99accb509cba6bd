#include "widgets/tab/TabNames.h"

#include "endpoint/UrlText.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

/// The host, the parts of the path, and the query with its question mark if there is one.
struct UrlParts
{
    QStringList list;
    bool hasQuery = false;

    [[nodiscard]] qsizetype lastOfPath() const { return list.size() - (hasQuery ? 2 : 1); }
};

UrlParts partsOf(const QString &url)
{
    UrlParts parts;
    parts.list = shortUrl(url).split(u'/');
    if (const qsizetype query = url.indexOf(u'?'); query >= 0) {
        parts.list += url.sliced(query);
        parts.hasQuery = true;
    }
    return parts;
}

/// Where the first is told from the second: the index of the first part that differs, or -1 if it has none.
qsizetype firstDifference(const UrlParts &one, const UrlParts &other)
{
    const qsizetype both = std::min(one.list.size(), other.list.size());
    for (qsizetype i = 0; i < both; ++i) {
        if (one.list.at(i) != other.list.at(i))
            return i;
    }
    return one.list.size() > both ? both : -1;
}

/// The parts to keep, with "…" for those left out between or before them.
QString joined(const UrlParts &parts, const QSet<qsizetype> &kept)
{
    QStringList shown;
    for (qsizetype i = 0; i <= parts.lastOfPath(); ++i) {
        if (kept.contains(i))
            shown += parts.list.at(i);
        else if (shown.isEmpty() || shown.constLast() != u"…")
            shown += u"…"_s;
    }
    const QString path = shown.join(u'/');
    return parts.hasQuery && kept.contains(parts.list.size() - 1) ? path + parts.list.constLast() : path;
}

QStringList shortened(const QStringList &urls)
{
    if (urls.size() == 1)
        return {shortUrl(urls.constFirst())};
    QList<UrlParts> all;
    for (const QString &url : urls)
        all += partsOf(url);
    QStringList names;
    for (const UrlParts &parts : std::as_const(all)) {
        QSet<qsizetype> kept{parts.lastOfPath()};
        for (const UrlParts &other : std::as_const(all))
            kept += firstDifference(parts, other);
        names += joined(parts, kept);
    }
    return names;
}

} // namespace

QStringList toldApart(const QList<TabTitle> &titles)
{
    QStringList urls;
    for (const TabTitle &title : titles) {
        if (title.isUrl)
            urls += title.text;
    }
    const QStringList shortUrls = urls.isEmpty() ? QStringList() : shortened(urls);
    QStringList names;
    QHash<QString, int> used;
    qsizetype nextUrl = 0;
    for (const TabTitle &title : titles) {
        const QString name = title.isUrl ? shortUrls.at(nextUrl++) : title.text;
        const int number = ++used[name];
        names += number == 1 ? name : u"%1 (%2)"_s.arg(name).arg(number);
    }
    return names;
}

} // namespace sockeye
