#include "endpoint/HostName.h"

#include "endpoint/HostPort.h"
#include "endpoint/UrlText.h"

#include <QCoreApplication>
#include <QUrl>

namespace sockeye {

namespace {
struct HostText
{
    Q_DECLARE_TR_FUNCTIONS(HostName)
};

Error notValid(QStringView text)
{
    return Error{HostText::tr("The host “%1” is not a valid name or address. Write one like example.com, 192.0.2.7 or "
                              "[2001:db8::1].")
                     .arg(shortened(text))};
}

/// IDNA, percent-encoding and the many forms of addresses are QUrl's care; it sees nothing but the host.
QString normalised(const QString &host)
{
    QUrl url;
    url.setScheme(QStringLiteral("ws"));
    url.setHost(host, QUrl::TolerantMode);
    return url.isValid() ? url.host(QUrl::FullyEncoded) : QString();
}
} // namespace

Result<HostName> HostName::parse(QStringView text)
{
    HostName host;
    if (!text.startsWith(u'[')) {
        host.m_name = normalised(text.toString());
        // Without brackets it would be taken for a port.
        if (host.isEmpty() || host.isIpv6())
            return notValid(text);
        return host;
    }
    if (!text.endsWith(u']'))
        return notValid(text);
    const QStringView inner = text.sliced(1, text.size() - 2);
    const qsizetype percent = inner.indexOf(u'%');
    const QStringView address = percent < 0 ? inner : inner.first(percent);
    host.m_name = normalised(u'[' + address.toString() + u']');
    if (!host.isIpv6())
        return notValid(text);
    if (percent < 0)
        return host;
    const QStringView zone = inner.sliced(percent + 1);
    const bool isEncoded = zone.startsWith(u"25") && zone.size() > 2;
    host.m_zone = percentDecoded(isEncoded ? zone.sliced(2) : zone);
    if (host.m_zone.isEmpty()) {
        return Error{HostText::tr("The address “%1” has a %2 without a zone behind it. Write the interface's name "
                                  "there, as in %3, or remove it.")
                         .arg(shortened(text), QStringLiteral("%"), QStringLiteral("[fe80::1%25eth0]"))};
    }
    return host;
}

QString HostName::forUrl() const
{
    if (m_zone.isEmpty())
        return forHeader();
    return QStringLiteral("[%1%25%2]").arg(m_name, QString::fromLatin1(percentEncoded(m_zone.toUtf8(), "%[]/?#@\\")));
}

QString HostName::forDialling() const
{
    return m_zone.isEmpty() ? m_name : m_name + u'%' + m_zone;
}

QString HostName::forHeader() const
{
    return isIpv6() ? u'[' + m_name + u']' : m_name;
}

QString HostName::forTls() const
{
    return withoutFinalDot(m_name);
}

QString withoutFinalDot(QString name)
{
    if (name.endsWith(u'.'))
        name.chop(1);
    return name;
}

} // namespace sockeye
