#include "cli/FlagValue.h"

#include "base/Bytes.h"
#include "cli/CliText.h"
#include "endpoint/InvisibleCharacters.h"

#include <QCoreApplication>
#include <QFile>

#include <cmath>

using namespace Qt::StringLiterals;

namespace sockeye::cli {

namespace {
using FieldKind = EndpointField::Kind;
using Secrecy = EndpointField::Secrecy;

QString flagName(const EndpointField &field)
{
    return field.flag ? u"--"_s + QString::fromLatin1(field.flag) : u"URL"_s;
}

/// The first line, whatever is in it; or every line that is not empty.
Result<QStringList> linesOf(const QString &flag, const QString &path, bool all)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{tr("%1: the file %2 could not be read: %3.").arg(flag, path, file.errorString())};
    QStringList lines;
    do {
        // A line of a header or a password; a device without an end has none.
        constexpr qint64 LongestLine = 1024 * 1024;
        QString line = QString::fromUtf8(file.readLine(LongestLine));
        while (line.endsWith(u'\n') || line.endsWith(u'\r'))
            line.chop(1);
        if (!all || !line.isEmpty())
            lines += line;
    } while (all && !file.atEnd());
    return lines;
}

Result<QString> environmentVariable(const QString &flag, const QString &name)
{
    const QByteArray variable = name.toLocal8Bit();
    if (!qEnvironmentVariableIsSet(variable.constData()))
        return Error{tr("%1: there is no environment variable %2. Set it, or name a file with @FILE.").arg(flag, name)};
    return qEnvironmentVariable(variable.constData());
}

/// What the flag takes, for an error.
QString wantedText(const EndpointField &field)
{
    const auto number = [](double value) { return QString::number(value, 'g', 12); };
    const QString lowest = number(field.bounds.lowest);
    const QString highest = number(field.bounds.highest);
    QStringList names;
    switch (field.kind) {
    case FieldKind::Integer:
        return tr("a whole number from %1 to %2").arg(lowest, highest);
    case FieldKind::Number:
        return tr("a number from %1 to %2").arg(lowest, highest);
    case FieldKind::Duration:
        return (field.canBeOff() ? tr("a number of seconds from %1 to %2, or “off”")
                                 : tr("a number of seconds from %1 to %2"))
            .arg(secondsText(field.shortest()), secondsText(field.longest()));
    case FieldKind::Choice:
        for (qsizetype i = 0; i < std::ssize(field.choices); ++i)
            names += field.choiceFlagText(i);
        return tr("one of %1").arg(names.join(u", "_s));
    case FieldKind::Bytes:
        return tr("at most %1 bytes in hex").arg(highest);
    case FieldKind::CloseCodes:
        return tr("close codes from %1 to %2 with commas between them, such as 1001,1006").arg(lowest, highest);
    default:
        return field.formatText();
    }
}

Error refusal(const EndpointField &field, const QString &text)
{
    return Error{tr("%1 takes %2, not “%3”.").arg(flagName(field), wantedText(field), text)};
}

Result<FieldValue> integerValue(const EndpointField &field, const QString &text)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber || !field.isInBounds(static_cast<double>(number)))
        return refusal(field, text);
    return FieldValue(number);
}

Result<FieldValue> numberValue(const EndpointField &field, const QString &text)
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (!isNumber || !field.isInBounds(number))
        return refusal(field, text);
    return FieldValue(number);
}

Result<FieldValue> durationValue(const EndpointField &field, const QString &text)
{
    using std::chrono::milliseconds;
    if (field.canBeOff() && text == u"off")
        return FieldValue(milliseconds(0));
    bool isNumber = false;
    const double thousandths = text.toDouble(&isNumber) * 1000;
    // Before it is rounded: a number beyond those of qint64 must not become one of them.
    if (!isNumber || !(thousandths > 0) || thousandths > field.bounds.highest)
        return refusal(field, text);
    return FieldValue(std::max(milliseconds(std::llround(thousandths)), milliseconds(1)));
}

Result<FieldValue> choiceValue(const EndpointField &field, const QString &text)
{
    for (qsizetype i = 0; i < std::ssize(field.choices); ++i) {
        if (text == field.choiceFlagText(i))
            return FieldValue(qint64(i));
    }
    return refusal(field, text);
}

Result<FieldValue> textValue(const EndpointField &field, const QString &text)
{
    if (!field.reading)
        return FieldValue(text);
    auto read = field.reading(text);
    if (!read)
        return Error{tr("%1: %2").arg(flagName(field), read.message())};
    return FieldValue(std::move(read).value());
}

Result<FieldValue> bytesValue(const EndpointField &field, const QString &text)
{
    const auto bytes = parseHex(text);
    if (!bytes)
        return Error{tr("%1: %2").arg(flagName(field), bytes.message())};
    if (!field.isInBounds(static_cast<double>(bytes->size())))
        return refusal(field, text);
    // Null would stand for no payload of our own.
    return FieldValue(bytes->isNull() ? QByteArrayLiteral("") : bytes.value());
}

Result<FieldValue> closeCodesValue(const EndpointField &field, const QString &text)
{
    QList<quint16> codes;
    for (const QString &part : text.split(u',')) {
        bool isNumber = false;
        const int code = part.trimmed().toInt(&isNumber);
        if (!isNumber || !field.isInBounds(code))
            return refusal(field, text);
        codes += static_cast<quint16>(code);
    }
    return FieldValue(codes);
}

Result<FieldValue> headerValue(const EndpointField &field, const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    if (colon <= 0)
        return Error{tr("%1: “%2” is no header. Write it as 'Name: value'.").arg(flagName(field), text)};
    return FieldValue(QList{RequestHeader{text.first(colon), withoutBlanks(text.sliced(colon + 1)).toString()}});
}
} // namespace

Result<QString> secretArgument(const QString &flag, const QString &text)
{
    if (text.startsWith(u'@')) {
        const auto lines = linesOf(flag, text.sliced(1), false);
        return lines ? Result<QString>(lines->constFirst()) : lines.error();
    }
    if (text.startsWith(u"env:"))
        return environmentVariable(flag, text.sliced(4));
    return Error{
        tr("%1 takes no secret itself, since everybody on this machine can read a command line. Give @FILE for "
           "the first line of a file, or env:NAME for an environment variable.")
            .arg(flag)};
}

Result<QStringList> flagArguments(const EndpointField &field, const QString &text)
{
    const QString flag = flagName(field);
    if (field.secrecy == Secrecy::None)
        return QStringList{text};
    if (text.startsWith(u'@') && (field.kind == FieldKind::Headers || field.kind == FieldKind::TextList))
        return linesOf(flag, text.sliced(1), true);
    if (field.secrecy == Secrecy::MayHold && !text.startsWith(u'@') && !text.startsWith(u"env:"))
        return QStringList{text};
    const auto argument = secretArgument(flag, text);
    return argument ? Result<QStringList>(QStringList{argument.value()}) : argument.error();
}

Result<FieldValue> flagValue(const EndpointField &field, const QString &text)
{
    switch (field.kind) {
    case FieldKind::Integer:
        return integerValue(field, text);
    case FieldKind::Number:
        return numberValue(field, text);
    case FieldKind::Duration:
        return durationValue(field, text);
    case FieldKind::Choice:
        return choiceValue(field, text);
    case FieldKind::TextList:
        return FieldValue(QStringList{text});
    case FieldKind::Bytes:
        return bytesValue(field, text);
    case FieldKind::CloseCodes:
        return closeCodesValue(field, text);
    case FieldKind::Headers:
        return headerValue(field, text);
    case FieldKind::Switch:
    case FieldKind::Text:
        break;
    }
    return textValue(field, text);
}

} // namespace sockeye::cli
