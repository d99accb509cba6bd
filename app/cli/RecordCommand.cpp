#include "cli/RecordCommand.h"

#include "base/OpenFiles.h"
#include "base/Paths.h"
#include "base/Units.h"
#include "cli/EntryPrinter.h"
#include "cli/Interrupt.h"
#include "cli/RecordOptions.h"
#include "cli/StandardOutput.h"
#include "cli/Terminal.h"
#include "document/Recording.h"
#include "endpoint/UrlParser.h"
#include "exchange/JsonText.h"
#include "formats/FormatSet.h"
#include "library/CaptureLibrary.h"
#include "library/Settings.h"
#include "notify/MatchWatch.h"
#include "requests/RequestDecoding.h"
#include "secrets/SecretMasker.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <cstdlib>

namespace sockeye::cli {

namespace {
/// One recording from start to end.
class Recorder final : public QObject
{
    Q_OBJECT

public:
    Recorder(RecordOptions options, std::unique_ptr<Recording> recording);

    void start();

private:
    void sendMessages();
    void stop();
    void startPrinting();
    void startWatching();
    void finish();
    void finishRecording();
    void finishPrinting(EntryId last);
    void end();
    [[nodiscard]] bool mayPrint() const { return !m_output || m_output->isOpen(); }
    [[nodiscard]] int exitCode(bool isWritten) const;
    [[nodiscard]] QString stateName() const;
    [[nodiscard]] QString shownUrl() const;
    [[nodiscard]] QString shown(const QString &text) const;
    void printJson() const;

    RecordOptions m_options;
    std::unique_ptr<Recording> m_recording;
    Session &m_session;
    // None where nothing is to be printed as it comes.
    std::unique_ptr<StandardOutput> m_output;
    std::unique_ptr<EntryPrinter> m_printer;
    /// Looks for what the recording is to end with; none without.
    std::unique_ptr<MatchWatch> m_watch;
    Interrupt m_interrupt;
    QTimer m_duration;
    QString m_writeError;
    EntryId m_printed;
    /// The last entry of all, once the session has closed.
    std::optional<EntryId> m_last;
    bool m_stopping = false;
    bool m_isFinished = false;
    bool m_hasEnded = false;
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
    connect(m_recording.get(), &Recording::failed, this, [this](const QString &message) {
        // As with --count: the capture is what was asked for.
        if (m_recording->hasReachedMaxSize()) {
            if (!m_stopping)
                stop();
            return;
        }
        m_writeError = message;
        Terminal::error(message);
    });
    connect(&m_session, &Session::opened, this, &Recorder::sendMessages);
    connect(&m_session, &Session::closed, this, &Recorder::finish);
    if (!m_options.quiet)
        startPrinting();
    if (m_options.until)
        startWatching();
}

void Recorder::startWatching()
{
    const EntryQuery query = withRequests(*m_options.until, FormatSet::make(m_options.decode));
    m_watch = std::make_unique<MatchWatch>(m_recording->path(), query, EntryId(0));
    connect(m_recording.get(), &Recording::advanced, m_watch.get(), &MatchWatch::advanceTo);
    connect(m_watch.get(), &MatchWatch::matched, this, [this] {
        // The file need not be found twice to hold what was asked for.
        m_watch->disconnect(this);
        if (!m_stopping)
            stop();
    });
    connect(m_watch.get(), &MatchWatch::failed, this, [](const QString &message) {
        Terminal::error(tr("--until cannot be looked for any more: %1 Recording goes on.").arg(message));
    });
}

void Recorder::startPrinting()
{
    m_output = std::make_unique<StandardOutput>();
    // Nobody is there to read on: as if it had been Ctrl+C.
    connect(m_output.get(), &StandardOutput::readerLeft, this, [this] {
        if (!m_stopping)
            stop();
    });
    connect(m_output.get(), &StandardOutput::failed, this, [](const QString &reason) {
        Terminal::error(tr("Standard output cannot be written to: %1. Recording goes on.").arg(reason));
    });
    m_printer = std::make_unique<EntryPrinter>(m_recording->path(), *m_output, m_options.keepSecrets);
    connect(m_recording.get(), &Recording::advanced, m_printer.get(), &EntryPrinter::printTo);
    connect(m_printer.get(), &EntryPrinter::caughtUp, this, &Recorder::finishPrinting);
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
    const bool again = std::exchange(m_stopping, true);
    if (!m_last) {
        if (again)
            m_session.abort();
        else
            m_session.close();
        return;
    }
    // What is left to print waits for its reader. The capture does not, and whoever asks twice does not either.
    finishRecording();
    if (again)
        end();
}

void Recorder::finish()
{
    m_recording->flush();
    m_last = m_recording->committed();
    if (m_stopping || !m_printer)
        finishRecording();
    if (m_printer && m_printed < *m_last)
        m_printer->printTo(*m_last);
    else
        end();
}

void Recorder::finishRecording()
{
    if (std::exchange(m_isFinished, true))
        return;
    if (m_printer)
        m_printer->releaseCapture();
    const auto finished = m_recording->finish();
    if (!finished && m_writeError.isEmpty() && !m_recording->hasReachedMaxSize()) {
        m_writeError = finished.message();
        Terminal::error(m_writeError);
    }
    if (m_printer)
        m_printer->takeCaptureAgain();
}

void Recorder::finishPrinting(EntryId last)
{
    m_printed = last;
    if (m_last && m_printed == *m_last)
        end();
}

void Recorder::end()
{
    if (std::exchange(m_hasEnded, true))
        return;
    const bool hasPrinted = !m_printer || m_printer->stop();
    finishRecording();
    const SessionStatus &status = m_session.status();
    if (exitCode(true) != Success && !m_stopping)
        Terminal::error(shown(status.endText));
    const int code = exitCode(m_writeError.isEmpty());
    // Nobody takes what is being written, nor would anybody take more.
    if (!hasPrinted)
        std::_Exit(code);
    if (mayPrint()) {
        if (!m_options.quiet)
            Terminal::print((m_last->value() == 1 ? tr("%1 entry recorded in %2") : tr("%1 entries recorded in %2"))
                                .arg(countText(m_last->value()), QDir::toNativeSeparators(m_recording->path())));
        if (m_options.json)
            printJson();
        Terminal::flush();
    }
    QCoreApplication::exit(code);
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
    if (!url)
        return {};
    return m_options.keepSecrets ? url->shown() : maskSecretsInUrl(url->shown());
}

QString Recorder::shown(const QString &text) const
{
    return m_options.keepSecrets ? text : maskSecretsInText(text);
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
                             {QStringLiteral("reason"), shown(status.closeReason)},
                             {QStringLiteral("end"), shown(status.endText)},
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
    if (const Result<> room = openfiles::checkRoom(Recording::Files); !room) {
        Terminal::error(room.message());
        return NotWritten;
    }
    const SystemClock clock;
    // A command that could record nothing does not connect.
    DiskLimits limits = Settings().diskLimits();
    limits.maxSize = options.maxSize;
    if (options.reserve)
        limits.reserve = options.reserve;
    auto recording = Recording::create(path.value(), clock, limits);
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
