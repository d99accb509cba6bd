#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// A part of a payload, read as what it is: what stands before and behind it has no meaning that a format knows. By
/// choice only; its id says which part: "slice 4", "slice 4 -2", "slice -8". A number below zero counts from the end.
class SliceDecoder final : public Decoder
{
public:
    static constexpr QStringView Prefix = u"slice ";

    SliceDecoder(qint64 from, qint64 to);
    /// What an id names; none for an id of another kind. Null if it is no slice.
    [[nodiscard]] static std::unique_ptr<const Decoder> of(QStringView id);

    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString name() const override;
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;

private:
    qint64 m_from;
    /// 0 for the end.
    qint64 m_to;
};

/// Bytes written as hexadecimal digits, with or without blanks, colons and line breaks between them. By choice only.
class HexDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("hex"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Hex"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
