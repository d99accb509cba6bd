#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// OCPP-J: the Open Charge Point Protocol, 1.6 and 2, in JSON. Its nodes are those of JSON.
class OcppDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::OcppDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("ocpp"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("OCPP"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
