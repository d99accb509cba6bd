#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// How records are told apart that stand behind each other.
enum class RecordPrefix : quint8 {
    U8,
    U16Big,
    U16Little,
    U32Big,
    U32Little,
    Varint, ///< as protobuf writes delimited messages
    GrpcWeb ///< a byte of flags, and a u32 in network order
};

/// Records behind each other, each with its length before it. Their contents are decoded by what they are.
class RecordsDecoder final : public Decoder
{
public:
    explicit RecordsDecoder(RecordPrefix prefix)
        : m_prefix(prefix)
    {
    }

    /// "records-u32be"
    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString name() const override;
    /// Likely at most, and only if two records or more fill the payload to its last byte.
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;

private:
    const RecordPrefix m_prefix;
};

} // namespace sockeye
