#include "wire/ChunkedBody.h"

#include <algorithm>

namespace sockeye {

namespace {
/// More hexadecimal digits than any size can have that fits 63 bits.
constexpr int MaxDigits = 15;

int hexValue(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    const char lower = static_cast<char>(byte | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}
} // namespace

ChunkedBody::Status ChunkedBody::feed(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && status() == Status::NeedsMore) {
        if (m_expects != Expects::Data) {
            take(bytes.front());
            bytes = bytes.sliced(1);
            continue;
        }
        const qsizetype size = static_cast<qsizetype>(std::min<qint64>(m_size, bytes.size()));
        m_content.append(bytes.first(size));
        bytes = bytes.sliced(size);
        m_size -= size;
        if (m_size == 0)
            m_expects = Expects::EndOfData;
    }
    return status();
}

ChunkedBody::Status ChunkedBody::status() const
{
    if (m_expects == Expects::Nothing)
        return Status::Complete;
    return m_expects == Expects::Malformed ? Status::Malformed : Status::NeedsMore;
}

void ChunkedBody::take(char byte)
{
    switch (m_expects) {
    case Expects::Size:
        takeSize(byte);
        break;
    case Expects::EndOfSize:
        if (byte == '\n')
            m_expects = m_size > 0 ? Expects::Data : Expects::Trailer;
        break;
    case Expects::EndOfData:
        if (byte == '\n') {
            m_expects = Expects::Size;
            m_digits = 0;
        } else if (byte != '\r') {
            m_expects = Expects::Malformed;
        }
        break;
    case Expects::Trailer:
        takeTrailer(byte);
        break;
    case Expects::Data:
    case Expects::Nothing:
    case Expects::Malformed:
        break;
    }
}

void ChunkedBody::takeSize(char byte)
{
    if (const int digit = hexValue(byte); digit >= 0 && m_digits < MaxDigits) {
        m_size = 16 * m_size + digit;
        ++m_digits;
        return;
    }
    // A ";" begins an extension; some servers fill up with blanks.
    const bool isEnd = byte == '\r' || byte == '\n' || byte == ';' || byte == ' ' || byte == '\t';
    if (m_digits == 0 || !isEnd) {
        m_expects = Expects::Malformed;
        return;
    }
    m_expects = Expects::EndOfSize;
    take(byte);
}

void ChunkedBody::takeTrailer(char byte)
{
    if (byte == '\n') {
        if (m_lineSize == 0)
            m_expects = Expects::Nothing;
        m_lineSize = 0;
    } else if (byte != '\r') {
        ++m_lineSize;
    }
}

bool isChunked(const HttpHead &head)
{
    const QList<QByteArray> codings = head.tokens("Transfer-Encoding");
    return std::any_of(codings.begin(), codings.end(),
                       [](const QByteArray &coding) { return coding.compare("chunked", Qt::CaseInsensitive) == 0; });
}

QByteArray bodyContent(const HttpHead &head, const QByteArray &body)
{
    if (!isChunked(head))
        return body;
    ChunkedBody chunks;
    return chunks.feed(body) == ChunkedBody::Status::Malformed ? body : chunks.content();
}

} // namespace sockeye
