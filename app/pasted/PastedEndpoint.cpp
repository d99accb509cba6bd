#include "pasted/PastedEndpoint.h"

#include "endpoint/ProxyChoice.h"
#include "pasted/PastedCommand.h"
#include "pasted/PastedHeaders.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

struct PastedEndpointWords
{
    Q_DECLARE_TR_FUNCTIONS(PastedEndpoint)

public:
    static Error nothing()
    {
        return Error{tr("Paste a URL such as wss://host/path, or a command line of curl, wscat or websocat.")};
    }
    static Error noUrl(const QString &program)
    {
        return Error{
            tr("The command of %1 names no URL. Copy the whole command, with what it connects to.").arg(program)};
    }
};

/// As curl's -x has it: without a scheme it is an HTTP proxy.
QString proxyText(const QString &value, QStringView scheme)
{
    const QString text = value.contains(u"://"_s) ? value : scheme.toString() + u"://"_s + value;
    return problemOfProxyText(text).isEmpty() ? text : QString();
}

QString webSocketUrl(const QString &text)
{
    const auto begins = [&text](QStringView scheme) { return text.startsWith(scheme, Qt::CaseInsensitive); };
    if (begins(u"http://"))
        return u"ws://"_s + text.sliced(qsizetype(7));
    if (begins(u"https://"))
        return u"wss://"_s + text.sliced(qsizetype(8));
    return text;
}

/// Puts what a command says into an endpoint.
class EndpointReader final
{
public:
    EndpointReader(const PastedCommand &command, const Endpoint &fresh)
        : m_command(command)
    {
        m_pasted.endpoint = fresh;
        m_pasted.endpoint.url.clear();
    }

    [[nodiscard]] PastedEndpoint read()
    {
        for (const PastedCommand::Option &option : m_command.options)
            take(option);
        takeOperands();
        m_pasted.endpoint.headers = m_headers.headers;
        return m_pasted;
    }

private:
    void takeOperands()
    {
        const qsizetype url = m_pasted.endpoint.url.isEmpty() ? m_command.urlOperand() : -1;
        for (qsizetype i = 0; i < m_command.operands.size(); ++i) {
            const PastedCommand::Operand &operand = m_command.operands[i];
            if (i == url)
                takeUrl(operand.text);
            else if (!operand.maybeValue)
                leave(operand.text);
        }
    }

    void takeUrl(const QString &text)
    {
        if (m_pasted.endpoint.url.isEmpty())
            m_pasted.endpoint.url = webSocketUrl(text);
        else
            leave(text);
    }

    void take(const PastedCommand::Option &option)
    {
        Endpoint &endpoint = m_pasted.endpoint;
        const auto &[meaning, shown, value] = option;
        switch (meaning) {
        case OptionMeaning::Url:
            return takeUrl(value);
        case OptionMeaning::Header:
            return takeHeader(option);
        case OptionMeaning::UserAgent:
        case OptionMeaning::Referer:
        case OptionMeaning::Cookie:
        case OptionMeaning::Origin:
        case OptionMeaning::Credentials:
        case OptionMeaning::Token:
            return takeHeaders(option);
        case OptionMeaning::Subprotocol:
            return takeSubprotocols(value);
        case OptionMeaning::Proxy:
            return takeProxy(shown, proxyText(value, u"http"));
        case OptionMeaning::SocksProxy:
            return takeProxy(shown, proxyText(value, u"socks5"));
        case OptionMeaning::NoProxy:
            return value == u"*" ? takeProxy(shown, u"none"_s) : leave(shown);
        case OptionMeaning::Authority:
            endpoint.tls.caFile = value;
            return;
        case OptionMeaning::Certificate:
            return takeCertificate(value);
        case OptionMeaning::Key:
            endpoint.tls.keyFile = value;
            return;
        case OptionMeaning::Passphrase:
            endpoint.tls.passphrase = value;
            return;
        case OptionMeaning::ConnectTo:
            // HOST1:PORT1:HOST2:PORT2, of which the second pair is dialled.
            endpoint.connectTo = value.section(u':', -2);
            return;
        case OptionMeaning::Seconds:
            return takeTimeout(shown, value);
        case OptionMeaning::Redirects:
            endpoint.maxRedirects = Redirects;
            return;
        case OptionMeaning::V4:
            endpoint.ipPreference = IpPreference::V4;
            return;
        case OptionMeaning::V6:
            endpoint.ipPreference = IpPreference::V6;
            return;
        case OptionMeaning::NotTaken:
        case OptionMeaning::ValueNotTaken:
        case OptionMeaning::Unknown:
            return leave(shown);
        case OptionMeaning::Nothing:
        case OptionMeaning::ValueOfNothing:
            return;
        }
    }

    void leave(const QString &shown)
    {
        if (!m_pasted.notTaken.contains(shown))
            m_pasted.notTaken += shown;
    }

    void takeHeader(const PastedCommand::Option &option)
    {
        const QString name = option.value.section(u':', 0, 0).trimmed();
        if (name.compare(u"Sec-WebSocket-Protocol"_s, Qt::CaseInsensitive) == 0)
            takeSubprotocols(option.value.section(u':', 1));
        else
            takeHeaders(option);
    }

    void takeHeaders(const PastedCommand::Option &option)
    {
        m_headers.take(option);
        // Told in the order of the command.
        for (const QString &line : std::exchange(m_headers.notTaken, {}))
            leave(line);
    }

    void takeSubprotocols(const QString &list)
    {
        for (const QString &name : list.split(u',', Qt::SkipEmptyParts))
            m_pasted.endpoint.subprotocols += name.trimmed();
    }

    void takeProxy(const QString &shown, const QString &proxy)
    {
        if (proxy.isEmpty())
            leave(shown);
        else
            m_pasted.endpoint.proxy = proxy;
    }

    /// curl's has the passphrase behind a colon; a drive's letter is none.
    void takeCertificate(const QString &value)
    {
        TlsOptions &tls = m_pasted.endpoint.tls;
        const qsizetype colon = m_command.program == u"curl" ? value.indexOf(u':', 2) : -1;
        tls.certificateFile = colon < 0 ? value : value.left(colon);
        if (colon >= 0)
            tls.passphrase = value.sliced(colon + 1);
    }

    void takeTimeout(const QString &shown, const QString &value)
    {
        constexpr double MsPerSecond = 1'000;
        constexpr double Longest = 3'600;
        bool isNumber = false;
        const double seconds = value.toDouble(&isNumber);
        if (isNumber && seconds > 0 && seconds <= Longest)
            m_pasted.endpoint.timeouts.connect = std::chrono::milliseconds(static_cast<qint64>(seconds * MsPerSecond));
        else
            leave(shown);
    }

    /// As many as browsers follow; curl follows 50.
    static constexpr int Redirects = 20;

    const PastedCommand &m_command;
    PastedEndpoint m_pasted;
    PastedHeaders m_headers;
};

} // namespace

Result<PastedEndpoint> endpointFromText(const QString &text, const Endpoint &fresh)
{
    const QString pasted = text.trimmed();
    if (pasted.isEmpty())
        return PastedEndpointWords::nothing();
    const PastedCommand command = PastedCommand::fromText(pasted);
    if (!command.program.isEmpty()) {
        PastedEndpoint read = EndpointReader(command, fresh).read();
        if (read.endpoint.url.isEmpty())
            return PastedEndpointWords::noUrl(command.program);
        return read;
    }
    if (pasted.contains(u'\n'))
        return PastedEndpointWords::nothing();
    // Not as a shell reads it: in a URL, every character means itself.
    PastedEndpoint url;
    url.endpoint = fresh;
    url.endpoint.url = webSocketUrl(pasted);
    return url;
}

} // namespace sockeye
