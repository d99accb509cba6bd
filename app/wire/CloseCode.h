#pragma once

#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// RFC 6455 section 7.4.1 and the IANA registry.
namespace CloseCode {
inline constexpr quint16 Normal = 1000;
inline constexpr quint16 GoingAway = 1001;
inline constexpr quint16 ProtocolError = 1002;
inline constexpr quint16 UnsupportedData = 1003;
inline constexpr quint16 NoStatus = 1005;
inline constexpr quint16 Abnormal = 1006;
inline constexpr quint16 InvalidPayload = 1007;
inline constexpr quint16 PolicyViolation = 1008;
inline constexpr quint16 MessageTooBig = 1009;
} // namespace CloseCode

/// Whether an endpoint may send this code: 1000 to 1003, 1007 to 1014, 3000 to 4999.
[[nodiscard]] bool isSendableCloseCode(quint16 code);
/// Whether a peer says with it that something went wrong: any code but 1000, 1001 and none (1005).
[[nodiscard]] constexpr bool isErrorCloseCode(quint16 code)
{
    return code != CloseCode::Normal && code != CloseCode::GoingAway && code != CloseCode::NoStatus;
}
/// "normal closure", "going away", ...: the registry's name; "private use" for 4000 to 4999, "registered with IANA" for
/// 3000 to 3999, "unassigned" for the rest.
[[nodiscard]] QString closeCodeName(quint16 code);

/// A close frame's body (RFC 6455 section 5.5.1): 2 bytes of code in network byte order, then a reason in UTF-8.
struct CloseBody
{
    /// 1005 (no status) for an empty body.
    quint16 code = CloseCode::NoStatus;
    QString reason;
    /// False for a body of one byte.
    bool wellFormed = true;

    friend bool operator==(const CloseBody &, const CloseBody &) = default;
};
[[nodiscard]] CloseBody parseCloseBody(QByteArrayView body);

} // namespace sockeye
