#include "wire/DeflateAgreement.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace sockeye {

namespace {

constexpr char Name[] = "permessage-deflate";
constexpr char ServerNoTakeover[] = "server_no_context_takeover";
constexpr char ClientNoTakeover[] = "client_no_context_takeover";
constexpr char ServerBits[] = "server_max_window_bits";
constexpr char ClientBits[] = "client_max_window_bits";
constexpr int DefaultBits = 15;

struct DeflateAgreementWords
{
    Q_DECLARE_TR_FUNCTIONS(PermessageDeflate)
};

struct Parameter
{
    QByteArray name;
    /// None for a parameter without "=".
    std::optional<QByteArray> value;
};

struct Extension
{
    QByteArray name;
    QList<Parameter> parameters;

    [[nodiscard]] const Parameter *find(const char *parameter) const
    {
        const auto found = std::find_if(parameters.cbegin(), parameters.cend(),
                                        [parameter](const Parameter &p) { return p.name == parameter; });
        return found == parameters.cend() ? nullptr : &*found;
    }
};

// RFC 6455 section 9.1: tokens, values perhaps in quotes, which mean the same.
Extension parseExtension(const QByteArray &element)
{
    QList<QByteArray> parts = element.split(';');
    Extension extension{parts.takeFirst().trimmed().toLower(), {}};
    for (const QByteArray &part : parts) {
        const qsizetype equals = part.indexOf('=');
        Parameter parameter{(equals < 0 ? part : part.first(equals)).trimmed().toLower(), std::nullopt};
        if (equals >= 0) {
            QByteArray value = part.sliced(equals + 1).trimmed();
            if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
                value = value.sliced(1, value.size() - 2);
            parameter.value = value;
        }
        extension.parameters.append(parameter);
    }
    return extension;
}

std::optional<int> windowBits(const Parameter &parameter)
{
    // One to two digits, no leading zero.
    const QByteArray text = parameter.value.value_or(QByteArray());
    bool isNumber = false;
    const int bits = text.toInt(&isNumber);
    const bool isValid = isNumber && bits >= 8 && bits <= DefaultBits && QByteArray::number(bits) == text;
    return isValid ? std::optional(bits) : std::nullopt;
}

Result<> takeParameter(const Parameter &parameter, const Extension &offer, DeflateParameters &agreed)
{
    const QString name = QString::fromUtf8(parameter.name.first(std::min<qsizetype>(parameter.name.size(), 60)));
    if (parameter.name == ServerNoTakeover || parameter.name == ClientNoTakeover) {
        if (parameter.value)
            return Error{DeflateAgreementWords::tr("The parameter %1 takes no value.").arg(name)};
        (parameter.name == ServerNoTakeover ? agreed.serverNoContextTakeover : agreed.clientNoContextTakeover) = true;
        return {};
    }
    if (parameter.name != ServerBits && parameter.name != ClientBits)
        return Error{DeflateAgreementWords::tr("The parameter “%1” is not one of permessage-deflate's.").arg(name)};
    const std::optional<int> bits = windowBits(parameter);
    if (!bits)
        return Error{DeflateAgreementWords::tr("The parameter %1 must have a value from 8 to 15.").arg(name)};
    const bool isServer = parameter.name == ServerBits;
    const Parameter *asked = offer.find(isServer ? ServerBits : ClientBits);
    if (!asked && !isServer)
        return Error{DeflateAgreementWords::tr("The parameter %1 was not offered.").arg(name)};
    if (isServer && asked && *bits > windowBits(*asked).value_or(DefaultBits))
        return Error{DeflateAgreementWords::tr("The parameter %1 is larger than what was offered.").arg(name)};
    (isServer ? agreed.serverMaxWindowBits : agreed.clientMaxWindowBits) = *bits;
    return {};
}

/// What was asked for and must come back (RFC 7692 sections 7.1.1.1 and 7.1.2.1).
Result<> checkKept(const Extension &offer, const Extension &answer)
{
    for (const char *name : {ServerNoTakeover, ServerBits}) {
        if (offer.find(name) && !answer.find(name))
            return Error{DeflateAgreementWords::tr("The server accepted permessage-deflate without the offered %1.")
                             .arg(QLatin1String(name))};
    }
    return {};
}

/// The answer as one to this very offer.
Result<DeflateParameters> agreeOn(const Extension &asked, const Extension &answer)
{
    DeflateParameters agreed;
    QSet<QByteArray> seen;
    for (const Parameter &parameter : answer.parameters) {
        if (seen.contains(parameter.name))
            return Error{
                DeflateAgreementWords::tr("The parameter %1 comes twice.").arg(QString::fromUtf8(parameter.name))};
        seen.insert(parameter.name);
        if (const auto taken = takeParameter(parameter, asked, agreed); !taken)
            return taken.error();
    }
    if (const auto kept = checkKept(asked, answer); !kept)
        return kept.error();
    // What we said of ourselves in the offer holds whether the server repeats it or not.
    if (const Parameter *own = asked.find(ClientBits))
        agreed.clientMaxWindowBits = std::min(agreed.clientMaxWindowBits, windowBits(*own).value_or(DefaultBits));
    agreed.clientNoContextTakeover = agreed.clientNoContextTakeover || asked.find(ClientNoTakeover);
    return agreed;
}

/// The server takes one of several offers without saying which (RFC 7692 section 5): the first that its answer fits.
/// Where none does, what is wrong by the first.
Result<DeflateParameters> agreeOnAny(const QList<QByteArray> &offered, const Extension &answer)
{
    std::optional<Result<DeflateParameters>> first;
    for (const QByteArray &candidate : offered) {
        const Extension asked = parseExtension(candidate);
        if (asked.name != Name)
            continue;
        const Result<DeflateParameters> agreed = agreeOn(asked, answer);
        if (agreed)
            return agreed;
        if (!first)
            first = agreed;
    }
    return first.value_or(Error{DeflateAgreementWords::tr("permessage-deflate was not offered.")});
}

/// A server's answer to an offer that is valid; none to one that is not, which must be declined (RFC 7692 section 5.1).
std::optional<QByteArray> answerTo(const Extension &offer)
{
    QByteArray answer = Name;
    QSet<QByteArray> seen;
    for (const Parameter &parameter : offer.parameters) {
        const bool isFlag = parameter.name == ServerNoTakeover || parameter.name == ClientNoTakeover;
        const bool isBits = parameter.name == ServerBits || parameter.name == ClientBits;
        // Of client_max_window_bits alone the value may be left out: "I understand it".
        const bool isHint = parameter.name == ClientBits && !parameter.value;
        const bool isValid = isFlag ? !parameter.value : isBits && (isHint || windowBits(parameter));
        if (!isValid || seen.contains(parameter.name))
            return std::nullopt;
        seen.insert(parameter.name);
        if (isHint)
            continue;
        answer += "; " + parameter.name;
        if (parameter.value)
            answer += '=' + *parameter.value;
    }
    return answer;
}

} // namespace

QByteArray deflateOffer(const DeflateOptions &options)
{
    if (!options.offered)
        return {};
    QByteArray offer = Name;
    if (options.serverNoContextTakeover)
        offer += QByteArray("; ") + ServerNoTakeover;
    if (options.clientNoContextTakeover)
        offer += QByteArray("; ") + ClientNoTakeover;
    if (options.serverMaxWindowBits < DefaultBits)
        offer += QByteArray("; ") + ServerBits + '=' + QByteArray::number(options.serverMaxWindowBits);
    offer += QByteArray("; ") + ClientBits;
    if (options.clientMaxWindowBits < DefaultBits)
        offer += '=' + QByteArray::number(options.clientMaxWindowBits);
    return offer;
}

Result<std::optional<DeflateParameters>> parseDeflateAnswer(const QList<QByteArray> &offered,
                                                            const QList<QByteArray> &answered)
{
    std::optional<DeflateParameters> agreed;
    for (const QByteArray &element : answered) {
        const Extension answer = parseExtension(element);
        if (answer.name != Name)
            continue;
        if (agreed)
            return Error{DeflateAgreementWords::tr("The server accepted permessage-deflate twice.")};
        const Result<DeflateParameters> parameters = agreeOnAny(offered, answer);
        if (!parameters)
            return parameters.error();
        agreed = parameters.value();
    }
    return agreed;
}

QByteArray acceptDeflate(const QList<QByteArray> &offered)
{
    for (const QByteArray &element : offered) {
        const Extension offer = parseExtension(element);
        if (offer.name != Name)
            continue;
        if (const auto answer = answerTo(offer))
            return *answer;
    }
    return {};
}

} // namespace sockeye
