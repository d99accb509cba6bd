#include "exchange/TextLayout.h"

#include "base/ControlCharacters.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sockeye {

namespace {
bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

char *writeHex(char *out, unsigned char byte)
{
    static constexpr char Digits[] = "0123456789abcdef";
    *out++ = Digits[byte >> 4];
    *out++ = Digits[byte & 0x0f];
    return out;
}
} // namespace

void IndentedText::append(QByteArrayView utf8)
{
    if (utf8.isEmpty())
        return;
    if (std::exchange(m_heldReturn, false) && utf8.front() != '\n')
        m_out += controlNotation('\r');
    qsizetype run = 0;
    for (qsizetype at = 0; at < utf8.size();) {
        if (utf8[at] >= 0x20 && utf8[at] < 0x7f) {
            ++at;
            continue;
        }
        const auto control = utf8[at] == '\t' ? std::nullopt : controlAtStart(utf8.sliced(at));
        if (!control) {
            ++at;
            continue;
        }
        m_out.append(utf8.sliced(run, at - run));
        at += control->size;
        run = at;
        if (control->character == '\r' && at == utf8.size())
            m_heldReturn = true;
        else if (control->character != '\r' || utf8[at] != '\n')
            appendControl(control->character);
    }
    m_out.append(utf8.sliced(run));
}

void IndentedText::end()
{
    if (std::exchange(m_heldReturn, false))
        m_out += controlNotation('\r');
}

void IndentedText::appendControl(char32_t c)
{
    if (c == '\n') {
        m_out += '\n';
        m_out.append(m_indent, ' ');
    } else if (c < 0x100) {
        // As controlNotation(), without its allocations: a head may be nothing but such characters.
        std::array<char, 4> text{'\\', 'x'};
        writeHex(text.data() + 2, static_cast<unsigned char>(c));
        m_out.append(text.data(), text.size());
    } else {
        m_out += controlNotation(c);
    }
}

void HexDump::append(QByteArrayView bytes)
{
    if (!m_rest.isEmpty()) {
        const qsizetype missing = std::min(LineSize - m_rest.size(), bytes.size());
        m_rest.append(bytes.first(missing));
        bytes = bytes.sliced(missing);
        if (m_rest.size() < LineSize)
            return;
        appendLine(m_rest);
        m_rest.clear();
    }
    for (; bytes.size() >= LineSize; bytes = bytes.sliced(LineSize))
        appendLine(bytes.first(LineSize));
    m_rest = bytes.toByteArray();
}

void HexDump::end()
{
    if (!m_rest.isEmpty())
        appendLine(m_rest);
    m_rest.clear();
}

void HexDump::appendLine(QByteArrayView line)
{
    // Offset, two spaces, 16 bytes with a wider gap in the middle, two spaces, the characters between bars.
    std::array<char, 8 + 2 * 2 + 16 * 2 + 14 + 2 + 2 + 16> text;
    char *out = text.data();
    for (int shift = 24; shift >= 0; shift -= 8)
        out = writeHex(out, static_cast<unsigned char>((m_offset >> shift) & 0xff));
    for (qsizetype i = 0; i < LineSize; ++i) {
        *out++ = ' ';
        if (i % 8 == 0)
            *out++ = ' ';
        if (i < line.size())
            out = writeHex(out, static_cast<unsigned char>(line[i]));
        else
            out = std::fill_n(out, 2, ' ');
    }
    out = std::copy_n("  |", 3, out);
    out = std::transform(line.begin(), line.end(), out,
                         [](char c) { return isControl(c) || static_cast<unsigned char>(c) >= 0x80 ? '.' : c; });
    *out++ = '|';
    m_out += '\n';
    m_out.append(m_indent, ' ');
    m_out.append(text.data(), out - text.data());
    m_offset += line.size();
}

} // namespace sockeye
