#include "exchange/TextLayout.h"

#include "exchange/JsonText.h"

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {
bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}
} // namespace

void IndentedText::append(QByteArrayView utf8)
{
    for (const char c : utf8) {
        if (std::exchange(m_heldReturn, false) && c != '\n')
            appendControl('\r');
        if (std::exchange(m_heldC2, false)) {
            // U+0080 to U+009F are control characters to a terminal, too.
            if (static_cast<unsigned char>(c) < 0xa0) {
                appendControl(c);
                continue;
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
        } else if (isControl(c) && c != '\t') {
            appendControl(c);
        } else {
            m_out += c;
        }
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
    m_out += '\n';
    m_out.append(m_indent, ' ');
    for (int shift = 24; shift >= 0; shift -= 8) {
        const auto byte = static_cast<char>((m_offset >> shift) & 0xff);
        appendHex(m_out, QByteArrayView(&byte, 1));
    }
    for (qsizetype i = 0; i < LineSize; ++i) {
        m_out += i % 8 == 0 ? "  " : " ";
        if (i < line.size())
            appendHex(m_out, line.sliced(i, 1));
        else
            m_out += "  ";
    }
    m_out += "  |";
    for (const char c : line)
        m_out += isControl(c) || static_cast<unsigned char>(c) >= 0x80 ? '.' : c;
    m_out += '|';
    m_offset += line.size();
}

} // namespace sockeye
