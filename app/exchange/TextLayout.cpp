#include "exchange/TextLayout.h"

#include "exchange/JsonText.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sockeye {

namespace {
bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool isPlain(char c)
{
    return (!isControl(c) && c != '\xc2') || c == '\t';
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
    const char *run = utf8.begin();
    for (const char *at = run; at != utf8.end(); ++at) {
        if (!m_heldReturn && !m_heldC2 && isPlain(*at))
            continue;
        m_out.append(run, at - run);
        appendSpecial(*at);
        run = at + 1;
    }
    m_out.append(run, utf8.end() - run);
}

void IndentedText::appendSpecial(char c)
{
    if (std::exchange(m_heldReturn, false) && c != '\n')
        appendControl('\r');
    if (std::exchange(m_heldC2, false)) {
        // U+0080 to U+009F are control characters to a terminal, too.
        if (static_cast<unsigned char>(c) < 0xa0) {
            appendControl(c);
            return;
        }
        m_out += '\xc2';
    }
    if (c == '\r') {
        m_heldReturn = true;
    } else if (c == '\xc2') {
        m_heldC2 = true;
    } else if (c == '\n') {
        m_out += '\n';
        m_out.append(m_indent, ' ');
    } else if (isPlain(c)) {
        m_out += c;
    } else {
        appendControl(c);
    }
}

void IndentedText::end()
{
    if (std::exchange(m_heldReturn, false))
        appendControl('\r');
}

void IndentedText::appendControl(char c)
{
    m_out += "\\x";
    appendHex(m_out, QByteArrayView(&c, 1));
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
