#pragma once

#include "base/Result.h"

namespace sockeye {

/// The host of a URL: a name or an address (WHATWG URL section 3.5), in the forms in which others need it. An IPv6
/// address may have a zone (RFC 6874), which says through which interface of this machine to reach it, and means
/// nothing to anybody else: only forUrl() and forDialling() have it.
class HostName final
{
public:
    /// None.
    HostName() = default;
    /// From "example.com", "127.0.0.1", "[::1]" or "[fe80::1%25eth0]" ("%eth0" too). Names become ASCII in lower case;
    /// a final dot stays.
    [[nodiscard]] static Result<HostName> parse(QStringView text);

    [[nodiscard]] bool isEmpty() const { return m_name.isEmpty(); }
    [[nodiscard]] bool isIpv6() const { return m_name.contains(u':'); }
    [[nodiscard]] const QString &zone() const { return m_zone; }
    /// "example.com", "::1": without brackets and zone, as a proxy is asked for it.
    [[nodiscard]] const QString &name() const { return m_name; }
    /// "[fe80::1%25eth0]"
    [[nodiscard]] QString forUrl() const;
    /// "fe80::1%eth0": as a socket of this machine takes it.
    [[nodiscard]] QString forDialling() const;
    /// "[fe80::1]", "example.com.": in Host (RFC 9110 section 7.2), CONNECT and Origin.
    [[nodiscard]] QString forHeader() const;
    /// "example.com" for "example.com.": a final dot stands neither in SNI (RFC 6066 section 3) nor in a certificate.
    [[nodiscard]] QString forTls() const;

    friend bool operator==(const HostName &, const HostName &) = default;

private:
    QString m_name;
    QString m_zone;
};

/// A name without its final dot.
[[nodiscard]] QString withoutFinalDot(QString name);

} // namespace sockeye
