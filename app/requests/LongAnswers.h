#pragma once

#include "decode/MessageFacts.h"

#include <QByteArrayView>

namespace sockeye {

/// Bytes of a long message that tell what it answers: from its beginning, and as many from its end.
inline constexpr qsizetype LongAnswerBytes = 4096;

/// What a JSON message may answer that is too long to be decoded, by its first bytes and its last ones: as JSON-RPC,
/// the DevTools protocol, graphql-ws, SignalR and Phoenix name it. Only what was asked for is answered, so that it does
/// no harm to name it in several ways.
[[nodiscard]] std::vector<MessageFacts::Exchange> longAnswers(QByteArrayView head, QByteArrayView tail);

} // namespace sockeye
