#pragma once

#include <QString>

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

/// A text that names no proxy becomes an invalid host of an HTTP proxy, so that a form can show what is wrong with it.
[[nodiscard]] ProxyChoice proxyFromText(const QString &text);
/// As Endpoint::proxy has it; user and password are percent-encoded.
[[nodiscard]] QString textOf(const ProxyChoice &choice);
/// What is wrong with the host or the user, in sentences; empty for nothing.
[[nodiscard]] QString problemOfProxyHost(const QString &host);
[[nodiscard]] QString problemOfProxyUser(const ProxyChoice &choice);
/// What is wrong with the text as a whole. Never shows a password.
[[nodiscard]] QString problemOfProxyText(const QString &text);

} // namespace sockeye
