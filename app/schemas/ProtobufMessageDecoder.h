#pragma once

#include "decode/Decoder.h"
#include "schemas/ProtobufSchema.h"

#include <memory>

namespace sockeye {

/// Messages of one type of a schema (protobuf.dev, "Encoding"): fields by their names. What the schema does not know is
/// shown by its number, as without a schema. Chosen by people only.
class ProtobufMessageDecoder final : public Decoder
{
public:
    enum class Framing : quint8 {
        Single,   ///< the payload is one message
        Delimited ///< any number of messages, each behind its length as a varint (writeDelimitedTo)
    };

    ProtobufMessageDecoder(std::shared_ptr<const ProtobufSchema> schema, QString type,
                           Framing framing = Framing::Single);

    /// The decoder that has this id; null for an id of another kind. The type need not be in the schema: decode() says
    /// so then.
    [[nodiscard]] static std::unique_ptr<ProtobufMessageDecoder> ofId(QStringView id,
                                                                      std::shared_ptr<const ProtobufSchema> schema);
    [[nodiscard]] static QString idOf(const QString &type, Framing framing = Framing::Single);

    /// "protobuf:shop.v1.Order", "protobuf-delimited:shop.v1.Order".
    [[nodiscard]] QString id() const override { return idOf(m_type, m_framing); }
    /// "shop.v1.Order (Protobuf)".
    [[nodiscard]] QString name() const override;
    /// None: many types fit the same bytes (ProtobufSchema::typesThatFit()).
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;

private:
    const std::shared_ptr<const ProtobufSchema> m_schema;
    const QString m_type;
    const Framing m_framing;
};

} // namespace sockeye
