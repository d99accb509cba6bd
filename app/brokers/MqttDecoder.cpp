#include "brokers/MqttDecoder.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "brokers/MqttStream.h"
#include "brokers/MqttWords.h"
#include "decode/ByteCursor.h"
#include "encodings/ReadableText.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <bitset>
#include <limits>
#include <optional>

namespace sockeye {

namespace {

using MqttPacket = mqtt::Packet;
using MqttProperty = mqtt::Property;

enum class MqttVersion : quint8 { V31 = 3, V311 = 4, V5 = 5 };

/// Bytes that are looked at to tell what a payload is.
constexpr qsizetype MqttProbeStretch = 64 * 1024;
/// Characters of a line that says what a message holds.
constexpr qsizetype MqttMaxSummary = 120;
/// A topic of so many plain characters, in a packet that ends with the payload, is in no noise.
constexpr qsizetype MqttTellingTopic = 14;
/// Set by a bridge in the protocol's version (mosquitto).
constexpr quint8 MqttBridgeBit = 0x80;
/// Reason codes from here on are errors.
constexpr quint8 MqttLeastRefusal = 0x80;
/// Bytes of a payload that tell whether it is text.
constexpr qsizetype MqttProbedText = 256;

QString mqttVersionName(MqttVersion version)
{
    switch (version) {
    case MqttVersion::V31:
        return QStringLiteral("3.1");
    case MqttVersion::V311:
        return QStringLiteral("3.1.1");
    case MqttVersion::V5:
        break;
    }
    return QStringLiteral("5");
}

/// Reads packets one after another, as one version has them.
class MqttReader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::MqttDecoder)

public:
    MqttReader(NodeBuilder &builder, const QByteArray &bytes, MqttVersion version)
        : m_builder(builder)
        , m_bytes(bytes)
        , m_version(version)
    {
    }

    /// CONNECT of this message, or the subprotocol, says which version it is.
    void setVersionKnown() { m_isVersionKnown = true; }
    /// Reads only to see how far it gets: applications' bytes are not decoded.
    void setTrial() { m_isTrial = true; }
    /// Another version could read it, too, which is told.
    void setAmbiguous() { m_isAmbiguous = true; }

    /// What topic aliases stand for.
    void setTopics(const QMap<quint32, QByteArray> &topics) { m_topics = topics; }
    /// Where it begins to read.
    void setAt(qsizetype at) { m_at = at; }

    /// Up to `limit`, if the packets go on behind it.
    void read(qsizetype limit)
    {
        while (m_at < m_bytes.size() && m_at < limit && !isEnough() && m_builder.goOn(m_at)) {
            if (!packet())
                break;
        }
        tellSummary();
    }

    [[nodiscard]] qsizetype at() const { return m_at; }
    /// The message ends inside of a packet, which is right so far.
    [[nodiscard]] bool isCut() const { return m_isCut; }
    [[nodiscard]] bool hasProperties() const { return m_hasProperties; }
    /// The application's bytes look like MQTT 5: an empty list of properties, and text behind it.
    [[nodiscard]] bool hidesEmptyProperties() const { return m_hidesEmptyProperties; }
    [[nodiscard]] bool saysMqtt() const { return m_saysMqtt; }
    [[nodiscard]] qsizetype longestTopic() const { return m_longestTopic; }

private:
    /// No more packets are kept or told.
    [[nodiscard]] bool isEnough() const { return m_builder.isFull() && !m_isTrial; }
    [[nodiscard]] bool is5() const { return m_version == MqttVersion::V5; }
    [[nodiscard]] QByteArrayView view(qsizetype begin, qsizetype end) const
    {
        return QByteArrayView(m_bytes).sliced(begin, end - begin);
    }
    [[nodiscard]] quint8 byteAt(qsizetype at) const { return static_cast<quint8>(m_bytes.at(at)); }
    [[nodiscard]] QString packetName() const
    {
        return QString::fromLatin1(mqtt::PacketNames[static_cast<size_t>(m_packet)]);
    }

    bool fail(qsizetype at, const QString &rule)
    {
        m_builder.fail(at, rule);
        return false;
    }

    /// The first byte is that of no packet.
    bool failAtControl(const QString &rule)
    {
        return fail(m_at, m_at > 0 ? rule : rule + u' ' + tr("Or an earlier message began the packet."));
    }

    bool failCut()
    {
        m_isCut = true;
        return fail(m_bytes.size(), tr("The message ends inside of this packet, %1 before its end. A packet may go on "
                                       "in the next message.")
                                        .arg(sizeText(m_packetEnd - m_bytes.size())));
    }

    /// Whether a field of so many bytes is there; says what is wrong if it is not.
    bool need(qint64 size, const QString &field)
    {
        if (m_at + size > m_limit)
            return fail(m_at, tr("The packet ends before its field \"%1\" does.").arg(field));
        return m_at + size <= m_bytes.size() || failCut();
    }

    bool packet()
    {
        const qsizetype begin = m_at;
        const quint8 control = byteAt(begin);
        m_packet = static_cast<MqttPacket>(control >> 4);
        m_flags = control & 0x0f;
        m_line = packetName();
        if (m_packet == MqttPacket::Reserved)
            return failAtControl(tr("No MQTT packet: its type, 0, is reserved."));
        if (m_packet == MqttPacket::Auth && !is5())
            return failAtControl(tr("No packet of MQTT 3: its type, 15, is reserved before MQTT 5."));
        if (!m_builder.open(packetName(), Node::Kind::Object, begin))
            return false;
        if (m_isAmbiguous && !m_isVersionKnown && differs())
            m_builder.note(
                tr("read as MQTT %1; the CONNECT of an earlier message decides").arg(mqttVersionName(m_version)));
        if (!controlByte())
            return false;
        m_packetId = 0;
        m_isRefusal = false;
        m_topic.clear();
        const bool isRead = remainingLength() && body();
        // The line is cut after a few.
        constexpr qsizetype MqttTold = 20;
        if (m_lines.size() < MqttTold)
            m_lines += isRead ? m_line : m_line + QStringLiteral(" …");
        if (!isRead)
            return false;
        if (m_packetEnd > m_bytes.size())
            return failCut();
        if (m_at < m_packetEnd)
            return fail(m_at, tr("There are bytes behind the last field of the packet."));
        m_builder.close(m_at);
        if (!m_isTrial)
            tellFacts();
        return true;
    }

    /// Of a packet that is whole.
    void tellFacts()
    {
        using Role = MessageFacts::Exchange::Role;
        const QByteArray name = mqtt::PacketNames[static_cast<size_t>(m_packet)];
        m_builder.setMessage(name, {}, m_topic);
        const QByteArray id = ' ' + QByteArray::number(m_packetId);
        const Role answer = m_isRefusal ? Role::Fails : Role::Answers;
        switch (m_packet) {
        case MqttPacket::Connect:
            return m_builder.addExchange(Role::Asks, "connect", name);
        case MqttPacket::Connack:
            return m_builder.addExchange(answer, "connect");
        case MqttPacket::Publish:
            if (m_qos > 0)
                m_builder.addExchange(Role::Asks, "publish" + id, name);
            return;
        case MqttPacket::Pubrec:
            // Of QoS 2: it goes on with PUBREL, and is done with PUBCOMP, unless it is refused.
            if (m_isRefusal)
                m_builder.addExchange(answer, "publish" + id);
            return;
        case MqttPacket::Puback:
        case MqttPacket::Pubcomp:
            return m_builder.addExchange(answer, "publish" + id);
        case MqttPacket::Subscribe:
            return m_builder.addExchange(Role::Asks, "subscribe" + id, name);
        case MqttPacket::Suback:
            return m_builder.addExchange(answer, "subscribe" + id);
        case MqttPacket::Unsubscribe:
            return m_builder.addExchange(Role::Asks, "unsubscribe" + id, name);
        case MqttPacket::Unsuback:
            return m_builder.addExchange(answer, "unsubscribe" + id);
        case MqttPacket::Pingreq:
            return m_builder.addExchange(Role::Asks, "ping", name);
        case MqttPacket::Pingresp:
            return m_builder.addExchange(Role::Answers, "ping");
        default:
            return;
        }
    }

    /// Whether versions read the packet in different ways.
    [[nodiscard]] bool differs() const
    {
        return m_packet == MqttPacket::Publish || m_packet == MqttPacket::Subscribe || m_packet == MqttPacket::Suback ||
               m_packet == MqttPacket::Unsubscribe;
    }

    void bit(QStringView label, int value, QStringView note = {})
    {
        // Several stand in a byte, which is that of what holds them.
        m_builder.add(label, m_at, m_at, value, note);
    }

    /// The spec's name for how often a message arrives.
    [[nodiscard]] static QString qosNote(int qos)
    {
        switch (qos) {
        case 0:
            return tr("at most once");
        case 1:
            return tr("at least once");
        case 2:
            return tr("exactly once");
        default:
            return {};
        }
    }

    bool controlByte()
    {
        const int qos = (m_flags >> 1) & 3;
        if (!m_builder.open(u"control byte", Node::Kind::Object, m_at))
            return false;
        bit(u"packet type", static_cast<int>(m_packet), packetName());
        if (m_packet == MqttPacket::Publish) {
            bit(u"DUP", m_flags >> 3, m_flags >> 3 ? tr("sent again") : QString());
            bit(u"QoS", qos, qosNote(qos));
            bit(u"RETAIN", m_flags & 1);
        } else {
            bit(u"flags", m_flags);
        }
        m_builder.close(m_at + 1);
        if (m_packet == MqttPacket::Publish) {
            m_qos = qos;
            if (qos == 3)
                return failAtControl(tr("QoS 3 is none."));
            if (qos == 0 && (m_flags & 8) != 0)
                return failAtControl(tr("DUP is set, which no packet of QoS 0 may have."));
        } else {
            const bool hasOne = m_packet == MqttPacket::Pubrel || m_packet == MqttPacket::Subscribe ||
                                m_packet == MqttPacket::Unsubscribe;
            // MQTT 3.1 sends these again with DUP.
            const int flags = hasOne && mayBe31() ? m_flags & 7 : m_flags;
            if (flags != (hasOne ? 2 : 0))
                return failAtControl(tr("The flags of %1 are always %2.").arg(packetName()).arg(hasOne ? 2 : 0));
        }
        ++m_at;
        return true;
    }

    [[nodiscard]] bool mayBe31() const
    {
        return m_version == MqttVersion::V31 || (m_version == MqttVersion::V311 && !m_isVersionKnown);
    }

    /// An integer of one to four bytes, seven bits in each. None, and the reason told, for what is none.
    bool variableInteger(const QString &field, qint64 &value, qsizetype &size)
    {
        value = 0;
        for (size = 0; size < 4; ++size) {
            if (!need(size + 1, field))
                return false;
            const quint8 byte = byteAt(m_at + size);
            value |= qint64(byte & 0x7f) << (7 * size);
            if ((byte & 0x80) == 0) {
                ++size;
                if (byte == 0 && size > 1 && is5())
                    return fail(m_at, tr("\"%1\" is not written in as few bytes as possible.").arg(field));
                return true;
            }
        }
        return fail(m_at, tr("\"%1\" is longer than four bytes.").arg(field));
    }

    bool remainingLength()
    {
        m_limit = std::numeric_limits<qint64>::max();
        const QString field = QStringLiteral("remaining length");
        qint64 length = 0;
        qsizetype size = 0;
        const QByteArrayView rest = view(m_at, std::min(m_at + 4, m_bytes.size()));
        const bool ends = std::any_of(rest.begin(), rest.end(), [](char c) { return (uchar(c) & 0x80) == 0; });
        if (!ends && rest.size() < 4) {
            m_isCut = true;
            return fail(m_bytes.size(), tr("The message ends before the length of this packet does. A packet may go on "
                                           "in the next message."));
        }
        if (!variableInteger(field, length, size))
            return false;
        m_builder.add(field, m_at, m_at + size, length);
        m_at += size;
        m_packetEnd = m_at + length;
        m_limit = m_packetEnd;
        return true;
    }

    bool body()
    {
        switch (m_packet) {
        case MqttPacket::Connect:
            return connect();
        case MqttPacket::Connack:
            return connack();
        case MqttPacket::Publish:
            return publish();
        case MqttPacket::Puback:
        case MqttPacket::Pubrec:
        case MqttPacket::Pubrel:
        case MqttPacket::Pubcomp:
            return ack();
        case MqttPacket::Subscribe:
            return subscribe();
        case MqttPacket::Unsubscribe:
            return unsubscribe();
        case MqttPacket::Suback:
        case MqttPacket::Unsuback:
            return subscriptionAck();
        case MqttPacket::Disconnect:
        case MqttPacket::Auth:
            return reasonAndProperties();
        default:
            return true;
        }
    }

    [[nodiscard]] bool isAtEnd() const { return m_at >= m_limit; }

    // Fields

    std::optional<quint8> byteField(const QString &field)
    {
        if (!need(1, field))
            return {};
        return byteAt(m_at);
    }

    template<typename T>
    std::optional<T> number(const QString &field, qsizetype begin)
    {
        if (!need(sizeof(T), field))
            return {};
        const T value = *ByteCursor(m_bytes, m_at).big<T>();
        m_at += static_cast<qsizetype>(sizeof(T));
        m_builder.add(field, begin, m_at, value);
        return value;
    }

    /// The bytes behind a length of two bytes; m_at stands behind them then.
    std::optional<QByteArrayView> lengthPrefixed(const QString &field)
    {
        if (!need(2, field))
            return {};
        const auto size = *ByteCursor(m_bytes, m_at).big<quint16>();
        if (!need(2 + size, field))
            return {};
        const QByteArrayView bytes = view(m_at + 2, m_at + 2 + size);
        m_at += 2 + size;
        return bytes;
    }

    std::optional<QByteArrayView> utf8(const QString &field)
    {
        const qsizetype begin = m_at;
        const auto bytes = lengthPrefixed(field);
        if (bytes && (!isValidUtf8(*bytes) || bytes->contains('\0'))) {
            m_at = begin;
            fail(begin, tr("\"%1\" is no text: not UTF-8, or with a NUL in it.").arg(field));
            return {};
        }
        return bytes;
    }

    /// A text; `begin` is where it begins with what names it.
    std::optional<QString> text(const QString &field, qsizetype begin, bool isElement = false)
    {
        const auto bytes = utf8(field);
        if (!bytes)
            return {};
        if (isElement)
            m_builder.addPlace(Node::Kind::String, begin, m_at, m_at - bytes->size());
        else
            m_builder.addPlace(field, Node::Kind::String, begin, m_at, m_at - bytes->size());
        return textFromUtf8(*bytes);
    }

    bool binary(const QString &field, qsizetype begin)
    {
        const auto bytes = lengthPrefixed(field);
        if (bytes)
            m_builder.addPlace(field, Node::Kind::Bytes, begin, m_at, m_at - bytes->size());
        return bytes.has_value();
    }

    bool packetId()
    {
        const auto id = number<quint16>(QStringLiteral("packet id"), m_at);
        if (!id)
            return false;
        if (*id == 0)
            return fail(m_at - 2, tr("A packet's id is never 0."));
        m_packetId = *id;
        m_line += u' ' + QString::number(*id);
        return true;
    }

    // Properties

    bool properties(MqttPacket packet, const QString &label)
    {
        const qsizetype begin = m_at;
        const QString length = QStringLiteral("property length");
        qint64 size = 0;
        qsizetype bytes = 0;
        if (!need(1, length) || !variableInteger(length, size, bytes))
            return false;
        if (m_at + bytes + size > m_limit)
            return fail(m_at, tr("The properties are longer than the packet."));
        if (!m_builder.open(label, Node::Kind::Object, begin))
            return false;
        m_builder.add(length, m_at, m_at + bytes, size);
        m_at += bytes;
        m_limit = m_at + size;
        m_seen.reset();
        m_topicAlias = 0;
        while (!isAtEnd()) {
            if (!m_builder.goOn(m_at) || !need(1, label) || !property(packet))
                return false;
        }
        m_hasProperties = m_hasProperties || size > 0;
        m_limit = m_packetEnd;
        m_builder.close(m_at);
        return true;
    }

    bool property(MqttPacket packet)
    {
        const qsizetype begin = m_at;
        const quint8 id = byteAt(begin);
        const MqttProperty *property = mqtt::propertyOf(id);
        if (!property)
            return fail(begin, tr("There is no property %1.").arg(id));
        const QString field = QString::fromLatin1(property->name);
        if (!mqtt::isIn(*property, packet))
            return fail(begin, tr("The property \"%1\" may not stand here.").arg(field));
        const bool mayRepeat =
            property->type == MqttProperty::Type::Pair || property->type == MqttProperty::Type::VariableInteger;
        if (!mayRepeat && m_seen.test(id))
            return fail(begin, tr("The property \"%1\" stands here for the second time.").arg(field));
        m_seen.set(id);
        ++m_at;
        switch (property->type) {
        case MqttProperty::Type::Byte:
            return byteProperty(id, field, begin);
        case MqttProperty::Type::TwoBytes: {
            const auto value = number<quint16>(field, begin);
            if (value && id == 0x23)
                m_topicAlias = *value;
            return value.has_value();
        }
        case MqttProperty::Type::FourBytes: {
            const auto value = number<quint32>(field, begin);
            if (value && id == 0x11 && *value == 0xffff'ffff)
                m_builder.note(tr("the session does not expire"));
            return value.has_value();
        }
        case MqttProperty::Type::VariableInteger: {
            qint64 value = 0;
            qsizetype size = 0;
            if (!variableInteger(field, value, size))
                return false;
            m_at += size;
            m_builder.add(field, begin, m_at, value);
            return true;
        }
        case MqttProperty::Type::Text:
            return text(field, begin).has_value();
        case MqttProperty::Type::Binary:
            return binary(field, begin);
        case MqttProperty::Type::Pair:
            break;
        }
        return pair(field, begin);
    }

    bool byteProperty(quint8 id, const QString &field, qsizetype begin)
    {
        const auto value = number<quint8>(field, begin);
        if (!value)
            return false;
        if (*value > 1)
            return fail(m_at - 1, tr("\"%1\" is 0 or 1.").arg(field));
        if (id == 0x01)
            m_builder.note(*value == 1 ? tr("the payload is UTF-8") : tr("the payload is bytes"));
        return true;
    }

    bool pair(const QString &field, qsizetype begin)
    {
        if (!m_builder.open(field, Node::Kind::Object, begin))
            return false;
        const qsizetype nameAt = m_at;
        const auto key = utf8(field);
        if (!key)
            return false;
        const qsizetype valueAt = m_at;
        const auto value = utf8(field);
        if (!value)
            return false;
        m_builder.label(textFromUtf8(*key), nameAt, valueAt);
        m_builder.addPlace(Node::Kind::String, valueAt, m_at, m_at - value->size());
        m_builder.close(m_at);
        return true;
    }

    // Packets

    bool connect()
    {
        const qsizetype nameAt = m_at;
        const auto protocol = text(QStringLiteral("protocol name"), m_at);
        if (!protocol)
            return false;
        if (*protocol != u"MQTT" && *protocol != u"MQIsdp")
            return fail(nameAt, tr("The protocol's name is MQTT, or MQIsdp before 3.1.1."));
        if (!connectVersion())
            return false;
        const auto flags = connectFlags();
        if (!flags)
            return false;
        const auto keepAlive = number<quint16>(QStringLiteral("keep alive"), m_at);
        if (!keepAlive)
            return false;
        if (*keepAlive == 0)
            m_builder.note(tr("no keep alive"));
        if (is5() && !properties(MqttPacket::Connect, QStringLiteral("properties")))
            return false;
        const auto client = text(QStringLiteral("client id"), m_at);
        if (!client)
            return false;
        if (client->isEmpty())
            m_builder.note(tr("the server assigns one"));
        m_line += (client->isEmpty() ? QString() : u' ' + inOneLine(*client, 40)) + QStringLiteral(" v") +
                  mqttVersionName(m_version) + QStringLiteral(" keepalive ") + QString::number(*keepAlive);
        if ((*flags & 0x04) != 0 && !will())
            return false;
        if ((*flags & 0x80) != 0 && !text(QStringLiteral("user name"), m_at))
            return false;
        return (*flags & 0x40) == 0 || binary(QStringLiteral("password"), m_at);
    }

    bool connectVersion()
    {
        const QString field = QStringLiteral("protocol version");
        const auto version = byteField(field);
        if (!version)
            return false;
        const quint8 number = *version & ~MqttBridgeBit;
        const bool isKnown = number >= 3 && number <= 5;
        QString note;
        if (isKnown) {
            m_version = static_cast<MqttVersion>(number);
            m_isVersionKnown = true;
            m_saysMqtt = true;
            note = QStringLiteral("MQTT ") + mqttVersionName(m_version);
        }
        if (isKnown && (*version & MqttBridgeBit) != 0)
            note += QStringLiteral(", ") + tr("from a bridge");
        m_builder.add(field, m_at, m_at + 1, *version, note);
        if (!isKnown)
            return fail(m_at, tr("There is no version %1 of MQTT: 3 is 3.1, 4 is 3.1.1, 5 is 5.").arg(*version));
        ++m_at;
        return true;
    }

    std::optional<quint8> connectFlags()
    {
        const QString field = QStringLiteral("connect flags");
        const auto flags = byteField(field);
        if (!flags || !m_builder.open(field, Node::Kind::Object, m_at))
            return {};
        const int qos = (*flags >> 3) & 3;
        const bool hasWill = (*flags & 0x04) != 0;
        bit(u"user name flag", *flags >> 7);
        bit(u"password flag", (*flags >> 6) & 1);
        bit(u"will retain", (*flags >> 5) & 1);
        bit(u"will QoS", qos, hasWill ? qosNote(qos) : QString());
        bit(u"will flag", hasWill ? 1 : 0);
        bit(is5() ? u"clean start" : u"clean session", (*flags >> 1) & 1);
        bit(u"reserved", *flags & 1);
        m_builder.close(m_at + 1);
        QString rule;
        if ((*flags & 1) != 0)
            rule = tr("The lowest bit of the connect flags is reserved: always 0.");
        else if (qos == 3)
            rule = tr("QoS 3 is none.");
        else if (!hasWill && (*flags & 0x38) != 0)
            rule = tr("The flags tell of a will that there is not.");
        if (!rule.isEmpty()) {
            fail(m_at, rule);
            return {};
        }
        ++m_at;
        return flags;
    }

    bool will()
    {
        if (is5() && !properties(MqttPacket::Will, QStringLiteral("will properties")))
            return false;
        const auto topic = text(QStringLiteral("will topic"), m_at);
        if (!topic)
            return false;
        m_line += QStringLiteral(" will ") + inOneLine(*topic, 40);
        const qsizetype begin = m_at;
        const auto bytes = lengthPrefixed(QStringLiteral("will payload"));
        if (bytes) {
            m_builder.setTopic(*topic);
            m_builder.addInner(u"will payload", begin, m_at, begin + 2, isReadableText(*bytes));
        }
        return bytes.has_value();
    }

    bool connack()
    {
        const QString field = QStringLiteral("acknowledge flags");
        const auto flags = byteField(field);
        if (!flags || !m_builder.open(field, Node::Kind::Object, m_at))
            return false;
        bit(u"session present", *flags & 1);
        m_builder.close(m_at + 1);
        if (*flags > 1)
            return fail(m_at, tr("Only the lowest bit of the acknowledge flags may be set."));
        ++m_at;
        return is5() ? reason() && properties(MqttPacket::Connack, QStringLiteral("properties")) : returnCode();
    }

    bool returnCode()
    {
        const auto code = number<quint8>(QStringLiteral("return code"), m_at);
        if (!code)
            return false;
        const QString name = mqtt::returnCodeName(*code);
        if (name.isEmpty())
            return fail(m_at - 1, tr("There is no return code %1.").arg(*code));
        m_isRefusal = *code != 0;
        m_builder.note(name);
        m_line += u' ' + name;
        return true;
    }

    /// With the code as it is written elsewhere: errors in hex.
    [[nodiscard]] static QString reasonNote(quint8 code, const QString &name)
    {
        return code < MqttLeastRefusal ? name
                                       : QStringLiteral("0x%1 %2").arg(uint(code), 2, 16, QLatin1Char('0')).arg(name);
    }

    bool reason()
    {
        const auto code = number<quint8>(QStringLiteral("reason code"), m_at);
        if (!code)
            return false;
        const QString name = mqtt::reasonName(m_packet, *code);
        if (name.isEmpty())
            return fail(m_at - 1, tr("%1 has no reason code %2.").arg(packetName()).arg(*code));
        m_isRefusal = *code >= MqttLeastRefusal;
        const QString note = reasonNote(*code, name);
        m_builder.note(note);
        if (*code != 0 || m_packet == MqttPacket::Connack)
            m_line += u' ' + note;
        return true;
    }

    bool publish()
    {
        const qsizetype topicAt = m_at;
        const auto topic = text(QStringLiteral("topic"), m_at);
        if (!topic)
            return false;
        if (topic->contains(u'#') || topic->contains(u'+'))
            return fail(topicAt, tr("A topic that is published to has no wildcards (# and +)."));
        if (topic->isEmpty() && !is5())
            return fail(topicAt, tr("The topic is empty."));
        noticeTopic(view(topicAt + 2, m_at));
        const QString bare = m_line;
        if (m_qos > 0 && !packetId())
            return false;
        m_topicAlias = 0;
        if (is5()) {
            const qsizetype at = m_at;
            if (!properties(MqttPacket::Publish, QStringLiteral("properties")))
                return false;
            if (topic->isEmpty() && m_topicAlias == 0)
                return fail(at, tr("The topic is empty, and no topic alias says which one it is."));
        }
        const QString alias = textFromUtf8(m_topics.value(m_topicAlias));
        const QString named = alias.isEmpty() ? tr("(topic alias %1)").arg(m_topicAlias) : inOneLine(alias, 60);
        m_builder.setTopic(topic->isEmpty() ? alias : *topic);
        m_topic = (topic->isEmpty() ? alias : *topic).toUtf8();
        m_line = bare + u' ' + (topic->isEmpty() ? named : inOneLine(*topic, 60));
        if (m_qos > 0)
            m_line += QStringLiteral(" q%1").arg(m_qos);
        if ((m_flags & 1) != 0)
            m_line += QStringLiteral(" retain");
        if ((m_flags & 8) != 0)
            m_line += QStringLiteral(" dup");
        publishPayload();
        return true;
    }

    void publishPayload()
    {
        const qsizetype begin = m_at;
        m_at = std::min<qint64>(m_bytes.size(), m_packetEnd);
        const QByteArrayView bytes = view(begin, m_at);
        const bool isWhole = m_packetEnd <= m_bytes.size();
        if (!isWhole && bytes.isEmpty())
            return;
        QString said;
        if (isWhole && m_isTrial) {
            if (!is5() && bytes.size() > 1 && bytes.front() == 0)
                m_hidesEmptyProperties =
                    isReadableBeginning(bytes.sliced(1).first(std::min(bytes.size() - 1, MqttProbedText)));
        } else if (isWhole) {
            said = m_builder.addInner(u"payload", begin, m_at, begin, isReadableText(bytes));
            if (bytes.isEmpty() && (m_flags & 1) != 0)
                m_builder.note(tr("empty: the server forgets what it retained"));
        } else {
            m_builder.addPlace(u"payload", isReadableBeginning(bytes) ? Node::Kind::String : Node::Kind::Bytes, begin,
                               m_at, begin, tr("its beginning"));
        }
        if (said.isEmpty() && !bytes.isEmpty())
            said = sizeText(bytes.size());
        if (!said.isEmpty())
            m_line += QStringLiteral(" · ") + said;
    }

    /// How telling a topic is.
    void noticeTopic(QByteArrayView topic)
    {
        const bool isPlain = std::all_of(topic.begin(), topic.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
        if (isPlain)
            m_longestTopic = std::max(m_longestTopic, topic.size());
    }

    bool ack()
    {
        if (!packetId())
            return false;
        return !is5() || reasonAndProperties();
    }

    /// Both may be left out.
    bool reasonAndProperties()
    {
        if (isAtEnd() || !is5())
            return true;
        if (!reason())
            return false;
        return isAtEnd() || properties(m_packet, QStringLiteral("properties"));
    }

    bool packetIdAndProperties()
    {
        const QString bare = m_line;
        if (!packetId())
            return false;
        m_line = bare;
        return !is5() || properties(m_packet, QStringLiteral("properties"));
    }

    bool subscribe()
    {
        if (!packetIdAndProperties() || !m_builder.open(u"subscriptions", Node::Kind::Array, m_at))
            return false;
        QStringList filters;
        do {
            if (!m_builder.goOn(m_at) || !m_builder.open(Node::Kind::Object, m_at))
                return false;
            const auto filter = topicFilter(false);
            if (!filter)
                return false;
            const auto options = byteField(QStringLiteral("QoS"));
            if (!options)
                return false;
            const int qos = *options & 3;
            if (!is5())
                m_builder.add(u"QoS", m_at, m_at + 1, *options, qosNote(*options));
            else if (!subscriptionOptions(*options))
                return false;
            if (qos == 3 || (*options & (is5() ? 0xc0 : 0xfc)) != 0)
                return fail(m_at, tr("No QoS: 0, 1 or 2, and reserved bits are 0."));
            ++m_at;
            m_builder.close(m_at);
            filters += inOneLine(*filter, 60) + (qos > 0 ? QStringLiteral(" q%1").arg(qos) : QString());
        } while (!isAtEnd());
        m_builder.close(m_at);
        m_line += u' ' + filters.join(QStringLiteral(", "));
        return true;
    }

    bool subscriptionOptions(quint8 options)
    {
        if (!m_builder.open(u"subscription options", Node::Kind::Object, m_at))
            return false;
        const int qos = options & 3;
        const int handling = (options >> 4) & 3;
        bit(u"QoS", qos, qosNote(qos));
        bit(u"no local", (options >> 2) & 1);
        bit(u"retain as published", (options >> 3) & 1);
        bit(u"retain handling", handling, retainHandlingNote(handling));
        m_builder.close(m_at + 1);
        return handling < 3 || fail(m_at, tr("Retain handling 3 is none."));
    }

    [[nodiscard]] static QString retainHandlingNote(int handling)
    {
        switch (handling) {
        case 0:
            return tr("retained messages are sent");
        case 1:
            return tr("retained messages are sent for a new subscription");
        case 2:
            return tr("retained messages are not sent");
        default:
            return {};
        }
    }

    std::optional<QString> topicFilter(bool isElement)
    {
        const qsizetype begin = m_at;
        const auto filter = text(QStringLiteral("topic filter"), m_at, isElement);
        if (filter && filter->isEmpty()) {
            fail(begin, tr("The topic filter is empty."));
            return {};
        }
        if (filter && m_topic.isEmpty())
            m_topic = filter->toUtf8();
        return filter;
    }

    bool unsubscribe()
    {
        if (!packetIdAndProperties() || !m_builder.open(u"topic filters", Node::Kind::Array, m_at))
            return false;
        QStringList filters;
        do {
            const auto filter = topicFilter(true);
            if (!filter || !m_builder.goOn(m_at))
                return false;
            filters += inOneLine(*filter, 60);
        } while (!isAtEnd());
        m_builder.close(m_at);
        m_line += u' ' + filters.join(QStringLiteral(", "));
        return true;
    }

    /// SUBACK and UNSUBACK: what became of each topic filter.
    bool subscriptionAck()
    {
        const bool isSuback = m_packet == MqttPacket::Suback;
        if (!packetId() || (is5() && !properties(m_packet, QStringLiteral("properties"))))
            return false;
        if (!is5() && !isSuback)
            return true;
        if (!m_builder.open(is5() ? u"reason codes" : u"return codes", Node::Kind::Array, m_at))
            return false;
        QStringList said;
        do {
            const auto code = byteField(is5() ? QStringLiteral("reason code") : QStringLiteral("return code"));
            if (!code || !m_builder.goOn(m_at))
                return false;
            QString name = mqtt::reasonName(m_packet, *code);
            if (!is5())
                name = *code == 0x80 ? QStringLiteral("Failure") : *code < 3 ? name : QString();
            m_builder.add(Node::Kind::Number, m_at, m_at + 1, QString::number(*code), reasonNote(*code, name));
            if (name.isEmpty())
                return fail(m_at, tr("%1 has no code %2.").arg(packetName()).arg(*code));
            ++m_at;
            m_isRefusal = m_isRefusal || *code >= MqttLeastRefusal;
            said += isSuback && *code < 3 ? QStringLiteral("q%1").arg(*code) : reasonNote(*code, name);
        } while (!isAtEnd());
        m_builder.close(m_at);
        m_line += u' ' + said.join(QStringLiteral(", "));
        return true;
    }

    void tellSummary() { m_builder.setSummary(inOneLine(m_lines.join(QStringLiteral("; ")), MqttMaxSummary)); }

    NodeBuilder &m_builder;
    const QByteArray m_bytes;
    MqttVersion m_version;
    bool m_isVersionKnown = false;
    bool m_isAmbiguous = false;
    bool m_isTrial = false;
    qsizetype m_at = 0;
    /// Where the packet says that it ends, and where what is read in it has to.
    qint64 m_packetEnd = 0;
    qint64 m_limit = 0;
    MqttPacket m_packet = MqttPacket::Reserved;
    quint8 m_flags = 0;
    int m_qos = 0;
    quint16 m_topicAlias = 0;
    /// Of the packet at hand; 0 for none.
    quint16 m_packetId = 0;
    /// It says that something went wrong.
    bool m_isRefusal = false;
    /// It is published to, or the first one that is asked for.
    QByteArray m_topic;
    QMap<quint32, QByteArray> m_topics;
    /// The properties that have been, by their identifiers.
    std::bitset<256> m_seen;
    /// What the packet says in a line, and those before it.
    QString m_line;
    QStringList m_lines;
    bool m_isCut = false;
    bool m_hasProperties = false;
    bool m_hidesEmptyProperties = false;
    bool m_saysMqtt = false;
    qsizetype m_longestTopic = 0;
};

/// How a version reads a message.
struct MqttTrial
{
    enum class Result : quint8 { Broken, Cut, Whole };

    MqttVersion version = MqttVersion::V311;
    Result result = Result::Broken;
    qsizetype at = 0;
    bool hasProperties = false;
    bool hidesEmptyProperties = false;
    bool saysMqtt = false;
    /// Both versions can read it.
    bool isAmbiguous = false;
    qsizetype longestTopic = 0;
};

MqttTrial mqttTry(const QByteArray &bytes, MqttVersion version)
{
    constexpr qint32 Depth = 100;
    NodeBuilder none(bytes, {}, {0, Depth});
    MqttReader reader(none, bytes, version);
    reader.setTrial();
    reader.read(MqttProbeStretch);
    MqttTrial trial;
    trial.version = version;
    if (!none.hasFailed())
        trial.result = MqttTrial::Result::Whole;
    else if (reader.isCut())
        trial.result = MqttTrial::Result::Cut;
    trial.at = reader.at();
    trial.hasProperties = reader.hasProperties();
    trial.hidesEmptyProperties = reader.hidesEmptyProperties();
    trial.saysMqtt = reader.saysMqtt();
    trial.longestTopic = reader.longestTopic();
    return trial;
}

/// The version that reads it best; 3.1.1 rather than 5 where there is no telling.
MqttTrial mqttBestTrial(const QByteArray &bytes)
{
    MqttTrial three = mqttTry(bytes, MqttVersion::V311);
    MqttTrial five = mqttTry(bytes, MqttVersion::V5);
    if (three.result != five.result)
        return three.result > five.result ? three : five;
    if (three.result == MqttTrial::Result::Broken)
        return five.at > three.at ? five : three;
    three.isAmbiguous = true;
    five.isAmbiguous = true;
    return five.hasProperties || three.hidesEmptyProperties ? five : three;
}

/// A message of a stream whose beginning is known: ends of packets that earlier messages began, whole packets, and the
/// beginning of one that later messages end.
class MqttMessage final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::MqttDecoder)

public:
    MqttMessage(const DecodeInput &input, NodeBuilder &builder)
        : m_before(*input.before)
        , m_side(m_before.side(input.direction))
        , m_payload(input.payload)
        , m_builder(builder)
    {
    }

    void decode()
    {
        if (m_side.skipped > 0) {
            const qsizetype end = std::min<qint64>(m_side.skipped, m_payload.size());
            part(0, end, tr("of a packet that is too long to be put together"));
            m_at = end;
        } else if (!m_side.begun.isEmpty() && !endOfPacket()) {
            return tell();
        }
        const mqtt::PacketEnds rest = mqtt::packetEnds(QByteArrayView(m_payload).sliced(m_at));
        const qsizetype whole = m_at + (rest.ends.isEmpty() ? 0 : rest.ends.constLast());
        if (whole > m_at || rest.isBroken)
            read(m_builder, rest.isBroken ? m_payload : m_payload.first(whole), m_at);
        if (!rest.isBroken && whole < m_payload.size())
            part(whole, m_payload.size(), tr("its beginning: the packet ends in a later message"));
        tell();
    }

private:
    [[nodiscard]] MqttVersion versionOf(const QByteArray &bytes) const
    {
        const bool isKnown = m_before.version >= 3 && m_before.version <= 5;
        return isKnown ? static_cast<MqttVersion>(m_before.version) : mqttBestTrial(bytes).version;
    }

    void read(NodeBuilder &builder, const QByteArray &bytes, qsizetype at)
    {
        MqttReader reader(builder, bytes, versionOf(bytes.sliced(at)));
        if (m_before.version > 0)
            reader.setVersionKnown();
        reader.setTopics(m_side.names);
        reader.setAt(at);
        reader.read(bytes.size());
        if (!builder.summary().isEmpty())
            m_lines += builder.summary();
    }

    /// The end of what earlier messages began; false if it goes on in later ones.
    bool endOfPacket()
    {
        const QByteArray joined = m_side.begun + m_payload;
        const mqtt::PacketEnds packets = mqtt::packetEnds(joined);
        if (packets.ends.isEmpty()) {
            part(0, m_payload.size(),
                 tr("message %1 of a packet that ends in a later one").arg(qint64(m_side.messages) + 1));
            return false;
        }
        const QByteArray packet = joined.first(packets.ends.constFirst());
        m_at = packet.size() - m_side.begun.size();
        if (!m_builder.open(tr("end of a packet"), Node::Kind::Object, 0))
            return false;
        m_builder.note(tr("from %1 messages").arg(qint64(m_side.messages) + 1));
        const bool isRead =
            m_builder.addSource(tr("Whole packet"), packet, [&](NodeBuilder &builder) { read(builder, packet, 0); });
        m_builder.close(m_at);
        return isRead;
    }

    /// Bytes of a packet that is not whole in this message.
    void part(qsizetype begin, qsizetype end, const QString &note)
    {
        const QByteArray joined = begin == 0 ? m_side.begun + m_payload : m_payload.sliced(begin);
        const auto control = joined.isEmpty() ? quint8(0) : static_cast<quint8>(joined.front());
        const QString packet = m_side.skipped > 0 && begin == 0
                                   ? tr("packet")
                                   : QString::fromLatin1(mqtt::PacketNames[static_cast<size_t>(control >> 4)]);
        const QString label = tr("part of %1").arg(packet);
        m_builder.addPlace(label, Node::Kind::Bytes, begin, end, begin, note);
        m_lines += label;
    }

    void tell() { m_builder.setSummary(inOneLine(m_lines.join(QStringLiteral("; ")), MqttMaxSummary)); }

    const Conversation &m_before;
    const Conversation::Side &m_side;
    const QByteArray m_payload;
    NodeBuilder &m_builder;
    qsizetype m_at = 0;
    QStringList m_lines;
};

/// Cheap: whether the first packet's first byte and its length may be right. Of what begins as CONNECT more is asked,
/// since it says "MQTT".
bool mayBeMqtt(QByteArrayView bytes)
{
    const auto first = static_cast<quint8>(bytes.front());
    const auto packet = static_cast<MqttPacket>(first >> 4);
    const int flags = first & 15;
    if (packet == MqttPacket::Connect)
        return true;
    const bool hasOne =
        packet == MqttPacket::Pubrel || packet == MqttPacket::Subscribe || packet == MqttPacket::Unsubscribe;
    const bool isFlagged = packet == MqttPacket::Publish ? (flags & 6) != 6 && (flags & 14) != 8
                           : hasOne                      ? (flags & 7) == 2
                                                         : flags == 0;
    if (!isFlagged || first >> 4 == 0)
        return false;
    qint64 length = 0;
    for (qsizetype at = 1; at < std::min<qsizetype>(bytes.size(), 5); ++at) {
        const auto byte = static_cast<quint8>(bytes[at]);
        length |= static_cast<qint64>(byte & 0x7f) << (7 * (at - 1));
        if ((byte & 0x80) == 0)
            return at + 1 + length <= bytes.size();
    }
    return false;
}

} // namespace

Certainty MqttDecoder::probe(const DecodeInput &input) const
{
    // MQTT goes in binary messages only (MQTT 5.0, section 6).
    if (input.isText || input.payload.isEmpty())
        return Certainty::None;
    if (input.subprotocol == u"mqtt" || input.subprotocol == u"mqttv3.1")
        return Certainty::Sure;
    if (!mayBeMqtt(input.payload))
        return Certainty::None;
    const MqttTrial trial = mqttBestTrial(input.payload);
    if (trial.saysMqtt)
        return trial.result == MqttTrial::Result::Broken ? Certainty::Likely : Certainty::Sure;
    if (trial.result != MqttTrial::Result::Whole)
        return Certainty::None;
    const bool isTelling = trial.longestTopic >= MqttTellingTopic && input.payload.size() <= MqttProbeStretch;
    return isTelling ? Certainty::Sure : Certainty::Likely;
}

void MqttDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    if (input.beforeOf("mqtt") && !input.isText) {
        MqttMessage(input, builder).decode();
        return;
    }
    if (input.subprotocol == u"mqttv3.1") {
        MqttReader reader(builder, input.payload, MqttVersion::V31);
        reader.setVersionKnown();
        reader.read(input.payload.size());
        return;
    }
    const MqttTrial trial = mqttBestTrial(input.payload);
    MqttReader reader(builder, input.payload, trial.version);
    if (trial.isAmbiguous)
        reader.setAmbiguous();
    reader.read(input.payload.size());
}

bool MqttDecoder::isConversation(const ConnectionFacts &facts) const
{
    return facts.subprotocol == u"mqtt" || facts.subprotocol == u"mqttv3.1";
}

void MqttDecoder::follow(const DecodeInput &input, Conversation &conversation) const
{
    mqtt::followStream(input, conversation);
}

Dependence MqttDecoder::dependence(const DecodeInput &input) const
{
    if (input.isText)
        return Dependence::None;
    const mqtt::PacketEnds packets = mqtt::packetEnds(input.payload);
    if (packets.isBroken || packets.ends.isEmpty() || packets.ends.constLast() != input.payload.size())
        return Dependence::All;
    // Whole packets, and with a topic or a name among them that the middle of one would hardly have. The version, and
    // what aliases stand for, may be known from before.
    return probe({input.payload, false, input.direction}) == Certainty::Sure ? Dependence::Details : Dependence::All;
}

} // namespace sockeye
