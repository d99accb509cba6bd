#include "base/ControlCharacters.h"

namespace sockeye {

namespace {

constexpr quint8 byteAt(QByteArrayView utf8, qsizetype at)
{
    return static_cast<quint8>(utf8[at]);
}

/// Of one to three bytes: no control character is longer. Nothing for what is no whole character.
std::optional<EncodedControl> shortCharacter(QByteArrayView utf8)
{
    const quint8 first = byteAt(utf8, 0);
    if (first < 0x80)
        return EncodedControl{first, 1};
    const qsizetype size = first >= 0xf0 ? 0 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    if (size == 0 || utf8.size() < size)
        return std::nullopt;
    char32_t character = first & (size == 2 ? 0x1f : 0x0f);
    for (qsizetype i = 1; i < size; ++i) {
        if ((byteAt(utf8, i) & 0xc0) != 0x80)
            return std::nullopt;
        character = (character << 6) | (byteAt(utf8, i) & 0x3f);
    }
    return EncodedControl{character, size};
}

/// Whether a control character may begin with the byte: most text is passed over by this alone.
constexpr bool mayBegin(quint8 byte)
{
    return byte < 0x20 || byte == 0x7f || byte == 0xc2 || byte == 0xd8 || byte == 0xe2 || byte == 0xef;
}

} // namespace

std::optional<EncodedControl> controlAtStart(QByteArrayView utf8)
{
    if (utf8.isEmpty() || !mayBegin(byteAt(utf8, 0)))
        return std::nullopt;
    const std::optional<EncodedControl> found = shortCharacter(utf8);
    return found && isControlCharacter(found->character) ? found : std::nullopt;
}

QByteArray controlNotation(char32_t character)
{
    const QByteArray digits = QByteArray::number(static_cast<uint>(character), 16);
    return character < 0x100 ? "\\x" + digits.rightJustified(2, '0') : "\\u" + digits.rightJustified(4, '0');
}

QByteArray withVisibleControls(QByteArrayView utf8)
{
    QByteArray visible;
    visible.reserve(utf8.size());
    qsizetype run = 0;
    for (qsizetype at = 0; at < utf8.size();) {
        const auto control = utf8[at] == '\n' || utf8[at] == '\t' ? std::nullopt : controlAtStart(utf8.sliced(at));
        if (!control) {
            ++at;
            continue;
        }
        visible.append(utf8.sliced(run, at - run));
        visible.append(controlNotation(control->character));
        at += control->size;
        run = at;
    }
    visible.append(utf8.sliced(run));
    return visible;
}

} // namespace sockeye
