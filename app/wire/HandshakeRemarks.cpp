#include "wire/HandshakeRemarks.h"

#include "wire/ClientBehaviour.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sockeye {

using namespace Qt::StringLiterals;

namespace {

struct HandshakeRemarksWords
{
    Q_DECLARE_TR_FUNCTIONS(HandshakeRemarks)
};

constexpr std::array remarkRules{"connection.list"_L1,           "accept.blanks"_L1,
                                 "subprotocol.none"_L1,          "upgrade.twice"_L1,
                                 "http-version.old"_L1,          "framing.content-length"_L1,
                                 "framing.transfer-encoding"_L1, "extensions.empty"_L1,
                                 "http.bare-line-feed"_L1,       "http.interim"_L1};

/// Its row of docs/clients.md.
QString rowOf(const QString &remark)
{
    if (remark == "http-version.old"_L1)
        return u"http-version"_s;
    return remark == "http.interim"_L1 ? u"interim"_s : remark;
}

bool hasUpgrade(const QList<QByteArray> &tokens)
{
    return std::any_of(tokens.cbegin(), tokens.cend(),
                       [](const QByteArray &token) { return token.compare("upgrade", Qt::CaseInsensitive) == 0; });
}

HandshakeCheck remark(const QString &rule, const QString &section, const QString &text)
{
    return {rule, section, false, withClientBehaviour(text, rowOf(rule))};
}

} // namespace

bool isHandshakeRemark(const QString &rule)
{
    return std::find(remarkRules.cbegin(), remarkRules.cend(), rule) != remarkRules.cend();
}

QList<HandshakeCheck> handshakeRemarks(const HttpHead &sent, const HttpHead &reply, const Findings &lines)
{
    QList<HandshakeCheck> remarks;
    // Only what switches protocols is asked about by those who compare clients.
    if (reply.status() != 101)
        return remarks;
    const QList<QByteArray> offered = sent.tokens("Sec-WebSocket-Protocol");
    if (!offered.isEmpty() && reply.values("Sec-WebSocket-Protocol").isEmpty()) {
        remarks +=
            remark("subprotocol.none"_L1, "RFC 6455 4.2.2"_L1,
                   HandshakeRemarksWords::tr("The server chose none of the subprotocols offered, which it may."));
    }
    const QList<QByteArray> connection = reply.tokens("Connection");
    if (connection.size() > 1 && hasUpgrade(connection)) {
        remarks += remark(u"connection.list"_s, u"RFC 9110 7.6.1"_s,
                          HandshakeRemarksWords::tr("Connection lists more than Upgrade (%1), which it may.")
                              .arg(QString::fromUtf8(connection.join(", ")).left(120)));
    }
    if (reply.values("Upgrade").size() > 1) {
        remarks += remark(
            "upgrade.twice"_L1, "RFC 9110 5.3"_L1,
            HandshakeRemarksWords::tr("Upgrade stands on more than one line, which makes a list of one and the same."));
    }
    if (reply.httpVersion() == "HTTP/1.0") {
        remarks +=
            remark("http-version.old"_L1, "RFC 9110 7.8"_L1,
                   HandshakeRemarksWords::tr("The reply is HTTP/1.0, which knows no Upgrade; it should be HTTP/1.1."));
    }
    if (!reply.values("Content-Length").isEmpty()) {
        remarks += remark(
            "framing.content-length"_L1, "RFC 9110 8.6"_L1,
            HandshakeRemarksWords::tr("The reply has a Content-Length, which a 101 must not have. It is ignored."));
    }
    if (!reply.values("Transfer-Encoding").isEmpty()) {
        remarks += remark(
            "framing.transfer-encoding"_L1, "RFC 9112 6.1"_L1,
            HandshakeRemarksWords::tr("The reply has a Transfer-Encoding, which a 101 must not have. It is ignored."));
    }
    if (!reply.values("Sec-WebSocket-Extensions").isEmpty() && reply.tokens("Sec-WebSocket-Extensions").isEmpty()) {
        remarks += remark(
            "extensions.empty"_L1, "RFC 6455 9.1"_L1,
            HandshakeRemarksWords::tr("Sec-WebSocket-Extensions is empty; it must name an extension or be left out."));
    }
    for (const Finding &finding : lines) {
        // Eight interim replies are one remark.
        const bool isKnown = std::any_of(remarks.cbegin(), remarks.cend(), [&finding](const HandshakeCheck &known) {
            return known.rule == finding.rule;
        });
        if (!isKnown && isHandshakeRemark(finding.rule))
            remarks += remark(finding.rule, finding.section, finding.text);
    }
    return remarks;
}

} // namespace sockeye
