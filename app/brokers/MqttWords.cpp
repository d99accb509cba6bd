#include "brokers/MqttWords.h"

#include <algorithm>

namespace sockeye::mqtt {

namespace {

constexpr std::uint32_t mqttBit(Packet packet)
{
    return 1U << static_cast<unsigned>(packet);
}

template<typename... Packets>
constexpr std::uint32_t mqttBits(Packets... packets)
{
    return (mqttBit(packets) | ...);
}

using enum Packet;
using Type = Property::Type;

constexpr std::uint32_t MqttAcks = mqttBits(Puback, Pubrec, Pubrel, Pubcomp, Suback, Unsuback);
constexpr std::uint32_t MqttAnywhere =
    MqttAcks | mqttBits(Connect, Connack, Publish, Subscribe, Unsubscribe, Disconnect, Auth, Will);

constexpr std::array MqttProperties{
    Property{0x01, Type::Byte, "payload format indicator", mqttBits(Publish, Will)},
    Property{0x02, Type::FourBytes, "message expiry interval", mqttBits(Publish, Will)},
    Property{0x03, Type::Text, "content type", mqttBits(Publish, Will)},
    Property{0x08, Type::Text, "response topic", mqttBits(Publish, Will)},
    Property{0x09, Type::Binary, "correlation data", mqttBits(Publish, Will)},
    Property{0x0b, Type::VariableInteger, "subscription identifier", mqttBits(Publish, Subscribe)},
    Property{0x11, Type::FourBytes, "session expiry interval", mqttBits(Connect, Connack, Disconnect)},
    Property{0x12, Type::Text, "assigned client identifier", mqttBits(Connack)},
    Property{0x13, Type::TwoBytes, "server keep alive", mqttBits(Connack)},
    Property{0x15, Type::Text, "authentication method", mqttBits(Connect, Connack, Auth)},
    Property{0x16, Type::Binary, "authentication data", mqttBits(Connect, Connack, Auth)},
    Property{0x17, Type::Byte, "request problem information", mqttBits(Connect)},
    Property{0x18, Type::FourBytes, "will delay interval", mqttBits(Will)},
    Property{0x19, Type::Byte, "request response information", mqttBits(Connect)},
    Property{0x1a, Type::Text, "response information", mqttBits(Connack)},
    Property{0x1c, Type::Text, "server reference", mqttBits(Connack, Disconnect)},
    Property{0x1f, Type::Text, "reason string", MqttAcks | mqttBits(Connack, Disconnect, Auth)},
    Property{0x21, Type::TwoBytes, "receive maximum", mqttBits(Connect, Connack)},
    Property{0x22, Type::TwoBytes, "topic alias maximum", mqttBits(Connect, Connack)},
    Property{0x23, Type::TwoBytes, "topic alias", mqttBits(Publish)},
    Property{0x24, Type::Byte, "maximum QoS", mqttBits(Connack)},
    Property{0x25, Type::Byte, "retain available", mqttBits(Connack)},
    Property{0x26, Type::Pair, "user property", MqttAnywhere},
    Property{0x27, Type::FourBytes, "maximum packet size", mqttBits(Connect, Connack)},
    Property{0x28, Type::Byte, "wildcard subscription available", mqttBits(Connack)},
    Property{0x29, Type::Byte, "subscription identifier available", mqttBits(Connack)},
    Property{0x2a, Type::Byte, "shared subscription available", mqttBits(Connack)},
};

struct MqttReason
{
    quint8 code;
    std::uint32_t packets;
    const char *name;
};

constexpr std::uint32_t MqttMessageAcks = mqttBits(Puback, Pubrec);
constexpr std::uint32_t MqttRefusals = mqttBits(Connack, Disconnect);

constexpr std::array MqttReasons{
    MqttReason{0x00, mqttBits(Connack, Puback, Pubrec, Pubrel, Pubcomp, Unsuback, Auth), "Success"},
    MqttReason{0x00, mqttBits(Disconnect), "Normal disconnection"},
    MqttReason{0x00, mqttBits(Suback), "Granted QoS 0"},
    MqttReason{0x01, mqttBits(Suback), "Granted QoS 1"},
    MqttReason{0x02, mqttBits(Suback), "Granted QoS 2"},
    MqttReason{0x04, mqttBits(Disconnect), "Disconnect with Will Message"},
    MqttReason{0x10, MqttMessageAcks, "No matching subscribers"},
    MqttReason{0x11, mqttBits(Unsuback), "No subscription existed"},
    MqttReason{0x18, mqttBits(Auth), "Continue authentication"},
    MqttReason{0x19, mqttBits(Auth), "Re-authenticate"},
    MqttReason{0x80, MqttRefusals | MqttMessageAcks | mqttBits(Suback, Unsuback), "Unspecified error"},
    MqttReason{0x81, MqttRefusals, "Malformed Packet"},
    MqttReason{0x82, MqttRefusals, "Protocol Error"},
    MqttReason{0x83, MqttRefusals | MqttMessageAcks | mqttBits(Suback, Unsuback), "Implementation specific error"},
    MqttReason{0x84, mqttBits(Connack), "Unsupported Protocol Version"},
    MqttReason{0x85, mqttBits(Connack), "Client Identifier not valid"},
    MqttReason{0x86, mqttBits(Connack), "Bad User Name or Password"},
    MqttReason{0x87, MqttRefusals | MqttMessageAcks | mqttBits(Suback, Unsuback), "Not authorized"},
    MqttReason{0x88, mqttBits(Connack), "Server unavailable"},
    MqttReason{0x89, MqttRefusals, "Server busy"},
    MqttReason{0x8a, mqttBits(Connack), "Banned"},
    MqttReason{0x8b, mqttBits(Disconnect), "Server shutting down"},
    MqttReason{0x8c, MqttRefusals, "Bad authentication method"},
    MqttReason{0x8d, mqttBits(Disconnect), "Keep Alive timeout"},
    MqttReason{0x8e, mqttBits(Disconnect), "Session taken over"},
    MqttReason{0x8f, mqttBits(Suback, Unsuback, Disconnect), "Topic Filter invalid"},
    MqttReason{0x90, MqttRefusals | MqttMessageAcks, "Topic Name invalid"},
    MqttReason{0x91, MqttMessageAcks | mqttBits(Suback, Unsuback), "Packet Identifier in use"},
    MqttReason{0x92, mqttBits(Pubrel, Pubcomp), "Packet Identifier not found"},
    MqttReason{0x93, mqttBits(Disconnect), "Receive Maximum exceeded"},
    MqttReason{0x94, mqttBits(Disconnect), "Topic Alias invalid"},
    MqttReason{0x95, MqttRefusals, "Packet too large"},
    MqttReason{0x96, mqttBits(Disconnect), "Message rate too high"},
    MqttReason{0x97, MqttRefusals | MqttMessageAcks | mqttBits(Suback), "Quota exceeded"},
    MqttReason{0x98, mqttBits(Disconnect), "Administrative action"},
    MqttReason{0x99, MqttRefusals | MqttMessageAcks, "Payload format invalid"},
    MqttReason{0x9a, MqttRefusals, "Retain not supported"},
    MqttReason{0x9b, MqttRefusals, "QoS not supported"},
    MqttReason{0x9c, MqttRefusals, "Use another server"},
    MqttReason{0x9d, MqttRefusals, "Server moved"},
    MqttReason{0x9e, mqttBits(Suback, Disconnect), "Shared Subscriptions not supported"},
    MqttReason{0x9f, MqttRefusals, "Connection rate exceeded"},
    MqttReason{0xa0, mqttBits(Disconnect), "Maximum connect time"},
    MqttReason{0xa1, mqttBits(Suback, Disconnect), "Subscription Identifiers not supported"},
    MqttReason{0xa2, mqttBits(Suback, Disconnect), "Wildcard Subscriptions not supported"},
};

constexpr std::array<const char *, 6> MqttReturnCodes{"Connection Accepted",
                                                      "Connection Refused, unacceptable protocol version",
                                                      "Connection Refused, identifier rejected",
                                                      "Connection Refused, Server unavailable",
                                                      "Connection Refused, bad user name or password",
                                                      "Connection Refused, not authorized"};

} // namespace

const Property *propertyOf(quint8 id)
{
    const auto found =
        std::ranges::find_if(MqttProperties, [id](const Property &property) { return property.id == id; });
    return found == MqttProperties.end() ? nullptr : &*found;
}

bool isIn(const Property &property, Packet packet)
{
    return (property.packets & mqttBit(packet)) != 0;
}

QString reasonName(Packet packet, quint8 code)
{
    for (const MqttReason &reason : MqttReasons) {
        if (reason.code == code && (reason.packets & mqttBit(packet)) != 0)
            return QString::fromLatin1(reason.name);
    }
    return {};
}

QString returnCodeName(quint8 code)
{
    return code < MqttReturnCodes.size() ? QString::fromLatin1(MqttReturnCodes[code]) : QString();
}

} // namespace sockeye::mqtt
