#include "schemas/ProtobufMessageDecoder.h"

#include "schemas/ProtobufMessageReader.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

constexpr QStringView SingleId = u"protobuf:";
constexpr QStringView DelimitedId = u"protobuf-delimited:";

struct ProtobufMessageWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::ProtobufMessageDecoder)
};

/// Messages behind their lengths.
class DelimitedMessages final
{
public:
    DelimitedMessages(NodeBuilder &builder, const QByteArray &bytes, const ProtobufSchema &schema)
        : m_builder(builder)
        , m_bytes(bytes)
        , m_reader(builder, bytes, schema.pool())
    {
    }

    void read(const google::protobuf::Descriptor &type)
    {
        if (!m_builder.open(Node::Kind::Array, 0))
            return;
        qsizetype at = 0;
        while (at < m_bytes.size() && m_builder.goOn(at) && readOne(type, at))
            ++m_count;
        if (!m_builder.hasFailed() && !m_builder.isStopped())
            m_builder.close(m_bytes.size());
    }

    /// The first one, and how many more there are.
    [[nodiscard]] QString said() const
    {
        return m_count > 1 ? ProtobufMessageWords::tr("%1 and %n more", nullptr, m_count - 1).arg(m_first) : m_first;
    }

private:
    bool readOne(const google::protobuf::Descriptor &type, qsizetype &at)
    {
        quint64 size = 0;
        const qsizetype begin = at;
        const ProtoFault fault = protoVarint(m_bytes, at, size);
        if (fault != ProtoFault::None) {
            m_builder.fail(begin, fault == ProtoFault::End
                                      ? ProtobufMessageWords::tr("The payload ends inside of a message's length.")
                                      : ProtobufMessageWords::tr("A message's length is larger than 64 bits."));
            return false;
        }
        if (size > static_cast<quint64>(m_bytes.size() - at)) {
            m_builder.fail(begin, ProtobufMessageWords::tr("A message of %1 bytes begins here, of which %2 are there.")
                                      .arg(size)
                                      .arg(m_bytes.size() - at));
            return false;
        }
        const qsizetype end = at + static_cast<qsizetype>(size);
        const bool isRead = m_reader.read(type, begin, at, end);
        if (m_count == 0)
            m_first = m_reader.said();
        at = end;
        return isRead;
    }

    NodeBuilder &m_builder;
    const QByteArray m_bytes;
    ProtobufMessageReader m_reader;
    int m_count = 0;
    QString m_first;
};

} // namespace

ProtobufMessageDecoder::ProtobufMessageDecoder(std::shared_ptr<const ProtobufSchema> schema, QString type,
                                               Framing framing)
    : m_schema(std::move(schema))
    , m_type(std::move(type))
    , m_framing(framing)
{
}

QString ProtobufMessageDecoder::idOf(const QString &type, Framing framing)
{
    return (framing == Framing::Single ? SingleId : DelimitedId).toString() + type;
}

std::unique_ptr<ProtobufMessageDecoder> ProtobufMessageDecoder::ofId(QStringView id,
                                                                     std::shared_ptr<const ProtobufSchema> schema)
{
    for (const Framing framing : {Framing::Single, Framing::Delimited}) {
        const QStringView begin = framing == Framing::Single ? SingleId : DelimitedId;
        if (id.startsWith(begin) && id.size() > begin.size())
            return std::make_unique<ProtobufMessageDecoder>(std::move(schema), id.sliced(begin.size()).toString(),
                                                            framing);
    }
    return nullptr;
}

QString ProtobufMessageDecoder::name() const
{
    return m_framing == Framing::Single ? m_type + QStringLiteral(" (Protobuf)")
                                        : m_type + QStringLiteral(" (Protobuf, delimited)");
}

Certainty ProtobufMessageDecoder::probe(const DecodeInput & /*input*/) const
{
    return Certainty::None;
}

void ProtobufMessageDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    if (!builder.goOn(0))
        return;
    const google::protobuf::Descriptor *type = m_schema ? m_schema->find(m_type) : nullptr;
    if (!type) {
        builder.fail(0, ProtobufMessageWords::tr("The schema has no message type %1.").arg(m_type));
        return;
    }
    const QString name = m_type.section(u'.', -1) + u' ';
    if (m_framing == Framing::Delimited) {
        DelimitedMessages messages(builder, input.payload, *m_schema);
        messages.read(*type);
        builder.setSummary(name + messages.said());
        return;
    }
    ProtobufMessageReader reader(builder, input.payload, m_schema->pool());
    static_cast<void>(reader.read(*type, 0, 0, input.payload.size(), m_type));
    builder.setSummary(name + reader.said());
}

} // namespace sockeye
