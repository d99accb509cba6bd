#include "document/LiveCapture.h"

#include "base/OpenFiles.h"
#include "document/Recording.h"
#include "document/RecordingCloser.h"
#include "endpoint/EndpointCheck.h"
#include "library/CaptureLibrary.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

namespace sockeye {

LiveCapture::LiveCapture(const CaptureLibrary &library, const Clock &clock, RecordingCloser &closer, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_clock(clock)
    , m_closer(closer)
{
}

LiveCapture::~LiveCapture()
{
    if (!m_recording)
        return;
    m_recording->session().disconnect(this);
    m_closer.take(std::move(m_recording));
}

Result<> LiveCapture::connectTo(const Endpoint &endpoint, const Session::Options &options)
{
    // Before a file is made for it.
    if (const Result<> checked = checkEndpoint(endpoint); !checked)
        return checked;
    if (const Result<> checked = checkEndpointFiles(endpoint); !checked)
        return checked;
    if (!m_recording) {
        Result<OpenFilesShare> files = OpenFilesShare::take(Recording::Files);
        if (!files)
            return files.error();
        m_files = std::move(files).value();
        if (const Result<> begun = begin(endpoint.url); !begun)
            return begun;
    }
    return m_recording->session().open(endpoint, options);
}

Result<> LiveCapture::send(const Outgoing &message)
{
    if (!m_recording)
        return Error{tr("There is no open connection to send on. Connect first.")};
    return m_recording->session().send(message);
}

void LiveCapture::close(quint16 code, const QString &reason)
{
    if (isActive())
        m_recording->session().close(code, reason);
}

void LiveCapture::abort()
{
    if (isActive())
        m_recording->session().abort();
}

void LiveCapture::retryNow()
{
    if (isWaiting())
        m_recording->session().retryNow();
}

const SessionStatus &LiveCapture::status() const
{
    static const SessionStatus idle;
    return m_recording ? m_recording->session().status() : idle;
}

Result<> LiveCapture::begin(const QString &url)
{
    const Result<QString> path = newPath(url);
    if (!path)
        return path.error();
    m_recording = std::make_unique<Recording>(path.value(), m_clock, m_limits);
    connect(&m_recording->session(), &Session::statusChanged, this, &LiveCapture::statusChanged);
    connect(&m_recording->session(), &Session::opened, this, &LiveCapture::opened);
    Q_EMIT begun();
    return {};
}

Result<QString> LiveCapture::newPath(const QString &url)
{
    const QDateTime now = QDateTime::currentDateTime();
    Result<QString> path = m_library.newPath(url, now);
    if (path)
        return path;
    // Whoever debugs a connection wants to see it, wherever it is kept.
    Result<QString> elsewhere = CaptureLibrary::newTemporaryPath(url, now);
    if (!elsewhere)
        return path;
    const QString folder = QDir::toNativeSeparators(QFileInfo(elsewhere.value()).path());
    Q_EMIT recordedElsewhere(
        tr("%1 This session is recorded into %2 instead. Save it (Ctrl+S) to keep it.").arg(path.message(), folder));
    return elsewhere;
}

} // namespace sockeye
