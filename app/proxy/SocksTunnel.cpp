#include "proxy/SocksTunnel.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QtEndian>

#include <algorithm>

namespace sockeye {

namespace {
struct SocksTunnelWords
{
    Q_DECLARE_TR_FUNCTIONS(SocksTunnel)
};

// RFC 1928 sections 3 to 6, RFC 1929 section 2.
constexpr char SocksVersion = 5;
constexpr char LoginVersion = 1;
constexpr char NoAuthentication = 0;
constexpr char UserAndPassword = 2;
constexpr char NoAcceptableMethod = '\xff';
constexpr char Connect = 1;
enum AddressType : quint8 { Ipv4 = 1, Name = 3, Ipv6 = 4 };
constexpr qsizetype Longest = 255;

QByteArray bytes(std::initializer_list<char> list)
{
    return {list.begin(), static_cast<qsizetype>(list.size())};
}

QByteArray withLength(const QByteArray &text)
{
    return QByteArray(1, static_cast<char>(text.size())) + text;
}

QByteArray bigEndian(quint16 number)
{
    QByteArray out(2, '\0');
    qToBigEndian(number, out.data());
    return out;
}

/// RFC 1928 section 6, in its words.
QString replyName(quint8 code)
{
    switch (code) {
    case 1:
        return SocksTunnelWords::tr("general failure");
    case 2:
        return SocksTunnelWords::tr("not allowed by its rules");
    case 3:
        return SocksTunnelWords::tr("network unreachable");
    case 4:
        return SocksTunnelWords::tr("host unreachable");
    case 5:
        return SocksTunnelWords::tr("connection refused");
    case 6:
        return SocksTunnelWords::tr("TTL expired");
    case 7:
        return SocksTunnelWords::tr("command not supported");
    case 8:
        return SocksTunnelWords::tr("address type not supported");
    default:
        return SocksTunnelWords::tr("a code that no RFC knows");
    }
}
} // namespace

SocksTunnel::SocksTunnel(TunnelRequest request)
    : ProxyTunnel(std::move(request))
    , m_output(greeting())
{
}

QByteArray SocksTunnel::takeOutput(Timestamp)
{
    return std::exchange(m_output, {});
}

ProxyTunnel::Event SocksTunnel::feed(QByteArrayView &input, Timestamp)
{
    while (!input.isEmpty()) {
        // Byte for byte: what comes behind the last answer is the peer's.
        m_answer += input.front();
        input = input.sliced(1);
        const char version = m_expects == Expects::Verdict ? LoginVersion : SocksVersion;
        // Some proxies answer a login with the version of SOCKS.
        if (m_answer.size() == 1 && m_answer.front() != version &&
            !(m_expects == Expects::Verdict && m_answer.front() == SocksVersion)) {
            m_answer += input.first(std::min<qsizetype>(input.size(), 31));
            return refuseBytes();
        }
        if (m_answer.size() < expectedSize())
            continue;
        if (const Event event = takeAnswer(); event != Event::NeedsMore)
            return event;
    }
    return Event::NeedsMore;
}

qsizetype SocksTunnel::expectedSize() const
{
    if (m_expects != Expects::Reply)
        return 2;
    // Of a refusal the rest says nothing, and not every proxy sends it.
    if (m_answer.size() >= 2 && m_answer[1] != 0)
        return 2;
    if (m_answer.size() < 5)
        return 5;
    switch (static_cast<quint8>(m_answer[3])) {
    case Ipv6:
        return 4 + 16 + 2;
    case Name:
        return 5 + static_cast<quint8>(m_answer[4]) + 2;
    default:
        return 4 + 4 + 2;
    }
}

ProxyTunnel::Event SocksTunnel::takeAnswer()
{
    switch (m_expects) {
    case Expects::Method:
        return takeMethod();
    case Expects::Verdict:
        return takeVerdict();
    case Expects::Reply:
        break;
    }
    return takeReply();
}

ProxyTunnel::Event SocksTunnel::takeMethod()
{
    const char method = std::exchange(m_answer, {})[1];
    const bool hasCredentials = !m_request.credentials.isEmpty();
    if (method == NoAuthentication)
        return askForTunnel();
    if (method == UserAndPassword && hasCredentials) {
        const HttpCredentials &credentials = m_request.credentials;
        if (std::max(credentials.user.toUtf8().size(), credentials.password.toUtf8().size()) > Longest) {
            return refuse(SocksTunnelWords::tr(
                              "The user or the password for the proxy %1 is longer than 255 bytes, the most that "
                              "SOCKS5 carries (RFC 1929). Check both in the connection's options.")
                              .arg(m_request.proxy));
        }
        m_expects = Expects::Verdict;
        m_output = login();
        m_notices += SocksTunnelWords::tr("The proxy %1 wants a user and a password (SOCKS5); they are sent")
                         .arg(m_request.proxy);
        return Event::Send;
    }
    if (!hasCredentials && (method == NoAcceptableMethod || method == UserAndPassword)) {
        return refuseCredentials(
            SocksTunnelWords::tr("The proxy %1 wants a user and a password. Add them to the proxy in the connection's "
                                 "options, as in socks5://user:password@host:port.")
                .arg(m_request.proxy));
    }
    return refuse(
        SocksTunnelWords::tr("The proxy %1 takes neither a user with a password nor a connection without them (SOCKS5 "
                             "method %2). Sockeye knows no other way; look into the proxy's configuration.")
            .arg(m_request.proxy)
            .arg(static_cast<quint8>(method)));
}

ProxyTunnel::Event SocksTunnel::takeVerdict()
{
    if (std::exchange(m_answer, {})[1] != 0) {
        return refuseCredentials(
            SocksTunnelWords::tr("The proxy %1 did not take the user “%2” with this password. Check both in the "
                                 "connection's options.")
                .arg(m_request.proxy, m_request.credentials.user));
    }
    return askForTunnel();
}

ProxyTunnel::Event SocksTunnel::askForTunnel()
{
    m_expects = Expects::Reply;
    m_output = request();
    m_notices += SocksTunnelWords::tr("SOCKS5 CONNECT to %1 sent to the proxy %2")
                     .arg(QString::fromUtf8(m_request.authority()), m_request.proxy);
    return Event::Send;
}

ProxyTunnel::Event SocksTunnel::takeReply()
{
    const auto code = static_cast<quint8>(m_answer[1]);
    if (code == 0) {
        m_notices += SocksTunnelWords::tr("The proxy %1 opened the tunnel (SOCKS5)").arg(m_request.proxy);
        return Event::Opened;
    }
    m_notices += SocksTunnelWords::tr("The proxy %1 refused the tunnel: SOCKS5 reply %2, %3")
                     .arg(m_request.proxy)
                     .arg(code)
                     .arg(replyName(code));
    return refuse(replyText(code));
}

QString SocksTunnel::replyText(quint8 code) const
{
    const QString peer = QString::fromUtf8(m_request.authority());
    const QString name = SocksTunnelWords::tr("SOCKS5 reply %1: %2").arg(code).arg(replyName(code));
    switch (code) {
    case 2:
        return SocksTunnelWords::tr(
                   "The proxy %1 does not allow connections to %2 (%3). Ask for that, or use another proxy.")
            .arg(m_request.proxy, peer, name);
    case 3:
    case 4:
    case 6:
        return SocksTunnelWords::tr(
                   "The proxy %1 did not reach %2 (%3). Check the spelling of the name, which the proxy looks up, "
                   "and the proxy's network.")
            .arg(m_request.proxy, peer, name);
    case 5:
        return SocksTunnelWords::tr(
                   "The proxy %1 could not connect to %2 (%3). Check that the server runs and the port is right.")
            .arg(m_request.proxy, peer, name);
    case 8:
        return SocksTunnelWords::tr("The proxy %1 does not know addresses of this kind: %2 (%3). Try a name instead.")
            .arg(m_request.proxy, peer, name);
    default:
        return SocksTunnelWords::tr("The proxy %1 did not let us through to %2 (%3). Look into the proxy's log.")
            .arg(m_request.proxy, peer, name);
    }
}

ProxyTunnel::Event SocksTunnel::refuseBytes()
{
    return refuse(SocksTunnelWords::tr(
                      "%1 does not speak SOCKS5: its answer begins with “%2”. Check that it is a SOCKS5 proxy%3.")
                      .arg(m_request.proxy, QString::fromLatin1(m_answer).simplified(),
                           m_answer.startsWith("HTTP/")
                               ? SocksTunnelWords::tr("; this one speaks HTTP, so write http://")
                               : QString()));
}

ProxyTunnel::Event SocksTunnel::ended(const QString &words)
{
    if (!words.isEmpty()) {
        return refuse(SocksTunnelWords::tr("The connection to the proxy %1 failed before it let us through to %2: %3.")
                          .arg(m_request.proxy, QString::fromUtf8(m_request.authority()), words));
    }
    // RFC 1929 section 2: who does not take a login ends the connection, some without a word.
    if (m_expects == Expects::Verdict) {
        return refuseCredentials(
            SocksTunnelWords::tr("The proxy %1 closed the connection when it got the user “%2” and the password. Check "
                                 "both in the connection's options.")
                .arg(m_request.proxy, m_request.credentials.user));
    }
    return refuse(
        SocksTunnelWords::tr("The proxy %1 closed the connection before it let us through to %2. Check that it is a "
                             "SOCKS5 proxy and may go there.")
            .arg(m_request.proxy, QString::fromUtf8(m_request.authority())));
}

/// VER NMETHODS METHODS
QByteArray SocksTunnel::greeting() const
{
    return m_request.credentials.isEmpty() ? bytes({SocksVersion, 1, NoAuthentication})
                                           : bytes({SocksVersion, 2, NoAuthentication, UserAndPassword});
}

/// VER ULEN UNAME PLEN PASSWD
QByteArray SocksTunnel::login() const
{
    return bytes({LoginVersion}) + withLength(m_request.credentials.user.toUtf8()) +
           withLength(m_request.credentials.password.toUtf8());
}

/// VER CMD RSV ATYP DST.ADDR DST.PORT
QByteArray SocksTunnel::request() const
{
    const QByteArray host = m_request.wireHost().left(Longest);
    QHostAddress address;
    QByteArray destination;
    if (address.setAddress(QString::fromLatin1(host)) && address.protocol() == QAbstractSocket::IPv4Protocol) {
        QByteArray four(4, '\0');
        qToBigEndian(address.toIPv4Address(), four.data());
        destination = bytes({Ipv4}) + four;
    } else if (host.contains(':') && address.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR sixteen = address.toIPv6Address();
        destination = bytes({Ipv6}) + QByteArray(reinterpret_cast<const char *>(sixteen.c), sizeof sixteen.c);
    } else {
        destination = bytes({Name}) + withLength(host);
    }
    return bytes({SocksVersion, Connect, 0}) + destination + bigEndian(m_request.port);
}

} // namespace sockeye
