#pragma once

#include "endpoint/WebSocketUrl.h"

#include <QProcessEnvironment>
#include <QStringList>

namespace sockeye {

/// The proxy as the environment's variables name it, read as curl reads them: https_proxy for wss://, http_proxy for
/// ws://, all_proxy for both, each in small letters before capitals, an empty one like none; no_proxy takes hosts out.
/// Beyond curl, HTTP_PROXY in capitals counts (curl ignores it for the sake of CGI programs), an entry of no_proxy may
/// have a port, and this machine itself is never reached through a proxy.
class ProxyEnvironment final
{
public:
    /// Which variable decides for a URL, and what the others do not do.
    struct Choice
    {
        /// Empty for none: straight to the peer.
        QString variable;
        QString value;
        /// Variables that name a proxy and are not used, each with the reason: "http_proxy (for ws:// only)".
        QStringList unused;
    };

    explicit ProxyEnvironment(const QProcessEnvironment &variables = QProcessEnvironment::systemEnvironment());

    /// Whether any variable names a proxy.
    [[nodiscard]] bool hasProxy() const;
    [[nodiscard]] Choice choiceFor(const WebSocketUrl &url) const;
    /// The entry of no_proxy that takes the URL's host out, empty for none. "*" is all; a name means its subdomains
    /// too, with or without a dot before it; an address may have a mask (10.0.0.0/8, fd00::/8); a port narrows an
    /// entry.
    [[nodiscard]] QString exemption(const WebSocketUrl &url) const;
    /// "no_proxy" or "NO_PROXY", whichever counts; empty for none.
    [[nodiscard]] QString exemptionVariable() const;

private:
    [[nodiscard]] QStringList set(const QStringList &names) const;

    QProcessEnvironment m_variables;
};

/// Whether the URL names this machine itself: localhost, its subdomains (RFC 6761 section 6.3), 127.0.0.0/8 and ::1.
[[nodiscard]] bool isThisMachine(const WebSocketUrl &url);

} // namespace sockeye
