#pragma once

#include <QByteArrayView>

namespace sockeye {

/// Checks UTF-8 (RFC 3629) as it comes, across any split, and fails at the first byte that cannot be part of valid text
/// (so a bad message can be refused before its end). Runs of ASCII are skipped eight bytes at a time.
class Utf8Validator final
{
public:
    /// Checks the next bytes; false once the text is invalid.
    bool feed(QByteArrayView bytes);
    /// Whether the text may end here: valid and not inside a character.
    [[nodiscard]] bool isComplete() const { return m_error < 0 && m_pending == 0; }
    /// The offset of the first bad byte, or -1.
    [[nodiscard]] qint64 errorOffset() const { return m_error; }
    /// Where the character begins that the bytes so far end within, or -1: the place to name when the text stops there.
    [[nodiscard]] qint64 unfinishedOffset() const { return m_error < 0 && m_pending > 0 ? m_characterStart : -1; }
    void reset();

private:
    bool beginCharacter(quint8 lead);
    bool continueCharacter(quint8 byte);

    qint64 m_position = 0;
    qint64 m_error = -1;
    qint64 m_characterStart = 0;
    int m_pending = 0;
    /// The range of the next byte of the character.
    quint8 m_low = 0x80;
    quint8 m_high = 0xbf;
};

} // namespace sockeye
