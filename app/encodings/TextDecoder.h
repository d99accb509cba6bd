#pragma once

#include "decode/Decoder.h"

#include <vector>

namespace sockeye {

/// Text in an encoding that somebody chose, a node for each line: any bytes may be text, so nothing is guessed.
class TextDecoder final : public Decoder
{
public:
    /// `codec` is what Qt, or ICU, calls the encoding.
    TextDecoder(const QString &id, const QString &name, const char *codec)
        : m_id(id)
        , m_name(name)
        , m_codec(codec)
    {
    }

    [[nodiscard]] QString id() const override { return m_id; }
    [[nodiscard]] QString name() const override { return m_name; }
    [[nodiscard]] Certainty probe(const DecodeInput &) const override { return Certainty::None; }
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;

private:
    const QString m_id;
    const QString m_name;
    const QByteArray m_codec;
};

/// One for each encoding that this Qt knows: some with ICU only. Any thread.
[[nodiscard]] const std::vector<const Decoder *> &textDecoders();

} // namespace sockeye
