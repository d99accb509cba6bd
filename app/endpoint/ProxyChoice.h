#pragma once

#include "base/Result.h"

namespace sockeye {

/// Endpoint::proxy taken apart.
struct ProxyChoice
{
    enum class Kind : quint8 { System, None, Http, Socks5 };

    Kind kind = Kind::System;
    /// A name or an address; an IPv6 address without brackets.
    QString host;
    /// 0 for none named.
    int port = 0;
    QString user;
    QString password;

    [[nodiscard]] bool hasAddress() const { return kind == Kind::Http || kind == Kind::Socks5; }
    friend bool operator==(const ProxyChoice &, const ProxyChoice &) = default;
};

/// Endpoint::proxy read as curl reads it: [http://|socks5://|socks5h://][user[:password]@]host[:port], ASCII blanks at
/// the ends cut off, "none", or nothing. The last "@" ends the user's information; a backslash may stand in it
/// ("CORP\me"). A path is of no meaning. The error names what is wrong with the text, and never a part of the password.
[[nodiscard]] Result<ProxyChoice> parseProxy(const QString &text);
/// A text that names no proxy becomes an invalid host of an HTTP proxy, without user and password, so that a form can
/// show what is wrong with it.
[[nodiscard]] ProxyChoice proxyFromText(const QString &text);
/// As Endpoint::proxy has it; user and password are percent-encoded.
[[nodiscard]] QString textOf(const ProxyChoice &choice);
/// What is wrong with the host or the user, in sentences; empty for nothing.
[[nodiscard]] QString problemOfProxyHost(const QString &host);
[[nodiscard]] QString problemOfProxyUser(const ProxyChoice &choice);
/// What is wrong with the text as a whole. Never shows a password.
[[nodiscard]] QString problemOfProxyText(const QString &text);

} // namespace sockeye
