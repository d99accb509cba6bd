#include "cli/RecordOptions.h"

#include "base/Bytes.h"
#include "base/Paths.h"
#include "cli/CliText.h"
#include "cli/EndpointFlags.h"
#include "cli/FlagValue.h"
#include "cli/Terminal.h"
#include "endpoint/ProxyChoice.h"
#include "filter/Filter.h"
#include "filter/FilterValues.h"
#include "profiles/ProfileStore.h"

#include <QCoreApplication>
#include <QFile>

#include <cmath>

namespace sockeye::cli {

namespace {
struct Flags
{
    QCommandLineOption output{{QStringLiteral("o"), QStringLiteral("output")},
                              tr("Record into FILE, which must not exist."),
                              QStringLiteral("FILE")};
    QCommandLineOption send{QStringLiteral("send"),
                            tr("Send a text message, or a file's content as one, once connected; may be given again."),
                            QStringLiteral("TEXT|@FILE")};
    QCommandLineOption sendHex{QStringLiteral("send-hex"),
                               tr("Send a binary message written in hex; may be given again."), QStringLiteral("HEX")};
    QCommandLineOption echo{QStringLiteral("echo"), tr("Send every data message back as it came.")};
    QCommandLineOption duration{QStringLiteral("for"),
                                tr("Close when SECONDS have passed since the connection opened."),
                                QStringLiteral("SECONDS")};
    QCommandLineOption count{QStringLiteral("count"), tr("Close when N data messages have been received."),
                             QStringLiteral("N")};
    QCommandLineOption until{QStringLiteral("until"),
                             tr("Close when an entry matches, written as in the window's filter line."),
                             QStringLiteral("EXPR")};
    QCommandLineOption maxSize{QStringLiteral("max-size"),
                               tr("Close when the capture has reached SIZE, such as 500MB or 2GB."),
                               QStringLiteral("SIZE")};
    QCommandLineOption reserve{
        QStringLiteral("reserve"),
        tr("Stop recording when less than SIZE is free on the disk (by default what the settings "
           "say, or else the smaller of 1 GiB and 5 % of the disk); 0 for never."),
        QStringLiteral("SIZE")};
    QCommandLineOption profile{QStringLiteral("profile"),
                               tr("Begin with the saved profile of this name; URL may then be left out."),
                               QStringLiteral("NAME")};
    QCommandLineOption json{QStringLiteral("json"), tr("End with one line of JSON that tells how it went.")};
    QCommandLineOption proxyPassword{QStringLiteral("proxy-password"),
                                     tr("The password for the user that --proxy names: a file's first line, or an "
                                        "environment variable."),
                                     QStringLiteral("@FILE|env:NAME")};
    QCommandLineOption keepSecrets{QStringLiteral("keep-secrets"),
                                   tr("Print URLs and close reasons with the passwords and tokens in them.")};
    QCommandLineOption quiet{{QStringLiteral("q"), QStringLiteral("quiet")}, tr("Do not print the entries.")};

    EndpointFlags endpoint;

    void addTo(QCommandLineParser &parser) const
    {
        parser.addOptions({output, profile, send, sendHex, echo, duration, count, until, maxSize, reserve, json,
                           proxyPassword, keepSecrets, quiet});
        endpoint.addTo(parser);
    }
};

Result<Outgoing> textMessage(const QString &text)
{
    if (!text.startsWith(u'@'))
        return Outgoing{Opcode::Text, text.toUtf8()};
    QFile file(text.sliced(1));
    if (!file.open(QIODevice::ReadOnly))
        return Error{tr("The file %1 could not be read: %2.").arg(file.fileName(), file.errorString())};
    const QByteArray content = file.readAll();
    if (!isValidUtf8(content))
        return Error{tr("The file %1 is not valid UTF-8, so it cannot be sent as text.").arg(file.fileName())};
    return Outgoing{Opcode::Text, content};
}

/// --send and --send-hex in the order in which they were given, which the parser's two lists have lost.
Result<QList<Outgoing>> messagesInOrder(const QCommandLineParser &parser, const Flags &flags,
                                        const QStringList &arguments)
{
    QStringList texts = parser.values(flags.send);
    QStringList hexes = parser.values(flags.sendHex);
    QList<Outgoing> messages;
    for (qsizetype i = 0; i < arguments.size() && !(texts.isEmpty() && hexes.isEmpty()); ++i) {
        const QString name = arguments[i].section(u'=', 0, 0);
        const bool isText = name == u"--send" || name == u"-send";
        const bool isHex = name == u"--send-hex" || name == u"-send-hex";
        if (isText && !texts.isEmpty()) {
            auto message = textMessage(texts.takeFirst());
            if (!message)
                return message.error();
            messages += std::move(message).value();
        } else if (isHex && !hexes.isEmpty()) {
            auto bytes = parseHex(hexes.takeFirst());
            if (!bytes)
                return Error{tr("--send-hex: %1").arg(bytes.message())};
            messages += Outgoing{Opcode::Binary, std::move(bytes).value()};
        }
        if ((isText || isHex) && !arguments[i].contains(u'='))
            ++i; // the value, which may look like an option itself
    }
    return messages;
}

/// What the profile says of where to connect and of what messages are read as.
Result<> takeProfile(const QString &profileName, RecordOptions &options)
{
    if (profileName.isEmpty())
        return {};
    ProfileStore store(paths::profiles());
    store.load();
    if (const Profile *profile = store.findByName(profileName)) {
        options.endpoint = profile->endpoint;
        options.decode = profile->decode;
        return {};
    }
    return Error{tr("There is no profile named “%1” in %2.").arg(profileName, store.directory())};
}

Result<std::chrono::milliseconds> parseSeconds(const QString &flag, const QString &text)
{
    bool isNumber = false;
    const double seconds = text.toDouble(&isNumber);
    if (!isNumber || !(seconds > 0) || seconds > 1e6)
        return Error{tr("--%1 takes a number of seconds above 0, not “%2”.").arg(flag, text)};
    return std::chrono::milliseconds(std::max(1LL, std::llround(seconds * 1000)));
}

Result<qint64> sizeOf(const QCommandLineParser &parser, const QCommandLineOption &flag, qint64 least)
{
    const QString text = parser.value(flag);
    const std::optional<qint64> bytes = filter::byteCount(text);
    if (!bytes || *bytes < least)
        return Error{tr("--%1 takes a size such as 500MB or 2GB, not “%2”.").arg(flag.names().constFirst(), text)};
    return *bytes;
}

/// So that the password stands beside the user, as the endpoint has it.
Result<> setProxyPassword(Endpoint &endpoint, const QString &argument)
{
    const auto password = secretArgument(QStringLiteral("--proxy-password"), argument);
    if (!password)
        return password.error();
    auto proxy = parseProxy(endpoint.proxy);
    if (!proxy || !proxy->hasAddress() || proxy->user.isEmpty())
        return Error{tr("--proxy-password goes with a proxy that has a user. Give one, as in --proxy "
                        "http://USER@HOST:PORT.")};
    proxy->password = password.value();
    endpoint.proxy = textOf(proxy.value());
    return {};
}

Result<RecordOptions> collect(const QCommandLineParser &parser, const Flags &flags, const QStringList &arguments)
{
    RecordOptions options;
    if (const auto taken = takeProfile(parser.value(flags.profile), options); !taken)
        return taken.error();
    const QStringList urls = parser.positionalArguments();
    if (urls.size() > 1 || (urls.isEmpty() && options.endpoint.url.isEmpty()))
        return Error{tr("record takes one URL, such as ws://localhost:9001/. “sockeye record --help” tells more.")};
    if (!urls.isEmpty()) {
        const auto url = flagArguments(fieldOf(&Endpoint::url), urls.constFirst());
        if (!url)
            return url.error();
        options.endpoint.url = url->constFirst();
    }
    if (const auto applied = flags.endpoint.apply(parser, options.endpoint); !applied)
        return applied.error();
    if (parser.isSet(flags.proxyPassword)) {
        if (const auto set = setProxyPassword(options.endpoint, parser.value(flags.proxyPassword)); !set)
            return set.error();
    }
    if (parser.isSet(flags.count)) {
        bool isNumber = false;
        options.session.closeAfterMessages = parser.value(flags.count).toLongLong(&isNumber);
        if (!isNumber || options.session.closeAfterMessages < 1)
            return Error{tr("--count takes a number of messages from 1 on, not “%1”.").arg(parser.value(flags.count))};
    }
    if (parser.isSet(flags.until)) {
        const auto query = parseFilter(parser.value(flags.until));
        if (const auto *wrong = std::get_if<FilterError>(&query))
            return Error{tr("--until is wrong at character %1: %2").arg(wrong->position + 1).arg(wrong->message)};
        options.until = std::get<EntryQuery>(query);
    }
    if (parser.isSet(flags.maxSize)) {
        const auto size = sizeOf(parser, flags.maxSize, 1);
        if (!size)
            return size.error();
        options.maxSize = size.value();
    }
    if (parser.isSet(flags.reserve)) {
        const auto size = sizeOf(parser, flags.reserve, 0);
        if (!size)
            return size.error();
        options.reserve = size.value();
    }
    if (parser.isSet(flags.duration)) {
        const auto duration = parseSeconds(QStringLiteral("for"), parser.value(flags.duration));
        if (!duration)
            return duration.error();
        options.duration = duration.value();
    }
    auto messages = messagesInOrder(parser, flags, arguments);
    if (!messages)
        return messages.error();
    options.messages = std::move(messages).value();
    options.session.echo = parser.isSet(flags.echo);
    options.output = parser.value(flags.output);
    options.keepSecrets = parser.isSet(flags.keepSecrets);
    options.json = parser.isSet(flags.json);
    options.quiet = parser.isSet(flags.quiet);
    return options;
}
} // namespace

std::variant<RecordOptions, int> parseRecordOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(tr("Connects, prints and records all that crosses the wire, until the peer "
                                        "closes, a limit is reached, or Ctrl+C. Where a profile has switched "
                                        "something on or off, the opposite flag switches it back: --deflate, "
                                        "--no-reconnect."));
    parser.addPositionalArgument(QStringLiteral("URL"), fieldOf(&Endpoint::url).helpText() + u' ' +
                                                            tr("@FILE or env:NAME for one that holds a secret."));
    const Flags flags;
    flags.addTo(parser);
    if (const auto code = Terminal::parse(parser, QStringLiteral("record"), arguments))
        return *code;
    auto options = collect(parser, flags, arguments);
    if (!options) {
        Terminal::error(options.message());
        return int(Usage);
    }
    return std::move(options).value();
}

} // namespace sockeye::cli
