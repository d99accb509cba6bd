#include "connection/SessionFixture.h"

#include "connection/InboundFrames.h"
#include "wire/FrameDecoder.h"
#include "wire/FrameEncoder.h"

#include <QTest>

namespace sockeye::test {

SessionFixture::SessionFixture(CaptureWriter::Limits limits)
{
    auto created = CaptureWriter::create(m_directory.filePath(QStringLiteral("session.sockeye")), limits);
    if (!created)
        qFatal("%s", qPrintable(created.message()));
    writer = std::move(created).value();
    session = std::make_unique<Session>(*writer, m_clock);
}

SessionFixture::~SessionFixture()
{
    session.reset();
}

Endpoint SessionFixture::endpoint() const
{
    Endpoint endpoint;
    endpoint.url = server.url();
    return endpoint;
}

bool SessionFixture::open(Session::Options options)
{
    return open(endpoint(), options);
}

bool SessionFixture::open(const Endpoint &endpoint, Session::Options options)
{
    if (!session->open(endpoint, options))
        return false;
    return QTest::qWaitFor([this] { return session->status().state == SessionStatus::State::Open; }, 5000);
}

bool SessionFixture::waitClosed()
{
    return QTest::qWaitFor([this] { return session->status().state == SessionStatus::State::Closed; }, 10'000);
}

bool SessionFixture::worksAgain()
{
    server.behave();
    if (!open() || !session->send({Opcode::Text, "again"}))
        return false;
    server.send(serverFrame(Opcode::Text, "and again"));
    const bool heard = QTest::qWaitFor(
        [this] { return session->status().messagesIn == 1 && decodeFrames(server.received()).size() == 1; }, 10'000);
    session->abort();
    return heard && waitClosed() && session->status().endKind == EndKind::Aborted;
}

CaptureReader &SessionFixture::reader()
{
    writer->flush();
    if (!m_reader) {
        auto opened = CaptureReader::open(writer->path());
        if (!opened)
            qFatal("%s", qPrintable(opened.message()));
        m_reader = std::move(opened).value();
    }
    return *m_reader;
}

QList<Entry> SessionFixture::entries()
{
    return reader().entries(EntryId(1), 1'000'000).value();
}

QList<Entry> SessionFixture::messages()
{
    QList<Entry> all = entries();
    all.removeIf([](const Entry &entry) { return entry.kind == EntryKind::Event; });
    return all;
}

ConnectionRecord SessionFixture::record(qint64 id)
{
    return reader().connection(ConnectionId(id)).value();
}

QByteArray SessionFixture::payload(const Entry &entry)
{
    return reader().payload(entry.id).value();
}

FrameHeaders SessionFixture::frames(const Entry &entry)
{
    return reader().frames(entry.id).value();
}

Findings SessionFixture::findings(const Entry &entry)
{
    return reader().findings(entry.id).value();
}

QStringList SessionFixture::brokenRules()
{
    QStringList rules;
    for (const Entry &entry : messages()) {
        if (entry.findingCount == 0)
            continue;
        for (const Finding &finding : findings(entry)) {
            if (finding.rule != notProcessed().rule)
                rules += finding.rule;
        }
    }
    return rules;
}

QList<QByteArray> SessionFixture::unprocessed()
{
    QList<QByteArray> payloads;
    for (const Entry &entry : messages()) {
        if (entry.findingCount == 1 && findings(entry).constFirst() == notProcessed())
            payloads += payload(entry);
    }
    return payloads;
}

QStringList SessionFixture::failedChecks(qint64 id)
{
    QStringList rules;
    for (const HandshakeCheck &check : record(id).checks) {
        if (!check.passed && !check.isRemark())
            rules += check.rule;
    }
    return rules;
}

QStringList SessionFixture::remarks(qint64 id)
{
    QStringList rules;
    for (const HandshakeCheck &check : record(id).checks) {
        if (check.isRemark())
            rules += check.rule;
    }
    return rules;
}

QByteArray serverFrame(Opcode opcode, QByteArrayView payload, bool fin, quint8 rsv)
{
    return encodeFrame({.fin = fin, .rsv = rsv, .opcode = opcode, .maskKey = std::nullopt}, payload);
}

int closeCodeIn(const QByteArray &bytes)
{
    const QList<Frame> frames = decodeFrames(bytes);
    const auto close = std::find_if(frames.cbegin(), frames.cend(),
                                    [](const Frame &frame) { return frame.header.opcode == Opcode::Close; });
    return close == frames.cend() ? 0 : parseCloseBody(close->payload).code;
}

QList<Frame> decodeFrames(const QByteArray &bytes)
{
    FrameDecoder decoder;
    QByteArrayView input = bytes;
    QList<Frame> frames;
    Frame frame;
    while (decoder.next(input, frame))
        frames += frame;
    return frames;
}

} // namespace sockeye::test
