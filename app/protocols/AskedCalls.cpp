#include "protocols/AskedCalls.h"

#include "base/Bytes.h"

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

constexpr qsizetype MaxAskedId = 100;
constexpr qsizetype MaxAskedName = 100;

using AskedCall = std::pair<QByteArray, QByteArray>;

Direction askerOf(Direction answerer)
{
    return answerer == Direction::Out ? Direction::In : Direction::Out;
}

} // namespace

void AskedCalls::ask(Conversation &conversation, Direction asker, const QByteArray &id, QByteArrayView name)
{
    if (id.isEmpty() || id.size() > MaxAskedId)
        return;
    auto &asked = conversation.side(asker).asked;
    // An id that is used again is that of the later call.
    asked.removeIf([&id](const AskedCall &call) { return call.first == id; });
    if (asked.size() >= Conversation::Side::MaxAsked)
        asked.removeFirst();
    asked.append({id, textFromUtf8(name.first(std::min(name.size(), MaxAskedName))).toUtf8()});
}

void AskedCalls::answer(Conversation &conversation, Direction answerer, const QByteArray &id)
{
    auto &asked = conversation.side(askerOf(answerer)).asked;
    const auto found = std::ranges::find(std::as_const(asked), id, &AskedCall::first);
    if (found != asked.cend())
        asked.erase(found);
}

std::optional<QString> AskedCalls::find(const Conversation *before, Direction answerer, const QByteArray &id)
{
    if (!before || id.isEmpty())
        return {};
    const auto &asked = before->side(askerOf(answerer)).asked;
    const auto found = std::ranges::find(asked, id, &AskedCall::first);
    return found == asked.end() ? std::nullopt : std::optional(textFromUtf8(found->second));
}

} // namespace sockeye
