#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sockeye {

/// Text for a terminal or a ticket, appended in parts of whole characters: lines after the first are indented, control
/// characters written as \x1b and \u202e. Keeps what it must know from one part to the next.
class IndentedText final
{
public:
    IndentedText(QByteArray &out, int indent)
        : m_out(out)
        , m_indent(indent)
    {
    }

    void append(QByteArrayView utf8);
    /// Writes out what was held back for the next part.
    void end();

private:
    void appendControl(char32_t c);

    QByteArray &m_out;
    int m_indent;
    /// A CR that may belong to the LF of the next part.
    bool m_heldReturn = false;
};

/// Lines of a hex dump, 16 bytes each, appended in parts of any length:
///
///     00000000  00 ff 10 41                                      |...A|
class HexDump final
{
public:
    HexDump(QByteArray &out, int indent)
        : m_out(out)
        , m_indent(indent)
    {
    }

    void append(QByteArrayView bytes);
    /// Writes out the last, shorter line.
    void end();

private:
    static constexpr qsizetype LineSize = 16;

    void appendLine(QByteArrayView line);

    QByteArray &m_out;
    int m_indent;
    qint64 m_offset = 0;
    QByteArray m_rest;
};

} // namespace sockeye
