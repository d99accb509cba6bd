#include "pasted/PastedHeaders.h"

#include "endpoint/InvisibleCharacters.h"
#include "pasted/PastedCommand.h"
#include "wire/HttpAuthentication.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

struct PastedHeadersWords
{
    Q_DECLARE_TR_FUNCTIONS(PastedHeaders)
};

bool isMadeAnew(const QString &name)
{
    static const std::array made = {u"Connection"_s,
                                    u"Upgrade"_s,
                                    u"Sec-WebSocket-Key"_s,
                                    u"Sec-WebSocket-Version"_s,
                                    u"Sec-WebSocket-Extensions"_s,
                                    u"Sec-WebSocket-Protocol"_s,
                                    u"Content-Length"_s};
    return std::any_of(made.begin(), made.end(),
                       [&name](const QString &other) { return name.compare(other, Qt::CaseInsensitive) == 0; });
}

bool isStartLine(const QString &line)
{
    static const QRegularExpression request(u"^[A-Z]+ \\S+ HTTP/[0-9.]+$|^HTTP/[0-9.]+ [0-9]{3}"_s);
    return request.match(line).hasMatch();
}

bool isCommandLine(const QStringList &lines)
{
    static const QRegularExpression start(u"^\\s*(curl\\s|-H\\s*['\"$]|--header\\s)"_s);
    return std::any_of(lines.begin(), lines.end(), [](const QString &line) { return start.match(line).hasMatch(); });
}

/// Whether each name stands on a line with its colon, and its value on the next.
bool alternates(const QStringList &lines)
{
    if (lines.isEmpty() || lines.size() % 2 != 0)
        return false;
    for (qsizetype i = 0; i < lines.size(); i += 2) {
        const QString name = lines[i].trimmed();
        const QString &value = lines[i + 1];
        if (!name.endsWith(u':') || !isHttpToken(name.chopped(1).toUtf8()))
            return false;
        // Else the first is a header without a value.
        const qsizetype colon = value.indexOf(u": "_s);
        if (colon > 0 && isHttpToken(value.left(colon).toUtf8()))
            return false;
    }
    return true;
}

QString listText(const QStringList &entries)
{
    constexpr qsizetype Shown = 3;
    constexpr qsizetype Longest = 40;
    QStringList quoted;
    for (const QString &entry : entries.first(std::min(Shown, entries.size())))
        quoted += PastedHeadersWords::tr("“%1”").arg(entry.size() > Longest ? entry.left(Longest) + u'…' : entry);
    if (entries.size() > Shown)
        quoted += PastedHeadersWords::tr("and %1 more").arg(entries.size() - Shown);
    return quoted.join(u", "_s);
}

} // namespace

void PastedHeaders::add(const QString &line)
{
    // A name that begins with a colon is HTTP/2's (":authority"), not a header.
    const qsizetype colon = line.indexOf(u':');
    const QString name = withoutBlanks(line.left(std::max(qsizetype(0), colon))).toString();
    if (isStartLine(line.trimmed()))
        return;
    if (!isHttpToken(name.toUtf8()))
        notTaken += line.trimmed();
    else if (isMadeAnew(name))
        madeAnew += name;
    else
        headers += RequestHeader{name, withoutBlanks(line.mid(colon + 1)).toString(), true};
}

void PastedHeaders::take(const PastedCommand::Option &option)
{
    const QString &value = option.value;
    switch (option.meaning) {
    case OptionMeaning::Header:
        return add(value);
    case OptionMeaning::UserAgent:
        return add(u"User-Agent: "_s + value);
    case OptionMeaning::Referer:
        return add(u"Referer: "_s + value);
    case OptionMeaning::Origin:
        return add(u"Origin: "_s + value);
    case OptionMeaning::Token:
        return add(u"Authorization: Bearer "_s + value);
    case OptionMeaning::Credentials:
        headers += basicAuthorization(value.section(u':', 0, 0), value.section(u':', 1));
        return;
    case OptionMeaning::Cookie:
        // Without "=" it is the name of a file.
        if (value.contains(u'='))
            add(u"Cookie: "_s + value);
        else
            notTaken += option.shown;
        return;
    default:
        return;
    }
}

QString PastedHeaders::summary() const
{
    if (headers.isEmpty() && madeAnew.isEmpty() && notTaken.isEmpty())
        return PastedHeadersWords::tr(
            "The clipboard holds no text. Copy headers first, a line each, or a curl command.");
    QStringList sentences;
    if (headers.isEmpty())
        sentences += PastedHeadersWords::tr("No header was taken.");
    else
        sentences += headers.size() == 1 ? PastedHeadersWords::tr("1 header was taken.")
                                         : PastedHeadersWords::tr("%1 headers were taken.").arg(headers.size());
    if (!madeAnew.isEmpty())
        sentences +=
            PastedHeadersWords::tr("Left out, as every handshake has its own: %1.").arg(madeAnew.join(u", "_s));
    if (!notTaken.isEmpty())
        sentences += PastedHeadersWords::tr("Not headers: %1.").arg(listText(notTaken));
    return sentences.join(u' ');
}

PastedHeaders headersFromText(const QString &text)
{
    PastedHeaders pasted;
    QStringList lines = text.split(QRegularExpression(u"\r\n|\n|\r"_s));
    lines.removeIf([](const QString &line) { return line.trimmed().isEmpty(); });
    const PastedCommand command = PastedCommand::fromText(text, isCommandLine(lines) ? u"curl"_s : QString());
    if (!command.program.isEmpty()) {
        for (const PastedCommand::Option &option : command.options)
            pasted.take(option);
        return pasted;
    }
    if (alternates(lines)) {
        for (qsizetype i = 0; i < lines.size(); i += 2)
            pasted.add(lines[i].trimmed() + u' ' + lines[i + 1]);
        return pasted;
    }
    for (const QString &line : lines)
        pasted.add(line);
    return pasted;
}

RequestHeader basicAuthorization(const QString &user, const QString &password)
{
    return {u"Authorization"_s, QString::fromLatin1(basicCredentials(user, password)), true};
}

} // namespace sockeye
