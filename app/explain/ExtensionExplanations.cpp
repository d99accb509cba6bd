#include "explain/ExtensionExplanations.h"

#include "base/Bytes.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

struct ExtensionExplanationsWords
{
    Q_DECLARE_TR_FUNCTIONS(ExtensionExplanations)
};

QString parameterExplanation(const QByteArray &parameter, bool isReply)
{
    const qsizetype equals = parameter.indexOf('=');
    const QByteArray name = parameter.first(equals < 0 ? parameter.size() : equals).trimmed();
    QByteArray value = equals < 0 ? QByteArray() : parameter.sliced(equals + 1).trimmed();
    if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
        value = value.sliced(1, value.size() - 2);
    const QString bits = textFromUtf8(value.first(std::min<qsizetype>(value.size(), 20)));
    if (name == "server_no_context_takeover")
        return ExtensionExplanationsWords::tr("the server compresses each message by itself");
    if (name == "client_no_context_takeover")
        return ExtensionExplanationsWords::tr("the client compresses each message by itself");
    if (name == "server_max_window_bits")
        return ExtensionExplanationsWords::tr("the server looks back over 2^%1 bytes at most").arg(bits);
    if (name == "client_max_window_bits")
        return value.isEmpty() && !isReply
                   ? ExtensionExplanationsWords::tr("the server may limit how far the client looks back")
                   : ExtensionExplanationsWords::tr("the client looks back over 2^%1 bytes at most").arg(bits);
    return ExtensionExplanationsWords::tr("“%1”: not a parameter that is known")
        .arg(textFromUtf8(parameter.first(std::min<qsizetype>(parameter.size(), 60))));
}

QString extensionExplanation(const QByteArray &extension, bool isReply)
{
    const QList<QByteArray> parts = extension.split(';');
    const QString name = textFromUtf8(parts.front().trimmed());
    if (parts.front().trimmed() != "permessage-deflate")
        return ExtensionExplanationsWords::tr("“%1” is an extension that Sockeye does not know.").arg(name.left(60));
    QStringList parameters;
    for (const QByteArray &part : parts.sliced(1, std::min<qsizetype>(parts.size() - 1, 8)))
        parameters += parameterExplanation(part.trimmed(), isReply);
    const QString what = isReply ? ExtensionExplanationsWords::tr("messages may be compressed (permessage-deflate)")
                                 : ExtensionExplanationsWords::tr("offers to compress messages (permessage-deflate)");
    return parameters.isEmpty() ? what : u"%1: %2"_s.arg(what, parameters.join(u"; "_s));
}

} // namespace

QString extensionsExplanation(const QList<QByteArray> &extensions, bool isReply)
{
    QStringList sentences;
    for (const QByteArray &extension : extensions.first(std::min<qsizetype>(extensions.size(), 8))) {
        QString sentence = extensionExplanation(extension, isReply);
        sentence[0] = sentence[0].toUpper();
        sentences += sentence.endsWith(u'.') ? sentence : sentence + u'.';
    }
    return sentences.isEmpty() ? ExtensionExplanationsWords::tr("Names extensions; it is empty.")
                               : sentences.join(u' ');
}

} // namespace sockeye
