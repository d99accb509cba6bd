#pragma once

#include "decode/Decoder.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace sockeye {

/// The calls of a connection that wait for their answers (Conversation::Side::asked): so that an answer, which says no
/// more than an id, can be named after what it answers.
namespace AskedCalls {

/// `asker` has made a call. Those with long ids are not kept, and of a name its beginning is.
void ask(Conversation &conversation, Direction asker, const QByteArray &id, QByteArrayView name);
/// `answerer` has answered it for the last time.
void answer(Conversation &conversation, Direction answerer, const QByteArray &id);
/// What is answered; nothing if no such call is known.
[[nodiscard]] std::optional<QString> find(const Conversation *before, Direction answerer, const QByteArray &id);

} // namespace AskedCalls

} // namespace sockeye
