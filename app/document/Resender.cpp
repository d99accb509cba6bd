#include "document/Resender.h"

#include "reading/CaptureLoader.h"

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

constexpr qsizetype MaxAtOnce = 256;
constexpr qint64 MaxBytesAtOnce = 8 * 1024 * 1024;

Opcode opcodeOf(EntryKind kind)
{
    switch (kind) {
    case EntryKind::Binary:
        return Opcode::Binary;
    case EntryKind::Ping:
        return Opcode::Ping;
    case EntryKind::Pong:
        return Opcode::Pong;
    default:
        return Opcode::Text;
    }
}

} // namespace

Resender::Resender(CaptureLoader &loader, Send send, std::function<qint64()> sentSoFar)
    : m_loader(loader)
    , m_send(std::move(send))
    , m_sentSoFar(std::move(sentSoFar))
{
}

bool Resender::isSendable(EntryKind kind)
{
    return kind == EntryKind::Text || kind == EntryKind::Binary || kind == EntryKind::Ping || kind == EntryKind::Pong;
}

void Resender::start(const QList<EntryId> &ids)
{
    m_ids += ids;
    // Those that were begun go first.
    if (!std::exchange(m_isRunning, true))
        read();
}

void Resender::read()
{
    const QList<EntryId> ids = m_ids.sliced(m_next, std::min(MaxAtOnce, m_ids.size() - m_next));
    const auto work = [ids](const CaptureReader &capture) {
        Batch batch;
        qint64 bytes = 0;
        for (const EntryId id : ids) {
            const auto entry = capture.entry(id);
            if (!entry) {
                batch.problem = entry.message();
                break;
            }
            // A message that is large by itself goes alone.
            if (bytes > 0 && bytes + entry.value().size > MaxBytesAtOnce)
                break;
            ++batch.looked;
            if (!isSendable(entry.value().kind)) {
                ++batch.skipped;
                continue;
            }
            auto payload = capture.payload(id);
            if (!payload) {
                batch.problem = payload.message();
                break;
            }
            Outgoing outgoing;
            outgoing.opcode = opcodeOf(entry.value().kind);
            outgoing.payload = std::move(payload).value();
            bytes += outgoing.payload.size();
            batch.messages.append(std::move(outgoing));
        }
        return batch;
    };
    m_loader.read(this, work, [this](const Batch &batch) { take(batch); });
}

void Resender::take(const Batch &batch)
{
    if (!m_isRunning)
        return;
    m_goal = m_sentSoFar();
    for (const Outgoing &message : batch.messages) {
        const Result<> sent = m_send(message);
        if (!sent)
            return end(sent.error().message);
        ++m_sent;
        m_goal += message.opcode == Opcode::Text || message.opcode == Opcode::Binary ? 1 : 0;
    }
    if (!batch.problem.isEmpty())
        return end(batch.problem);
    m_skipped += batch.skipped;
    m_next += batch.looked;
    if (m_next >= m_ids.size())
        return end();
    m_isWaiting = true;
    goOn(true);
}

void Resender::goOn(bool isOpen)
{
    if (!m_isRunning)
        return;
    if (!isOpen)
        return end(tr("The connection ended before everything was sent again."));
    if (!m_isWaiting || m_sentSoFar() < m_goal)
        return;
    m_isWaiting = false;
    read();
}

void Resender::end(const QString &problem)
{
    m_isRunning = false;
    if (!problem.isEmpty())
        Q_EMIT failed(problem);
    Q_EMIT finished(m_sent, m_skipped);
}

} // namespace sockeye
