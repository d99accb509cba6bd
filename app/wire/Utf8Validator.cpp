#include "wire/Utf8Validator.h"

#include <cstring>

namespace sockeye {

namespace {

const quint8 *skipAscii(const quint8 *at, const quint8 *end)
{
    for (quint64 word; end - at >= static_cast<qsizetype>(sizeof word); at += sizeof word) {
        std::memcpy(&word, at, sizeof word);
        if ((word & 0x8080808080808080ULL) != 0)
            break;
    }
    while (at != end && *at < 0x80)
        ++at;
    return at;
}

} // namespace

// RFC 3629 section 4, where the second byte's range depends on the first:
//
//     C2-DF 80-BF            E0 A0-BF 80-BF         F0 90-BF 80-BF 80-BF
//                            E1-EC 80-BF 80-BF      F1-F3 80-BF 80-BF 80-BF
//                            ED 80-9F 80-BF         F4 80-8F 80-BF 80-BF
//                            EE-EF 80-BF 80-BF
bool Utf8Validator::beginCharacter(quint8 lead)
{
    if (lead < 0xc2 || lead > 0xf4)
        return false;
    m_pending = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    m_low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    m_high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return true;
}

bool Utf8Validator::continueCharacter(quint8 byte)
{
    if (byte < m_low || byte > m_high)
        return false;
    --m_pending;
    m_low = 0x80;
    m_high = 0xbf;
    return true;
}

bool Utf8Validator::feed(QByteArrayView bytes)
{
    if (m_error >= 0)
        return false;
    const auto *const begin = reinterpret_cast<const quint8 *>(bytes.data());
    const quint8 *const end = begin + bytes.size();
    const quint8 *at = begin;
    for (; at != end; ++at) {
        if (m_pending == 0) {
            at = skipAscii(at, end);
            if (at == end)
                break;
            m_characterStart = m_position + (at - begin);
        }
        if (!(m_pending == 0 ? beginCharacter(*at) : continueCharacter(*at))) {
            m_error = m_position + (at - begin);
            return false;
        }
    }
    m_position += bytes.size();
    return true;
}

void Utf8Validator::reset()
{
    *this = Utf8Validator();
}

} // namespace sockeye
