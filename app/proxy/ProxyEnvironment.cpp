#include "proxy/ProxyEnvironment.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {
struct ProxyEnvironmentWords
{
    Q_DECLARE_TR_FUNCTIONS(ProxyEnvironment)
};

/// In the order in which they count.
QStringList namesFor(bool isEncrypted)
{
    return isEncrypted ? QStringList{u"wss_proxy"_s, u"WSS_PROXY"_s, u"https_proxy"_s, u"HTTPS_PROXY"_s}
                       : QStringList{u"ws_proxy"_s, u"WS_PROXY"_s, u"http_proxy"_s, u"HTTP_PROXY"_s};
}

QStringList namesForBoth()
{
    return {u"all_proxy"_s, u"ALL_PROXY"_s};
}

QString withoutDots(QString name)
{
    while (name.endsWith(u'.'))
        name.chop(1);
    return name;
}

/// "host:port", "[::1]:port", "host", "::1" taken apart; port 0 for none.
struct Entry
{
    QString host;
    int port = 0;
};

Entry entryOf(const QString &text)
{
    static const QRegularExpression bracketed(u"^\\[([^\\]]*)\\](?::([0-9]{1,5}))?$"_s);
    static const QRegularExpression named(u"^([^:]*):([0-9]{1,5})$"_s);
    for (const QRegularExpression &form : {bracketed, named}) {
        if (const auto match = form.match(text); match.hasMatch())
            return {match.captured(1), match.captured(2).toInt()};
    }
    return {text, 0};
}

/// An address or a range of them against an address.
bool coversAddress(const QString &entry, const QHostAddress &address)
{
    const qsizetype slash = entry.indexOf(u'/');
    const QHostAddress first(slash < 0 ? entry : entry.left(slash));
    if (first.isNull() || first.protocol() != address.protocol())
        return false;
    const int most = first.protocol() == QAbstractSocket::IPv6Protocol ? 128 : 32;
    bool isNumber = true;
    const int bits = slash < 0 ? most : entry.mid(slash + 1).toInt(&isNumber);
    return isNumber && bits >= 0 && bits <= most && address.isInSubnet(first, bits);
}

bool coversName(QString entry, const QString &name)
{
    entry = withoutDots(entry);
    if (entry.startsWith(u"*."))
        entry.remove(0, 1);
    if (entry.startsWith(u'.'))
        entry.remove(0, 1);
    return !entry.isEmpty() &&
           (name.compare(entry, Qt::CaseInsensitive) == 0 || name.endsWith(u'.' + entry, Qt::CaseInsensitive));
}

bool covers(const QString &text, const WebSocketUrl &url)
{
    if (text == u"*")
        return true;
    const Entry entry = entryOf(text);
    const int port = url.dialledPort();
    if (entry.port != 0 && entry.port != port)
        return false;
    const QString host = withoutDots(url.host.name());
    const QHostAddress address(host.section(u'%', 0, 0));
    return address.isNull() ? coversName(entry.host, host) : coversAddress(entry.host, address);
}
} // namespace

bool isThisMachine(const WebSocketUrl &url)
{
    const QString host = withoutDots(url.host.name());
    return host.compare(u"localhost", Qt::CaseInsensitive) == 0 || host.endsWith(u".localhost", Qt::CaseInsensitive) ||
           QHostAddress(host).isLoopback();
}

ProxyEnvironment::ProxyEnvironment(const QProcessEnvironment &variables)
    : m_variables(variables)
{
}

QStringList ProxyEnvironment::set(const QStringList &names) const
{
    QStringList found;
    for (const QString &name : names) {
#ifdef Q_OS_WIN
        // One variable under both names.
        if (found.contains(name, Qt::CaseInsensitive))
            continue;
#endif
        if (!m_variables.value(name).trimmed().isEmpty())
            found += name;
    }
    return found;
}

bool ProxyEnvironment::hasProxy() const
{
    return !set(namesFor(true) + namesFor(false) + namesForBoth()).isEmpty();
}

QString ProxyEnvironment::exemptionVariable() const
{
    return set({u"no_proxy"_s, u"NO_PROXY"_s}).value(0);
}

QString ProxyEnvironment::exemption(const WebSocketUrl &url) const
{
    static const QRegularExpression separators(u"[\\s,]+"_s);
    const QStringList entries = m_variables.value(exemptionVariable()).split(separators, Qt::SkipEmptyParts);
    for (const QString &entry : entries) {
        if (covers(entry, url))
            return entry;
    }
    return {};
}

ProxyEnvironment::Choice ProxyEnvironment::choiceFor(const WebSocketUrl &url) const
{
    const bool isEncrypted = url.isSecure();
    QStringList candidates = set(namesFor(isEncrypted) + namesForBoth());
    Choice choice;
    if (!candidates.isEmpty()) {
        const QString first = candidates.takeFirst();
        if (const QString entry = exemption(url); !entry.isEmpty()) {
            choice.unused += ProxyEnvironmentWords::tr("%1 (%2 has “%3”)").arg(first, exemptionVariable(), entry);
        } else if (isThisMachine(url)) {
            choice.unused += ProxyEnvironmentWords::tr("%1 (not for this machine itself)").arg(first);
        } else {
            choice.variable = first;
            choice.value = m_variables.value(first).trimmed();
        }
        for (const QString &name : std::as_const(candidates))
            choice.unused += ProxyEnvironmentWords::tr("%1 (%2 goes before it)").arg(name, first);
    }
    const QStringList others = set(namesFor(!isEncrypted));
    for (const QString &name : others)
        choice.unused +=
            ProxyEnvironmentWords::tr("%1 (for %2 only)").arg(name, isEncrypted ? u"ws://"_s : u"wss://"_s);
    return choice;
}

} // namespace sockeye
