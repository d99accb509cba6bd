#include "endpoint/InvisibleCheck.h"

#include "base/CharacterNames.h"
#include "endpoint/HostPort.h"
#include "endpoint/InvisibleCharacters.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {
using FieldKind = EndpointField::Kind;

struct InvisibleCheckWords
{
    Q_DECLARE_TR_FUNCTIONS(InvisibleCheck)
};

/// A file may be called anything.
bool namesFile(const EndpointField &field)
{
    const std::array all{&fieldOf(&Endpoint::tls, &TlsOptions::caFile),
                         &fieldOf(&Endpoint::tls, &TlsOptions::certificateFile),
                         &fieldOf(&Endpoint::tls, &TlsOptions::keyFile)};
    return std::find(all.begin(), all.end(), &field) != all.end();
}

QString problemOfText(const QString &what, QStringView text, bool mayBeSent)
{
    // UTF-8 has no form for it, whatever is allowed.
    const qsizetype lone = findLoneSurrogate(text);
    if (mayBeSent && lone >= 0) {
        return InvisibleCheckWords::tr(
                   "%1 has a character that has no form on the wire, at character %2: %3. Remove it.")
            .arg(what, QString::number(lone + 1), characterName(text[lone].unicode()));
    }
    return mayBeSent ? QString() : problemOfInvisible(what, text);
}

/// Line breaks are the business of checkHeaders(), which says what they would do.
QString problemOfHeader(const RequestHeader &header, bool mayBeSent)
{
    const QString name = problemOfText(
        InvisibleCheckWords::tr("The name of the header “%1”").arg(shortened(header.name)), header.name, mayBeSent);
    if (!name.isEmpty())
        return name;
    QString value = header.value;
    for (const char16_t c : {u'\t', u'\r', u'\n', u'\0'})
        value.replace(QChar(c), u' ');
    return problemOfText(InvisibleCheckWords::tr("The value of the header “%1”").arg(shortened(header.name)), value,
                         mayBeSent);
}

QString problemOfQuotes(QStringView url)
{
    const auto quote = findQuote(withoutBlanks(url));
    if (!quote)
        return {};
    return InvisibleCheckWords::tr("The URL has a quotation mark around it, %1 at character %2. Remove it.")
        .arg(QString(QChar(static_cast<char16_t>(quote->character))), QString::number(quote->place));
}

QString nameOf(const EndpointField &field)
{
    return field.json == u"url" ? InvisibleCheckWords::tr("The URL")
                                : InvisibleCheckWords::tr("“%1”").arg(field.name());
}
} // namespace

QString problemOfInvisible(const QString &what, QStringView text)
{
    const auto found = findInvisible(text);
    if (!found)
        return {};
    return InvisibleCheckWords::tr(
               "%1 has an invisible character at character %2: %3. Remove it, or let invisible characters be sent "
               "(--send-invisible, or on the Request page of the connection's options).")
        .arg(what, QString::number(found->place), found->name());
}

QString problemOfInvisible(const EndpointField &field, const Endpoint &endpoint)
{
    const bool mayBeSent = endpoint.sendInvisible;
    const FieldValue value = field.value(endpoint);
    if (field.kind == FieldKind::Headers) {
        for (const RequestHeader &header : std::get<QList<RequestHeader>>(value)) {
            const QString problem = header.enabled ? problemOfHeader(header, mayBeSent) : QString();
            if (!problem.isEmpty())
                return problem;
        }
    }
    if (field.kind == FieldKind::TextList) {
        for (const QString &text : std::get<QStringList>(value)) {
            if (const QString problem = problemOfText(nameOf(field), text, mayBeSent); !problem.isEmpty())
                return problem;
        }
    }
    if (field.kind != FieldKind::Text || namesFile(field))
        return {};
    const QStringView text = withoutBlanks(std::get<QString>(value));
    const QString problem = problemOfText(nameOf(field), text, mayBeSent);
    if (!problem.isEmpty() || field.json != u"url" || mayBeSent)
        return problem;
    return problemOfQuotes(text);
}

} // namespace sockeye
