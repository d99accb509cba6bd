#include "wire/CloseCode.h"

#include "base/Bytes.h"

#include <QCoreApplication>
#include <QtEndian>

#include <array>

namespace sockeye {

namespace {

constexpr quint16 FirstRegisteredCode = 3000;
constexpr quint16 FirstPrivateCode = 4000;
constexpr quint16 LastPrivateCode = 4999;

// From 1000 on without gaps, as the IANA registry "WebSocket Close Code Number" names them.
constexpr std::array registryNames{
    QT_TRANSLATE_NOOP("CloseCode", "normal closure"),
    QT_TRANSLATE_NOOP("CloseCode", "going away"),
    QT_TRANSLATE_NOOP("CloseCode", "protocol error"),
    QT_TRANSLATE_NOOP("CloseCode", "unsupported data"),
    QT_TRANSLATE_NOOP("CloseCode", "reserved"),
    QT_TRANSLATE_NOOP("CloseCode", "no status received"),
    QT_TRANSLATE_NOOP("CloseCode", "abnormal closure"),
    QT_TRANSLATE_NOOP("CloseCode", "invalid frame payload data"),
    QT_TRANSLATE_NOOP("CloseCode", "policy violation"),
    QT_TRANSLATE_NOOP("CloseCode", "message too big"),
    QT_TRANSLATE_NOOP("CloseCode", "mandatory extension"),
    QT_TRANSLATE_NOOP("CloseCode", "internal error"),
    QT_TRANSLATE_NOOP("CloseCode", "service restart"),
    QT_TRANSLATE_NOOP("CloseCode", "try again later"),
    QT_TRANSLATE_NOOP("CloseCode", "bad gateway"),
    QT_TRANSLATE_NOOP("CloseCode", "TLS handshake"),
};

} // namespace

bool isSendableCloseCode(quint16 code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
           (code >= FirstRegisteredCode && code <= LastPrivateCode);
}

QString closeCodeName(quint16 code)
{
    if (code >= FirstPrivateCode && code <= LastPrivateCode)
        return QCoreApplication::translate("CloseCode", "private use");
    if (code >= FirstRegisteredCode && code < FirstPrivateCode)
        return QCoreApplication::translate("CloseCode", "registered with IANA");
    if (code >= CloseCode::Normal && code < CloseCode::Normal + registryNames.size())
        return QCoreApplication::translate("CloseCode", registryNames[code - CloseCode::Normal]);
    return QCoreApplication::translate("CloseCode", "unassigned");
}

CloseBody parseCloseBody(QByteArrayView body)
{
    CloseBody parsed;
    parsed.wellFormed = body.size() != 1;
    if (body.size() >= 2) {
        parsed.code = qFromBigEndian<quint16>(body.data());
        parsed.reason = textFromUtf8(body.sliced(2));
    }
    return parsed;
}

} // namespace sockeye
