#include "pasted/PastedCommand.h"

#include "pasted/ShellWords.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

struct Option
{
    QStringView program;
    /// Without its dash; 0 for none.
    char16_t letter;
    /// Without its dashes; empty for none.
    QStringView name;
    OptionMeaning meaning;
};

constexpr auto Curl = QStringView(u"curl");
constexpr auto Wscat = QStringView(u"wscat");
constexpr auto Websocat = QStringView(u"websocat");

constexpr std::array Options{
    Option{Curl, 0, u"url", OptionMeaning::Url},
    Option{Curl, u'H', u"header", OptionMeaning::Header},
    Option{Curl, u'A', u"user-agent", OptionMeaning::UserAgent},
    Option{Curl, u'e', u"referer", OptionMeaning::Referer},
    Option{Curl, u'b', u"cookie", OptionMeaning::Cookie},
    Option{Curl, u'u', u"user", OptionMeaning::Credentials},
    Option{Curl, 0, u"oauth2-bearer", OptionMeaning::Token},
    Option{Curl, u'x', u"proxy", OptionMeaning::Proxy},
    Option{Curl, 0, u"socks5", OptionMeaning::SocksProxy},
    Option{Curl, 0, u"socks5-hostname", OptionMeaning::SocksProxy},
    Option{Curl, 0, u"noproxy", OptionMeaning::NoProxy},
    Option{Curl, 0, u"cacert", OptionMeaning::Authority},
    Option{Curl, u'E', u"cert", OptionMeaning::Certificate},
    Option{Curl, 0, u"key", OptionMeaning::Key},
    Option{Curl, 0, u"pass", OptionMeaning::Passphrase},
    Option{Curl, 0, u"connect-to", OptionMeaning::ConnectTo},
    Option{Curl, 0, u"connect-timeout", OptionMeaning::Seconds},
    Option{Curl, u'L', u"location", OptionMeaning::Redirects},
    Option{Curl, u'4', u"ipv4", OptionMeaning::V4},
    Option{Curl, u'6', u"ipv6", OptionMeaning::V6},
    Option{Curl, u'k', u"insecure", OptionMeaning::NotTaken},
    Option{Curl, u'X', u"request", OptionMeaning::ValueOfNothing},
    Option{Curl, u'o', u"output", OptionMeaning::ValueOfNothing},
    Option{Curl, u'w', u"write-out", OptionMeaning::ValueOfNothing},
    Option{Curl, u'c', u"cookie-jar", OptionMeaning::ValueOfNothing},
    Option{Curl, u'm', u"max-time", OptionMeaning::ValueOfNothing},
    Option{Curl, u'd', u"data", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"data-raw", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"data-binary", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"data-urlencode", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"json", OptionMeaning::ValueNotTaken},
    Option{Curl, u'F', u"form", OptionMeaning::ValueNotTaken},
    Option{Curl, u'T', u"upload-file", OptionMeaning::ValueNotTaken},
    Option{Curl, u'K', u"config", OptionMeaning::ValueNotTaken},
    Option{Curl, u'U', u"proxy-user", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"resolve", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"interface", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"unix-socket", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"ciphers", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"pinnedpubkey", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"capath", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"preproxy", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"socks4", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"socks4a", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"proxy-header", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"proxy-cacert", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"abstract-unix-socket", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"request-target", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"dns-servers", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"doh-url", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"cert-type", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"key-type", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"crlfile", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"curves", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"tls-max", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"tls13-ciphers", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"aws-sigv4", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"netrc-file", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"local-port", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"url-query", OptionMeaning::ValueNotTaken},
    Option{Curl, 0, u"max-redirs", OptionMeaning::ValueOfNothing},
    Option{Curl, 0, u"retry", OptionMeaning::ValueOfNothing},
    Option{Curl, 0, u"retry-delay", OptionMeaning::ValueOfNothing},
    Option{Curl, 0, u"retry-max-time", OptionMeaning::ValueOfNothing},
    Option{Curl, 0, u"limit-rate", OptionMeaning::ValueOfNothing},
    Option{Curl, u'Y', u"speed-limit", OptionMeaning::ValueOfNothing},
    Option{Curl, u'y', u"speed-time", OptionMeaning::ValueOfNothing},
    Option{Curl, 0, u"keepalive-time", OptionMeaning::ValueOfNothing},
    Option{Curl, 0, u"max-filesize", OptionMeaning::ValueOfNothing},
    Option{Curl, u'r', u"range", OptionMeaning::ValueOfNothing},
    Option{Curl, u'D', u"dump-header", OptionMeaning::ValueOfNothing},
    Option{Curl, 0, u"stderr", OptionMeaning::ValueOfNothing},
    Option{Curl, 0, u"trace", OptionMeaning::ValueOfNothing},
    Option{Curl, 0, u"trace-ascii", OptionMeaning::ValueOfNothing},
    Option{Curl, u's', u"silent", OptionMeaning::Nothing},
    Option{Curl, u'S', u"show-error", OptionMeaning::Nothing},
    Option{Curl, u'i', u"include", OptionMeaning::Nothing},
    Option{Curl, u'v', u"verbose", OptionMeaning::Nothing},
    Option{Curl, u'N', u"no-buffer", OptionMeaning::Nothing},
    Option{Curl, u'g', u"globoff", OptionMeaning::Nothing},
    Option{Curl, u'f', u"fail", OptionMeaning::Nothing},
    Option{Curl, 0, u"compressed", OptionMeaning::Nothing},
    Option{Curl, 0, u"http1.1", OptionMeaning::Nothing},
    Option{Curl, 0, u"no-progress-meter", OptionMeaning::Nothing},
    Option{Wscat, u'c', u"connect", OptionMeaning::Url},
    Option{Wscat, u'H', u"header", OptionMeaning::Header},
    Option{Wscat, u'o', u"origin", OptionMeaning::Origin},
    Option{Wscat, u's', u"subprotocol", OptionMeaning::Subprotocol},
    Option{Wscat, 0, u"auth", OptionMeaning::Credentials},
    Option{Wscat, 0, u"proxy", OptionMeaning::Proxy},
    Option{Wscat, 0, u"ca", OptionMeaning::Authority},
    Option{Wscat, 0, u"cert", OptionMeaning::Certificate},
    Option{Wscat, 0, u"key", OptionMeaning::Key},
    Option{Wscat, 0, u"passphrase", OptionMeaning::Passphrase},
    Option{Wscat, u'L', u"location", OptionMeaning::Redirects},
    Option{Wscat, u'n', u"no-check", OptionMeaning::NotTaken},
    Option{Wscat, u'x', u"execute", OptionMeaning::ValueNotTaken},
    Option{Wscat, u'w', u"wait", OptionMeaning::ValueOfNothing},
    Option{Wscat, 0, u"host", OptionMeaning::ValueNotTaken},
    Option{Wscat, u'l', u"listen", OptionMeaning::ValueNotTaken},
    Option{Wscat, u'P', u"show-ping-pong", OptionMeaning::Nothing},
    Option{Wscat, 0, u"no-color", OptionMeaning::Nothing},
    Option{Wscat, 0, u"slash", OptionMeaning::Nothing},
    Option{Websocat, u'H', u"header", OptionMeaning::Header},
    Option{Websocat, 0, u"origin", OptionMeaning::Origin},
    Option{Websocat, 0, u"protocol", OptionMeaning::Subprotocol},
    Option{Websocat, 0, u"basic-auth", OptionMeaning::Credentials},
    Option{Websocat, u'k', u"insecure", OptionMeaning::NotTaken},
    Option{Websocat, u't', u"text", OptionMeaning::Nothing},
    Option{Websocat, u'b', u"binary", OptionMeaning::Nothing},
    Option{Websocat, u'v', {}, OptionMeaning::Nothing},
    Option{Websocat, u'q', {}, OptionMeaning::Nothing},
    Option{Websocat, u'n', u"no-close", OptionMeaning::Nothing},
    Option{Websocat, u'1', u"one-message", OptionMeaning::Nothing},
};

bool hasValue(OptionMeaning meaning)
{
    switch (meaning) {
    case OptionMeaning::Redirects:
    case OptionMeaning::V4:
    case OptionMeaning::V6:
    case OptionMeaning::Nothing:
    case OptionMeaning::NotTaken:
    case OptionMeaning::Unknown:
        return false;
    default:
        return true;
    }
}

/// Walks over the words behind a program's name.
class CommandReader final
{
public:
    explicit CommandReader(PastedCommand &command)
        : m_command(command)
    {
    }

    void read(const QStringList &words)
    {
        for (m_next = 0; m_next < words.size();) {
            const QString &word = words[m_next++];
            if (word.startsWith(u"--"_s) && word.size() > 2)
                takeName(word, words);
            else if (word.startsWith(u'-') && word.size() > 1)
                takeLetters(word, words);
            else
                takeOperand(word);
        }
    }

private:
    [[nodiscard]] const Option *find(QStringView name, char16_t letter) const
    {
        const auto found = std::find_if(Options.begin(), Options.end(), [&](const Option &option) {
            return option.program == m_command.program && (letter ? option.letter == letter : option.name == name);
        });
        return found == Options.end() ? nullptr : &*found;
    }

    void takeName(const QString &word, const QStringList &words)
    {
        // curl takes no "--name=value", the others do.
        const qsizetype equals = m_command.program == Curl ? -1 : word.indexOf(u'=');
        const QString name = equals < 0 ? word.sliced(2) : word.sliced(2, equals - 2);
        const Option *option = find(name, 0);
        if (!option)
            takeUnknown(equals < 0 ? word : word.left(equals), equals < 0);
        else if (!hasValue(option->meaning))
            take(option->meaning, word, {});
        else if (equals >= 0)
            take(option->meaning, word.left(equals), word.sliced(equals + 1));
        else if (m_next < words.size())
            take(option->meaning, word, words[m_next++]);
    }

    /// "-sSL", "-HName: value".
    void takeLetters(const QString &word, const QStringList &words)
    {
        for (qsizetype at = 1; at < word.size(); ++at) {
            const QString shown = u'-' + word.mid(at, 1);
            const Option *option = find({}, word[at].unicode());
            if (!option) {
                takeUnknown(shown, at + 1 == word.size());
            } else if (!hasValue(option->meaning)) {
                take(option->meaning, shown, {});
            } else {
                takeValue(option->meaning, shown, word.sliced(at + 1), words);
                return;
            }
        }
    }

    /// Of a letter: `rest` stands in the same word.
    void takeValue(OptionMeaning meaning, const QString &shown, const QString &rest, const QStringList &words)
    {
        if (rest.isEmpty()) {
            if (m_next < words.size())
                take(meaning, shown, words[m_next++]);
            return;
        }
        // Its "-H" alone takes all words that follow, so that its manual writes -H='X: 1'.
        const bool hasEquals = m_command.program == Websocat && rest.startsWith(u'=');
        take(meaning, shown, hasEquals ? rest.sliced(1) : rest);
    }

    void take(OptionMeaning meaning, const QString &shown, const QString &value)
    {
        m_afterUnknown = false;
        m_command.options += {meaning, shown, value};
    }

    void takeUnknown(const QString &shown, bool mayHaveValue)
    {
        take(OptionMeaning::Unknown, shown, {});
        m_afterUnknown = mayHaveValue;
    }

    void takeOperand(const QString &word)
    {
        const bool maybeValue = std::exchange(m_afterUnknown, false);
        // The standard input or output.
        if (word != u"-")
            m_command.operands += {word, maybeValue};
    }

    PastedCommand &m_command;
    /// Whether the word before was an option that may have a value, for all that is known.
    bool m_afterUnknown = false;
    qsizetype m_next = 0;
};

/// The program that the words run, and the number of the first word after its name; a prompt, sudo and npx may stand
/// before it.
QStringView programOf(const QStringList &words, qsizetype *first)
{
    for (qsizetype i = 0; i < words.size(); ++i) {
        // The last step of a URL's path is no program.
        if (words[i].contains(u"://"_s))
            break;
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

PastedCommand PastedCommand::fromText(const QString &text, const QString &otherwise)
{
    const QStringList words = shellWords(text);
    PastedCommand command;
    qsizetype first = 0;
    const QStringView program = programOf(words, &first);
    command.program = program.isEmpty() ? otherwise : program.toString();
    if (!command.program.isEmpty())
        CommandReader(command).read(words.sliced(first));
    return command;
}

qsizetype PastedCommand::urlOperand() const
{
    const auto hasScheme = [](const Operand &operand) { return operand.text.contains(u"://"_s); };
    // The best of them comes first here; where none is better, the first of the command.
    const auto rank = [&](const Operand &operand) {
        return (hasScheme(operand) ? 0 : 2) + (operand.maybeValue ? 1 : 0);
    };
    const auto best = std::min_element(operands.begin(), operands.end(),
                                       [&](const Operand &a, const Operand &b) { return rank(a) < rank(b); });
    return best == operands.end() ? -1 : best - operands.begin();
}

} // namespace sockeye
