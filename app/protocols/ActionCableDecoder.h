#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// Action Cable of Rails (actioncable-v1-json): JSON with JSON in some of its strings.
class ActionCableDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::ActionCableDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("actioncable"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Action Cable"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
