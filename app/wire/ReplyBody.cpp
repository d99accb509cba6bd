#include "wire/ReplyBody.h"

#include <algorithm>

namespace sockeye {

namespace {
qint64 contentLength(const HttpHead &head)
{
    const auto length = head.value("Content-Length");
    bool isNumber = false;
    const qint64 number = length ? length->toLongLong(&isNumber) : -1;
    return isNumber ? number : -1;
}
} // namespace

ReplyBody::ReplyBody(const HttpHead &head)
    : m_expected(contentLength(head))
{
    if (isChunked(head))
        m_chunks.emplace();
    m_isComplete = head.status() < 200 || head.status() == 204 || m_expected == 0;
}

void ReplyBody::feed(QByteArrayView bytes)
{
    if (m_isComplete)
        return;
    const QByteArrayView kept = bytes.first(std::min(bytes.size(), Limit - m_bytes.size()));
    m_bytes.append(kept);
    const bool hasLength = m_expected >= 0 && m_bytes.size() >= m_expected;
    const bool hasLastChunk = m_chunks && m_chunks->feed(kept) == ChunkedBody::Status::Complete;
    m_isComplete = m_bytes.size() >= Limit || hasLength || hasLastChunk;
}

} // namespace sockeye
