#include "document/LiveCapture.h"

#include "base/OpenFiles.h"
#include "document/Recording.h"
#include "document/RecordingCloser.h"
#include "endpoint/EndpointCheck.h"
#include "library/CaptureLibrary.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <utility>

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
    leave();
}

Result<> LiveCapture::connectTo(const Endpoint &endpoint, const Session::Options &options, Into into)
{
    // Before a file is made for it.
    if (const Result<> checked = checkEndpoint(endpoint); !checked)
        return checked;
    if (const Result<> checked = checkEndpointFiles(endpoint); !checked)
        return checked;
    if (!m_recording || into == Into::NewCapture) {
        if (const Result<> begun = begin(endpoint.url); !begun)
            return begun;
    } else if (isWaiting()) {
        m_recording->session().close();
    } else if (isActive()) {
        m_next = Next{endpoint, options};
        // Asked for twice it would not wait for the peer's answer.
        if (status().state != SessionStatus::State::Closing)
            m_recording->session().close();
        return {};
    }
    m_next.reset();
    return dial(endpoint, options);
}

Result<> LiveCapture::send(const Outgoing &message)
{
    if (!m_recording)
        return Error{tr("There is no open connection to send on. Connect first.")};
    return m_recording->session().send(message);
}

void LiveCapture::close(quint16 code, const QString &reason)
{
    m_next.reset();
    if (isActive())
        m_recording->session().close(code, reason);
}

void LiveCapture::abort()
{
    m_next.reset();
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

/// What can fail comes first: until then the recording that there is goes on.
Result<> LiveCapture::begin(const QString &url)
{
    Result<OpenFilesShare> files = OpenFilesShare::take(Recording::Files);
    if (!files)
        return files.error();
    const Result<QString> path = newPath(url);
    if (!path)
        return path.error();
    if (m_recording) {
        Q_EMIT aboutToLeave();
        leave();
    }
    m_files = std::move(files).value();
    m_recording = std::make_unique<Recording>(path.value(), m_clock, m_limits);
    connect(&m_recording->session(), &Session::statusChanged, this, &LiveCapture::statusChanged);
    connect(&m_recording->session(), &Session::opened, this, &LiveCapture::opened);
    // Queued: the session is not done with the connection that it tells of.
    connect(&m_recording->session(), &Session::closed, this, &LiveCapture::takeClosed, Qt::QueuedConnection);
    Q_EMIT begun();
    return {};
}

void LiveCapture::leave()
{
    if (!m_recording)
        return;
    m_recording->session().disconnect(this);
    m_closer.take(std::move(m_recording));
}

Result<> LiveCapture::dial(const Endpoint &endpoint, const Session::Options &options)
{
    // Before the session tells of the connection that it begins.
    const QString before = std::exchange(m_url, endpoint.url);
    const Result<> opened = m_recording->session().open(endpoint, options);
    if (!opened)
        m_url = before;
    return opened;
}

void LiveCapture::takeClosed()
{
    if (!m_next || isActive())
        return;
    const Next next = *std::exchange(m_next, std::nullopt);
    if (const Result<> opened = dial(next.endpoint, next.options); !opened)
        Q_EMIT failed(opened.message());
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
