#include "pasted/PastedEndpoint.h"

#include "endpoint/ProxyChoice.h"
#include "pasted/PastedHeaders.h"
#include "pasted/ShellWords.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

struct Words
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

/// What an option means to a connection.
enum class Meaning : quint8 {
    Url,
    Header,
    UserAgent,
    Referer,
    Cookie,
    Origin,
    Subprotocol,
    Credentials,
    Token,
    Proxy,
    SocksProxy,
    NoProxy,
    Authority,
    Certificate,
    Key,
    Passphrase,
    ConnectTo,
    Seconds,
    Redirects,
    V4,
    V6,
    /// Means nothing to a connection, and need not be told.
    Nothing,
    /// The same, with a value.
    ValueOfNothing,
    /// Would make a difference, and is not taken.
    NotTaken,
    ValueNotTaken
};

struct Option
{
    QStringView program;
    /// Without its dash; 0 for none.
    char16_t letter;
    /// Without its dashes; empty for none.
    QStringView name;
    Meaning meaning;
};

constexpr auto Curl = QStringView(u"curl");
constexpr auto Wscat = QStringView(u"wscat");
constexpr auto Websocat = QStringView(u"websocat");

constexpr std::array Options{
    Option{Curl, 0, u"url", Meaning::Url},
    Option{Curl, u'H', u"header", Meaning::Header},
    Option{Curl, u'A', u"user-agent", Meaning::UserAgent},
    Option{Curl, u'e', u"referer", Meaning::Referer},
    Option{Curl, u'b', u"cookie", Meaning::Cookie},
    Option{Curl, u'u', u"user", Meaning::Credentials},
    Option{Curl, 0, u"oauth2-bearer", Meaning::Token},
    Option{Curl, u'x', u"proxy", Meaning::Proxy},
    Option{Curl, 0, u"socks5", Meaning::SocksProxy},
    Option{Curl, 0, u"socks5-hostname", Meaning::SocksProxy},
    Option{Curl, 0, u"noproxy", Meaning::NoProxy},
    Option{Curl, 0, u"cacert", Meaning::Authority},
    Option{Curl, u'E', u"cert", Meaning::Certificate},
    Option{Curl, 0, u"key", Meaning::Key},
    Option{Curl, 0, u"pass", Meaning::Passphrase},
    Option{Curl, 0, u"connect-to", Meaning::ConnectTo},
    Option{Curl, 0, u"connect-timeout", Meaning::Seconds},
    Option{Curl, u'L', u"location", Meaning::Redirects},
    Option{Curl, u'4', u"ipv4", Meaning::V4},
    Option{Curl, u'6', u"ipv6", Meaning::V6},
    Option{Curl, u'k', u"insecure", Meaning::NotTaken},
    Option{Curl, u'X', u"request", Meaning::ValueOfNothing},
    Option{Curl, u'o', u"output", Meaning::ValueOfNothing},
    Option{Curl, u'w', u"write-out", Meaning::ValueOfNothing},
    Option{Curl, u'c', u"cookie-jar", Meaning::ValueOfNothing},
    Option{Curl, u'm', u"max-time", Meaning::ValueOfNothing},
    Option{Curl, u'd', u"data", Meaning::ValueNotTaken},
    Option{Curl, 0, u"data-raw", Meaning::ValueNotTaken},
    Option{Curl, 0, u"data-binary", Meaning::ValueNotTaken},
    Option{Curl, 0, u"data-urlencode", Meaning::ValueNotTaken},
    Option{Curl, 0, u"json", Meaning::ValueNotTaken},
    Option{Curl, u'F', u"form", Meaning::ValueNotTaken},
    Option{Curl, u'T', u"upload-file", Meaning::ValueNotTaken},
    Option{Curl, u'K', u"config", Meaning::ValueNotTaken},
    Option{Curl, u'U', u"proxy-user", Meaning::ValueNotTaken},
    Option{Curl, 0, u"resolve", Meaning::ValueNotTaken},
    Option{Curl, 0, u"interface", Meaning::ValueNotTaken},
    Option{Curl, 0, u"unix-socket", Meaning::ValueNotTaken},
    Option{Curl, 0, u"ciphers", Meaning::ValueNotTaken},
    Option{Curl, 0, u"pinnedpubkey", Meaning::ValueNotTaken},
    Option{Curl, 0, u"capath", Meaning::ValueNotTaken},
    Option{Curl, u's', u"silent", Meaning::Nothing},
    Option{Curl, u'S', u"show-error", Meaning::Nothing},
    Option{Curl, u'i', u"include", Meaning::Nothing},
    Option{Curl, u'v', u"verbose", Meaning::Nothing},
    Option{Curl, u'N', u"no-buffer", Meaning::Nothing},
    Option{Curl, u'g', u"globoff", Meaning::Nothing},
    Option{Curl, u'f', u"fail", Meaning::Nothing},
    Option{Curl, 0, u"compressed", Meaning::Nothing},
    Option{Curl, 0, u"http1.1", Meaning::Nothing},
    Option{Curl, 0, u"no-progress-meter", Meaning::Nothing},
    Option{Wscat, u'c', u"connect", Meaning::Url},
    Option{Wscat, u'H', u"header", Meaning::Header},
    Option{Wscat, u'o', u"origin", Meaning::Origin},
    Option{Wscat, u's', u"subprotocol", Meaning::Subprotocol},
    Option{Wscat, 0, u"auth", Meaning::Credentials},
    Option{Wscat, 0, u"proxy", Meaning::Proxy},
    Option{Wscat, 0, u"ca", Meaning::Authority},
    Option{Wscat, 0, u"cert", Meaning::Certificate},
    Option{Wscat, 0, u"key", Meaning::Key},
    Option{Wscat, 0, u"passphrase", Meaning::Passphrase},
    Option{Wscat, u'L', u"location", Meaning::Redirects},
    Option{Wscat, u'n', u"no-check", Meaning::NotTaken},
    Option{Wscat, u'x', u"execute", Meaning::ValueNotTaken},
    Option{Wscat, u'w', u"wait", Meaning::ValueOfNothing},
    Option{Wscat, 0, u"host", Meaning::ValueNotTaken},
    Option{Wscat, u'l', u"listen", Meaning::ValueNotTaken},
    Option{Wscat, u'P', u"show-ping-pong", Meaning::Nothing},
    Option{Wscat, 0, u"no-color", Meaning::Nothing},
    Option{Wscat, 0, u"slash", Meaning::Nothing},
    Option{Websocat, u'H', u"header", Meaning::Header},
    Option{Websocat, 0, u"origin", Meaning::Origin},
    Option{Websocat, 0, u"protocol", Meaning::Subprotocol},
    Option{Websocat, 0, u"basic-auth", Meaning::Credentials},
    Option{Websocat, u'k', u"insecure", Meaning::NotTaken},
    Option{Websocat, u't', u"text", Meaning::Nothing},
    Option{Websocat, u'b', u"binary", Meaning::Nothing},
    Option{Websocat, u'v', {}, Meaning::Nothing},
    Option{Websocat, u'q', {}, Meaning::Nothing},
    Option{Websocat, u'n', u"no-close", Meaning::Nothing},
    Option{Websocat, u'1', u"one-message", Meaning::Nothing},
};

bool hasValue(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Redirects:
    case Meaning::V4:
    case Meaning::V6:
    case Meaning::Nothing:
    case Meaning::NotTaken:
        return false;
    default:
        return true;
    }
}

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

/// Walks over the words of one command and puts what they say into an endpoint.
class CommandReader final
{
public:
    CommandReader(QStringView program, const Endpoint &fresh)
        : m_program(program)
    {
        m_pasted.endpoint = fresh;
        m_pasted.endpoint.url.clear();
    }

    [[nodiscard]] PastedEndpoint read(const QStringList &words)
    {
        for (m_next = 0; m_next < words.size();) {
            const QString &word = words[m_next++];
            if (word.startsWith(u"--"_s) && word.size() > 2)
                takeName(word, words);
            else if (word.startsWith(u'-') && word.size() > 1)
                takeLetters(word, words);
            else
                takeUrl(word);
        }
        m_pasted.endpoint.headers = m_headers.headers;
        return m_pasted;
    }

private:
    [[nodiscard]] const Option *find(QStringView name, char16_t letter) const
    {
        const auto found = std::find_if(Options.begin(), Options.end(), [&](const Option &option) {
            return option.program == m_program && (letter ? option.letter == letter : option.name == name);
        });
        return found == Options.end() ? nullptr : &*found;
    }

    void takeName(const QString &word, const QStringList &words)
    {
        // curl takes no "--name=value", the others do.
        const qsizetype equals = m_program == Curl ? -1 : word.indexOf(u'=');
        const QString name = equals < 0 ? word.sliced(2) : word.sliced(2, equals - 2);
        const Option *option = find(name, 0);
        if (!option)
            m_pasted.notTaken += word;
        else if (!hasValue(option->meaning))
            take(*option, word, {});
        else if (equals >= 0)
            take(*option, word.left(equals), word.sliced(equals + 1));
        else if (m_next < words.size())
            take(*option, word, words[m_next++]);
    }

    /// "-sSL", "-HName: value".
    void takeLetters(const QString &word, const QStringList &words)
    {
        for (qsizetype at = 1; at < word.size(); ++at) {
            const QString shown = u'-' + word.mid(at, 1);
            const Option *option = find({}, word[at].unicode());
            if (!option) {
                m_pasted.notTaken += shown;
            } else if (!hasValue(option->meaning)) {
                take(*option, shown, {});
            } else {
                const QString rest = word.sliced(at + 1);
                if (!rest.isEmpty())
                    take(*option, shown, rest);
                else if (m_next < words.size())
                    take(*option, shown, words[m_next++]);
                return;
            }
        }
    }

    void takeUrl(const QString &word)
    {
        if (m_pasted.endpoint.url.isEmpty())
            m_pasted.endpoint.url = webSocketUrl(word);
        else
            m_pasted.notTaken += word;
    }

    void take(const Option &option, const QString &shown, const QString &value)
    {
        Endpoint &endpoint = m_pasted.endpoint;
        switch (option.meaning) {
        case Meaning::Url:
            return takeUrl(value);
        case Meaning::Header:
            return takeHeader(value);
        case Meaning::UserAgent:
            return m_headers.add(u"User-Agent: "_s + value);
        case Meaning::Referer:
            return m_headers.add(u"Referer: "_s + value);
        case Meaning::Origin:
            return m_headers.add(u"Origin: "_s + value);
        case Meaning::Cookie:
            // Without "=" it is the name of a file.
            return value.contains(u'=') ? m_headers.add(u"Cookie: "_s + value) : leave(shown);
        case Meaning::Subprotocol:
            return takeSubprotocols(value);
        case Meaning::Credentials:
            m_headers.headers += basicAuthorization(value.section(u':', 0, 0), value.section(u':', 1));
            return;
        case Meaning::Token:
            return m_headers.add(u"Authorization: Bearer "_s + value);
        case Meaning::Proxy:
            return takeProxy(shown, proxyText(value, u"http"));
        case Meaning::SocksProxy:
            return takeProxy(shown, proxyText(value, u"socks5"));
        case Meaning::NoProxy:
            return value == u"*" ? takeProxy(shown, u"none"_s) : leave(shown);
        case Meaning::Authority:
            endpoint.tls.caFile = value;
            return;
        case Meaning::Certificate:
            return takeCertificate(value);
        case Meaning::Key:
            endpoint.tls.keyFile = value;
            return;
        case Meaning::Passphrase:
            endpoint.tls.passphrase = value;
            return;
        case Meaning::ConnectTo:
            // HOST1:PORT1:HOST2:PORT2, of which the second pair is dialled.
            endpoint.connectTo = value.section(u':', -2);
            return;
        case Meaning::Seconds:
            return takeTimeout(shown, value);
        case Meaning::Redirects:
            endpoint.maxRedirects = Redirects;
            return;
        case Meaning::V4:
            endpoint.ipPreference = IpPreference::V4;
            return;
        case Meaning::V6:
            endpoint.ipPreference = IpPreference::V6;
            return;
        case Meaning::NotTaken:
        case Meaning::ValueNotTaken:
            return leave(shown);
        case Meaning::Nothing:
        case Meaning::ValueOfNothing:
            return;
        }
    }

    void leave(const QString &shown)
    {
        if (!m_pasted.notTaken.contains(shown))
            m_pasted.notTaken += shown;
    }

    void takeHeader(const QString &line)
    {
        const QString name = line.section(u':', 0, 0).trimmed();
        if (name.compare(u"Sec-WebSocket-Protocol"_s, Qt::CaseInsensitive) == 0)
            takeSubprotocols(line.section(u':', 1));
        else
            m_headers.add(line);
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
        const qsizetype colon = m_program == Curl ? value.indexOf(u':', 2) : -1;
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

    QStringView m_program;
    PastedEndpoint m_pasted;
    PastedHeaders m_headers;
    qsizetype m_next = 0;
};

/// The program that the words run, and the number of the first word after its name; a prompt, sudo and npx may stand
/// before it.
QStringView programOf(const QStringList &words, qsizetype *first)
{
    for (qsizetype i = 0; i < words.size(); ++i) {
        QString name = words[i].section(u'/', -1).section(u'\\', -1).toLower();
        if (name.endsWith(u".exe"_s))
            name.chop(4);
        for (const QStringView program : {Curl, Wscat, Websocat}) {
            if (name == program) {
                *first = i + 1;
                return program;
            }
        }
        if (name != u"$" && name != u"#" && name != u"%" && name != u"sudo" && name != u"npx" && name != u"-y")
            break;
    }
    return {};
}

} // namespace

Result<PastedEndpoint> endpointFromText(const QString &text, const Endpoint &fresh)
{
    const QString pasted = text.trimmed();
    if (pasted.isEmpty())
        return Words::nothing();
    const QStringList words = shellWords(pasted);
    qsizetype first = 0;
    const QStringView program = programOf(words, &first);
    if (!program.isEmpty()) {
        PastedEndpoint read = CommandReader(program, fresh).read(words.sliced(first));
        if (read.endpoint.url.isEmpty())
            return Words::noUrl(program.toString());
        return read;
    }
    if (pasted.contains(u'\n'))
        return Words::nothing();
    // Not as a shell reads it: in a URL, every character means itself.
    PastedEndpoint url;
    url.endpoint = fresh;
    url.endpoint.url = webSocketUrl(pasted);
    return url;
}

} // namespace sockeye
