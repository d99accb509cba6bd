// The tables of MQTT: packets, properties, reason codes.
#pragma once

#include <QString>

#include <array>
#include <cstdint>

namespace sockeye::mqtt {

/// MQTT 5.0, section 2.1.2.
enum class Packet : quint8 {
    Reserved,
    Connect,
    Connack,
    Publish,
    Puback,
    Pubrec,
    Pubrel,
    Pubcomp,
    Subscribe,
    Suback,
    Unsubscribe,
    Unsuback,
    Pingreq,
    Pingresp,
    Disconnect,
    Auth,
    /// No packet: a will's properties, which stand in CONNECT.
    Will
};

inline constexpr std::array<const char *, 16> PacketNames{
    "reserved",  "CONNECT", "CONNACK",     "PUBLISH",  "PUBACK",  "PUBREC",   "PUBREL",     "PUBCOMP",
    "SUBSCRIBE", "SUBACK",  "UNSUBSCRIBE", "UNSUBACK", "PINGREQ", "PINGRESP", "DISCONNECT", "AUTH"};

/// MQTT 5.0, section 2.2.2.2.
struct Property
{
    enum class Type : quint8 { Byte, TwoBytes, FourBytes, VariableInteger, Text, Binary, Pair };

    quint8 id;
    Type type;
    const char *name;
    /// A bit for each packet that it may stand in.
    std::uint32_t packets;
};

/// Null for an identifier that no property has.
[[nodiscard]] const Property *propertyOf(quint8 id);
[[nodiscard]] bool isIn(const Property &property, Packet packet);
/// MQTT 5.0, section 2.4; empty for a code that there is not in such a packet.
[[nodiscard]] QString reasonName(Packet packet, quint8 code);
/// MQTT 3.1.1, section 3.2.2.3.
[[nodiscard]] QString returnCodeName(quint8 code);

} // namespace sockeye::mqtt
