#include "endpoint/HostPort.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {
struct HostPortWords
{
    Q_DECLARE_TR_FUNCTIONS(UrlText)
};

bool looksLikeIpv6(QStringView text)
{
    return text.count(u':') > 1 && std::all_of(text.begin(), text.end(), [](QChar c) {
               return c == u':' || c == u'.' || QStringView(u"0123456789abcdefABCDEF").contains(c);
           });
}
} // namespace

QString shortened(QStringView text)
{
    constexpr qsizetype MaxShown = 60;
    return text.size() <= MaxShown ? text.toString() : text.left(MaxShown).toString() + u'…';
}

Result<HostPort> splitHostAndPort(QStringView text)
{
    qsizetype colon = -1;
    if (text.startsWith(u'[')) {
        const qsizetype bracket = text.indexOf(u']');
        if (bracket < 0) {
            return Error{
                HostPortWords::tr("The address “%1” has no closing bracket. Write it like [::1] or [::1]:9001.")
                    .arg(shortened(text))};
        }
        const QStringView rest = text.mid(bracket + 1);
        if (!rest.isEmpty() && !rest.startsWith(u':')) {
            return Error{
                HostPortWords::tr("“%1” after the address is neither a port nor a path. Write it like [::1]:9001/feed.")
                    .arg(shortened(rest))};
        }
        colon = rest.isEmpty() ? -1 : bracket + 1;
    } else {
        if (looksLikeIpv6(text))
            return Error{HostPortWords::tr("Write the IPv6 address in brackets: [%1].").arg(shortened(text))};
        colon = text.indexOf(u':');
    }
    if (colon < 0)
        return HostPort{text, {}, false};
    return HostPort{text.left(colon), text.mid(colon + 1), true};
}

Result<> checkPort(QStringView port)
{
    const bool digits = std::all_of(port.begin(), port.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool fits = false;
    const int number = port.toInt(&fits);
    if (port.isEmpty() || (digits && fits && number >= 1 && number <= 65535))
        return {};
    return Error{HostPortWords::tr("The port “%1” is not a number from 1 to 65535.").arg(shortened(port))};
}

} // namespace sockeye
