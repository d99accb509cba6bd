#include "integration/LibraryTalk.h"

#include "reading/CaptureReader.h"
#include "support/Patience.h"
#include "wire/CloseCode.h"

#include <QJsonDocument>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace sockeye::test {

LibraryTalk::LibraryTalk()
{
    Session &session = m_live.session();
    QObject::connect(&session, &Session::opened, &m_loop, [this] {
        tell({{u"opened"_s, m_live.status().subprotocol}});
    });
    QObject::connect(&session, &Session::statusChanged, &m_loop, [this] { handOver(); });
    QObject::connect(&session, &Session::closed, &m_loop, [this] {
        handOver();
        const SessionStatus &status = m_live.status();
        const bool isClean = status.endKind == EndKind::Clean;
        tell({{u"closed"_s, isClean ? status.closeCode : CloseCode::Abnormal}, {u"reason"_s, status.closeReason}});
    });
    QObject::connect(&m_library, &QProcess::readyReadStandardOutput, &m_loop, [this] { readLines(); });
    QObject::connect(&m_library, &QProcess::finished, &m_loop, [this] {
        readLines();
        if (!m_isDone)
            fail(u"it ended too early"_s);
    });
    QObject::connect(&m_library, &QProcess::errorOccurred, &m_loop,
                     [this] { fail(u"it cannot be run: "_s + m_library.errorString()); });
}

LibraryTalk::~LibraryTalk()
{
    m_library.disconnect(&m_loop);
    if (m_library.state() != QProcess::NotRunning) {
        m_library.kill();
        m_library.waitForFinished();
    }
}

bool LibraryTalk::run(const PeerCommand &command, const QStringList &arguments)
{
    QTimer::singleShot(Patience, &m_loop, [this] { fail(u"it takes too long"_s); });
    m_library.setProcessEnvironment(command.environment);
    m_library.start(command.program, command.arguments + arguments);
    if (!m_isDone && m_problem.isEmpty())
        m_loop.exec();
    return m_problem.isEmpty();
}

void LibraryTalk::readLines()
{
    while (m_library.canReadLine() && !m_isDone && m_problem.isEmpty())
        obey(QJsonDocument::fromJson(m_library.readLine()).object());
}

void LibraryTalk::obey(const QJsonObject &line)
{
    if (const QJsonValue url = line.value(u"open"); url.isString()) {
        open(url.toString(), line.value(u"protocols").toArray());
    } else if (const QJsonValue text = line.value(u"text"); text.isString()) {
        send({Opcode::Text, text.toString().toUtf8()});
    } else if (const QJsonValue hex = line.value(u"hex"); hex.isString()) {
        send({Opcode::Binary, QByteArray::fromHex(hex.toString().toLatin1())});
    } else if (const QJsonValue code = line.value(u"close"); code.isDouble()) {
        m_live.session().close(static_cast<quint16>(code.toInt()), line.value(u"reason").toString());
    } else if (const QJsonValue got = line.value(u"got"); got.isArray()) {
        m_got += QString::fromUtf8(QJsonDocument(got.toArray()).toJson(QJsonDocument::Compact));
    } else if (line.contains(u"done")) {
        for (const QJsonValue &request : line.value(u"requests").toArray()) {
            const QJsonValue took = request[u"took"];
            m_requests.append({request[u"by"].toString() == "client"_L1, request[u"method"].toString(),
                               took.isDouble() ? std::optional(Nanoseconds(took.toInteger())) : std::nullopt});
        }
        m_isDone = true;
        m_loop.quit();
    } else {
        fail(u"it says what nobody understands"_s);
    }
}

void LibraryTalk::open(const QString &url, const QJsonArray &protocols)
{
    Endpoint endpoint;
    endpoint.url = url;
    for (const QJsonValue &protocol : protocols)
        endpoint.subprotocols += protocol.toString();
    m_seen = 0;
    if (const Result<> opened = m_live.session().open(endpoint); !opened)
        fail(opened.message());
}

void LibraryTalk::send(const Outgoing &message)
{
    if (const Result<> sent = m_live.session().send(message); !sent)
        fail(sent.message());
}

/// Gives the library the messages that have been recorded since the last time.
void LibraryTalk::handOver()
{
    if (m_live.status().messagesIn == m_seen)
        return;
    m_seen = m_live.status().messagesIn;
    m_live.writer().flush();
    if (!m_capture) {
        auto capture = CaptureReader::open(m_live.path());
        if (!capture) {
            fail(capture.message());
            return;
        }
        m_capture = std::move(capture).value();
    }
    const EntryId last = m_live.writer().committed();
    const Result<QList<Entry>> entries = m_capture->entries(m_next, static_cast<int>(last - m_next) + 1);
    if (!entries) {
        fail(entries.message());
        return;
    }
    m_next = last + 1;
    for (const Entry &entry : entries.value()) {
        const bool isText = entry.kind == EntryKind::Text;
        if (entry.direction != Direction::In || (!isText && entry.kind != EntryKind::Binary))
            continue;
        const Result<QByteArray> payload = m_capture->payload(entry.id);
        if (!payload) {
            fail(payload.message());
            return;
        }
        if (isText)
            tell({{u"text"_s, QString::fromUtf8(payload.value())}});
        else
            tell({{u"hex"_s, QString::fromLatin1(payload.value().toHex())}});
    }
}

void LibraryTalk::tell(const QJsonObject &line)
{
    m_library.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
}

void LibraryTalk::fail(const QString &problem)
{
    if (m_isDone || !m_problem.isEmpty())
        return;
    m_problem =
        problem + u"\n"_s + m_live.status().endText + u"\n"_s + QString::fromUtf8(m_library.readAllStandardError());
    m_loop.quit();
}

Result<Recorded> LibraryTalk::finish()
{
    m_capture.reset();
    return m_live.finish();
}

} // namespace sockeye::test
