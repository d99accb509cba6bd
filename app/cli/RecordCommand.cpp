#include "cli/RecordCommand.h"

#include "base/Paths.h"
#include "base/Units.h"
#include "cli/Interrupt.h"
#include "cli/RecordOptions.h"
#include "cli/Terminal.h"
#include "document/Recording.h"
#include "endpoint/UrlParser.h"
#include "exchange/JsonText.h"
#include "library/CaptureLibrary.h"
#include "reading/CaptureReader.h"
#include "record/EntryText.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

namespace sockeye::cli {

namespace {
constexpr int PrintBatch = 1024;

/// One recording from start to end. Reads back from the capture what it prints, as the window does.
class Recorder final : public QObject
{
    Q_OBJECT

public:
    Recorder(RecordOptions options, std::unique_ptr<Recording> recording);

    void start();

private:
    void sendMessages();
    void stop();
    void printCommitted();
    void finish();
    [[nodiscard]] int exitCode(bool isWritten) const;
    [[nodiscard]] QString stateName() const;
    [[nodiscard]] QString shownUrl() const;
    void printJson() const;

    RecordOptions m_options;
    std::unique_ptr<Recording> m_recording;
    Session &m_session;
    std::unique_ptr<CaptureReader> m_reader;
    Interrupt m_interrupt;
    QTimer m_duration;
    EntryId m_printed;
    QString m_writeError;
    bool m_stopping = false;
};

Recorder::Recorder(RecordOptions options, std::unique_ptr<Recording> recording)
    : m_options(std::move(options))
    , m_recording(std::move(recording))
    , m_session(m_recording->session())
{
    m_duration.setSingleShot(true);
    // A coarse timer may fire one twentieth early: "--for 1" means a whole second.
    m_duration.setTimerType(Qt::PreciseTimer);
    connect(&m_duration, &QTimer::timeout, this, &Recorder::stop);
    connect(&m_interrupt, &Interrupt::interrupted, this, &Recorder::stop);
    connect(m_recording.get(), &Recording::advanced, this, &Recorder::printCommitted);
    connect(m_recording.get(), &Recording::failed, this, [this](const QString &message) {
        m_writeError = message;
        Terminal::error(message);
    });
    connect(&m_session, &Session::opened, this, &Recorder::sendMessages);
    connect(&m_session, &Session::closed, this, &Recorder::finish);
}

void Recorder::start()
{
    if (const auto opened = m_session.open(m_options.endpoint, m_options.session); !opened) {
        Terminal::error(opened.message());
        const auto finished = m_recording->finish();
        if (!finished)
            Terminal::error(finished.message());
        QCoreApplication::exit(Usage);
    }
}

void Recorder::sendMessages()
{
    // It may be open again, after a reconnect.
    if (m_options.duration && !m_duration.isActive())
        m_duration.start(*m_options.duration);
    for (const Outgoing &message : std::as_const(m_options.messages)) {
        if (const auto sent = m_session.send(message); !sent)
            Terminal::error(sent.message());
    }
}

/// The first time in order, the second time at once.
void Recorder::stop()
{
    if (std::exchange(m_stopping, true))
        m_session.abort();
    else
        m_session.close();
}

void Recorder::printCommitted()
{
    if (m_options.quiet)
        return;
    if (!m_reader) {
        auto reader = CaptureReader::open(m_recording->path());
        if (!reader)
            return;
        m_reader = std::move(reader).value();
    }
    const EntryId last = m_recording->committed();
    while (m_printed < last) {
        const auto entries =
            m_reader->entries(m_printed + 1, static_cast<int>(std::min<qint64>(PrintBatch, last - m_printed)));
        if (!entries || entries.value().isEmpty())
            return;
        for (const Entry &entry : entries.value()) {
            Terminal::print(
                QStringLiteral("%1  %2 %3  %4  %5")
                    .arg(toLocalTimeOfDay(entry.time), directionArrow(entry.direction),
                         QString(kindName(entry.kind)).leftJustified(6),
                         (entry.kind == EntryKind::Event ? QString() : sizeText(entry.size)).rightJustified(8),
                         previewText(entry)));
        }
        m_printed = entries.value().constLast().id;
    }
    Terminal::flush();
}

void Recorder::finish()
{
    m_recording->flush();
    printCommitted();
    m_reader.reset();
    const EntryId last = m_recording->committed();
    const auto finished = m_recording->finish();
    if (!finished && m_writeError.isEmpty()) {
        m_writeError = finished.message();
        Terminal::error(m_writeError);
    }
    const SessionStatus &status = m_session.status();
    if (exitCode(true) != Success && !m_stopping)
        Terminal::error(status.endText);
    if (!m_options.quiet)
        Terminal::print((last.value() == 1 ? tr("%1 entry recorded in %2") : tr("%1 entries recorded in %2"))
                            .arg(countText(last.value()), QDir::toNativeSeparators(m_recording->path())));
    if (m_options.json)
        printJson();
    Terminal::flush();
    QCoreApplication::exit(exitCode(m_writeError.isEmpty()));
}

int Recorder::exitCode(bool isWritten) const
{
    if (!isWritten)
        return NotWritten;
    const SessionStatus &status = m_session.status();
    const bool limitReached = m_stopping || (m_options.session.closeAfterMessages > 0 &&
                                             m_session.total().messagesIn >= m_options.session.closeAfterMessages);
    switch (status.endKind) {
    case EndKind::Clean:
    case EndKind::Live:
        return Success;
    case EndKind::ConnectFailed:
    case EndKind::HandshakeFailed:
        return NotConnected;
    case EndKind::RuleBroken:
        return Broken;
    case EndKind::Aborted:
        return status.handshake.count() < 0 ? NotConnected : Success;
    case EndKind::Dropped:
    case EndKind::CloseTimeout:
        return limitReached ? Success : Broken;
    }
    return Broken;
}

QString Recorder::stateName() const
{
    switch (m_session.status().endKind) {
    case EndKind::Clean:
        return QStringLiteral("closed");
    case EndKind::ConnectFailed:
        return QStringLiteral("connect-failed");
    case EndKind::HandshakeFailed:
        return QStringLiteral("handshake-failed");
    case EndKind::RuleBroken:
        return QStringLiteral("rule-broken");
    case EndKind::CloseTimeout:
        return QStringLiteral("close-timeout");
    case EndKind::Aborted:
        return QStringLiteral("aborted");
    default:
        return QStringLiteral("dropped");
    }
}

/// As the capture has it: what is printed goes into logs.
QString Recorder::shownUrl() const
{
    const auto url = parseUrl(m_options.endpoint.url);
    return url ? url->shown() : QString();
}

void Recorder::printJson() const
{
    const SessionStatus &status = m_session.status();
    const Traffic total = m_session.total();
    // Null where nothing had an end, or nothing had crossed the wire.
    QJsonValue codeFrom;
    QJsonValue silent;
    if (status.end) {
        if (const auto from = closeCodeFrom(status.endKind, status.closeCode, *status.end))
            codeFrom = *from == Direction::In ? QStringLiteral("peer") : QStringLiteral("us");
        if (const Nanoseconds time = silentBefore(*status.end, status.ended); time.count() >= 0)
            silent = std::chrono::duration<double>(time).count();
    }
    const QJsonObject object{{QStringLiteral("url"), shownUrl()},
                             {QStringLiteral("state"), stateName()},
                             {QStringLiteral("code"), status.closeCode},
                             {QStringLiteral("code_from"), codeFrom},
                             {QStringLiteral("reason"), status.closeReason},
                             {QStringLiteral("end"), status.endText},
                             {QStringLiteral("silent_seconds"), silent},
                             {QStringLiteral("entries"), m_recording->committed().value()},
                             {QStringLiteral("messages_in"), total.messagesIn},
                             {QStringLiteral("messages_out"), total.messagesOut},
                             {QStringLiteral("bytes_in"), total.bytesIn},
                             {QStringLiteral("bytes_out"), total.bytesOut},
                             {QStringLiteral("findings"), total.findings},
                             {QStringLiteral("capture"), m_recording->path()}};
    Terminal::printBytes(withEscapedControls(QJsonDocument(object).toJson(QJsonDocument::Compact)) + '\n');
}

Result<QString> outputPath(const RecordOptions &options)
{
    if (!options.output.isEmpty())
        return QDir::current().absoluteFilePath(options.output);
    return CaptureLibrary(paths::captures()).newPath(options.endpoint.url, QDateTime::currentDateTime());
}
} // namespace

int runRecord(const QStringList &arguments)
{
    auto parsed = parseRecordOptions(arguments);
    if (const int *code = std::get_if<int>(&parsed))
        return *code;
    auto options = std::get<RecordOptions>(std::move(parsed));
    const auto path = outputPath(options);
    if (!path) {
        Terminal::error(path.message());
        return NotWritten;
    }
    const SystemClock clock;
    // A command that could record nothing does not connect.
    auto recording = Recording::create(path.value(), clock);
    if (!recording) {
        Terminal::error(recording.message());
        return NotWritten;
    }
    Recorder recorder(std::move(options), std::move(recording).value());
    QMetaObject::invokeMethod(&recorder, &Recorder::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace sockeye::cli

#include "RecordCommand.moc"
