#include "widgets/tab/ConnectionTab.h"

#include "reading/AnnotationFile.h"
#include "reading/Annotations.h"
#include "reading/CaptureLoader.h"
#include "document/CaptureMerge.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/controls/Banner.h"
#include "widgets/tab/RecordingTrouble.h"
#include "library/Settings.h"
#include "widgets/tab/StatusLine.h"
#include "widgets/composer/Composer.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/log/LogCommands.h"
#include "widgets/log/LogView.h"
#include "widgets/log/MarkerStrip.h"
#include "widgets/timeline/Timeline.h"
#include "widgets/timeline/TimelineLink.h"

#include <QClipboard>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

/// "localhost:9001/echo": a URL without what all of them have.
QString shortUrl(const QString &url)
{
    const qsizetype scheme = url.indexOf(u"://"_s);
    QString rest = scheme < 0 ? url : url.sliced(scheme + 3);
    rest.truncate(std::max(qsizetype(0), rest.indexOf(u'?') < 0 ? rest.size() : rest.indexOf(u'?')));
    // Who logs in is nobody's business in a title.
    const qsizetype at = rest.lastIndexOf(u'@', rest.indexOf(u'/'));
    if (at >= 0)
        rest = rest.sliced(at + 1);
    return rest.endsWith(u'/') ? rest.chopped(1) : rest;
}

} // namespace

ConnectionTab::ConnectionTab(const TabServices &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
{
    build();
    wire();
    setUpTimeline();
    m_address->setHistory(services.settings.urlHistory());
    m_composer->setPrompts(services.prompts);
    m_composer->setCanSend(false, tr("Not connected. Connect first (F5)."));
    m_log->setEmptyText(tr("Type a URL and press Connect. All that crosses the wire is listed here."));
}

ConnectionTab::~ConnectionTab()
{
    // Nobody is told of what goes with the tab: the window may be going, too.
    blockSignals(true);
    closeCapture();
}

QString ConnectionTab::title() const
{
    if (m_merge)
        return laneNames().join(u" + "_s);
    if (m_isFile)
        return QFileInfo(m_capturePath).fileName();
    if (!m_profileName.isEmpty())
        return m_profileName;
    const QString url = shortUrl(m_address->url());
    return url.isEmpty() ? tr("New connection") : url;
}

ConnectionTab::State ConnectionTab::state() const
{
    if (m_isFile)
        return State::File;
    if (!m_recording)
        return State::Idle;
    const SessionStatus &status = m_recording->session().status();
    switch (status.state) {
    case SessionStatus::State::Idle:
        break;
    case SessionStatus::State::Connecting:
    case SessionStatus::State::Waiting:
        return State::Connecting;
    case SessionStatus::State::Open:
    case SessionStatus::State::Closing:
        return State::Open;
    case SessionStatus::State::Closed:
        return status.endKind == EndKind::Clean || status.endKind == EndKind::Aborted ? State::Idle : State::Failed;
    }
    return State::Idle;
}

bool ConnectionTab::isActive() const
{
    return m_recording && m_recording->session().status().isActive();
}

bool ConnectionTab::isWaiting() const
{
    return m_recording && m_recording->session().status().state == SessionStatus::State::Waiting;
}

bool ConnectionTab::isBlank() const
{
    return m_capturePath.isEmpty() && m_address->url().isEmpty();
}

EntryQuery ConnectionTab::query() const
{
    return m_filter->query();
}

Endpoint ConnectionTab::endpoint() const
{
    Endpoint endpoint = m_endpoint;
    endpoint.url = m_address->url();
    return endpoint;
}

void ConnectionTab::setEndpoint(const Endpoint &endpoint)
{
    m_endpoint = endpoint;
    m_address->setUrl(endpoint.url);
    Q_EMIT changed();
}

void ConnectionTab::setProfile(const QString &id, const QString &name)
{
    m_profileId = id;
    m_profileName = name;
    Q_EMIT changed();
}

void ConnectionTab::openCapture(const QString &path)
{
    m_isFile = true;
    m_address->setReadOnly(true);
    m_composer->setCanSend(false, tr("This is a recorded capture. Connect opens its URL in a new tab."));
    m_log->setEmptyText({});
    showCapture(path);
    // What is over is read from its beginning.
    m_log->setFollowing(false);
    connect(m_loader.get(), &CaptureLoader::opened, this, &ConnectionTab::takeFileFacts);
    Q_EMIT changed();
}

void ConnectionTab::connectToPeer()
{
    if (m_merge)
        return;
    if (m_isFile)
        Q_EMIT connectElsewhere(endpoint());
    else
        connectWith({});
}

void ConnectionTab::connectWith(const Session::Options &options)
{
    // Who connects while the next attempt is waited for wants it now, with what the URL and the options are now.
    if (isWaiting())
        m_recording->session().close();
    if (isActive())
        return;
    m_banner->dismiss();
    const Result<> begun = begin(options);
    m_address->setInvalid(!parseUrl(m_address->url()).ok());
    if (!begun) {
        m_banner->showMessage(begun.error().message);
        return;
    }
    m_services.settings.rememberUrl(m_address->url());
    m_address->setHistory(m_services.settings.urlHistory());
}

void ConnectionTab::disconnectFromPeer()
{
    if (isActive())
        m_recording->session().close();
}

void ConnectionTab::cutOff()
{
    if (isActive())
        m_recording->session().abort();
}

void ConnectionTab::focusUrl()
{
    m_address->focusUrl();
}

void ConnectionTab::focusFilter()
{
    m_filter->focusFilter();
}

void ConnectionTab::goToNextMatch()
{
    m_filter->nextMatch();
}

void ConnectionTab::goToPreviousMatch()
{
    m_filter->previousMatch();
}

void ConnectionTab::focusMessage()
{
    m_composer->focusEditor();
}

void ConnectionTab::sendMessage()
{
    m_composer->send();
}

void ConnectionTab::copyUrl()
{
    QGuiApplication::clipboard()->setText(m_address->url());
    Q_EMIT statusText(tr("URL copied"));
}

void ConnectionTab::setPanels(bool inspector, bool composer, bool timeline)
{
    m_inspector->setVisible(inspector);
    m_composer->setVisible(composer && !m_merge);
    m_timeline->setVisible(timeline);
}

Result<QString> ConnectionTab::placeToRecord()
{
    const QDateTime now = QDateTime::currentDateTime();
    Result<QString> path = m_services.library.newPath(m_address->url(), now);
    if (path)
        return path;
    // Whoever debugs a connection wants to see it, wherever it is kept.
    Result<QString> elsewhere = CaptureLibrary::newTemporaryPath(m_address->url(), now);
    if (!elsewhere)
        return path;
    const QString folder = QDir::toNativeSeparators(QFileInfo(elsewhere.value()).path());
    m_banner->showMessage(
        tr("%1 This session is recorded into %2 instead. Save it (Ctrl+S) to keep it.").arg(path.message(), folder));
    return elsewhere;
}

Result<> ConnectionTab::begin(const Session::Options &options)
{
    // Before a file is made for it.
    if (const Result<QUrl> url = parseUrl(m_address->url()); !url)
        return url.error();
    if (!m_recording) {
        const Result<QString> path = placeToRecord();
        if (!path)
            return path.error();
        m_capturePath = path.value();
        m_recording = std::make_unique<Recording>(m_capturePath, m_services.clock);
        connect(m_recording.get(), &Recording::created, this, [this] {
            showCapture(m_recording->path());
            connect(m_recording.get(), &Recording::advanced, m_model.get(), &LogModel::advanceTo);
            connect(m_recording.get(), &Recording::advanced, m_timelineLink, &TimelineLink::advanceTo);
        });
        m_trouble = std::make_unique<RecordingTrouble>(*m_recording, *m_banner);
        connect(m_recording.get(), &Recording::connectionsChanged, this, &ConnectionTab::showHandshake);
        connect(m_recording.get(), &Recording::connectionsChanged, m_timelineLink, &TimelineLink::connectionsChanged);
        connect(m_recording.get(), &Recording::connectionsChanged, this, &ConnectionTab::suggestSoon);
        connect(&m_recording->session(), &Session::statusChanged, this, &ConnectionTab::takeStatus);
        connect(&m_recording->session(), &Session::opened, this, &ConnectionTab::takeOpened);
        m_log->setEmptyText({});
    }
    return m_recording->session().open(endpoint(), options);
}

void ConnectionTab::showCapture(const QString &path)
{
    // Of a tab that was restored: what it had recorded before goes out of sight.
    showNothing();
    m_capturePath = path;
    m_loader = std::make_unique<CaptureLoader>(path);
    m_model = std::make_unique<LogModel>(*m_loader);
    connect(m_loader.get(), &CaptureLoader::opened, m_model.get(), &LogModel::advanceTo);
    connect(m_loader.get(), &CaptureLoader::failed, m_banner, &Banner::showMessage);
    showAnnotations();
    connect(m_model.get(), &LogModel::failed, m_banner, &Banner::showMessage);
    m_log->setLogModel(m_model.get());
    m_log->markerStrip()->setSource(m_model.get(), path, m_annotations.get());
    m_commands->setCapture(m_model.get(), m_loader.get(), m_annotations.get());
    m_filter->setLogModel(m_model.get());
    m_timelineLink->open(path, !m_isFile || m_merge);
    m_inspector->setLoader(m_loader.get());
    suggestSoon();
    Q_EMIT captureShown();
}

void ConnectionTab::showNothing()
{
    m_inspector->setLoader(nullptr);
    m_timelineLink->close();
    m_filter->setLogModel(nullptr);
    m_filter->setConnections({});
    m_commands->setCapture(nullptr, nullptr, nullptr);
    m_log->markerStrip()->setSource(nullptr, {}, nullptr);
    m_log->setLogModel(nullptr);
    m_model.reset();
    m_annotations.reset();
    m_annotationFile.reset();
    m_loader.reset();
}

void ConnectionTab::closeCapture()
{
    showNothing();
    m_trouble.reset();
    m_merge.reset();
    if (m_recording) {
        m_recording->session().disconnect(this);
        m_services.closer.take(std::move(m_recording));
    }
}

Result<> ConnectionTab::sendOut(const Outgoing &message)
{
    if (!m_recording)
        return Error{tr("There is no open connection to send on. Connect first.")};
    return m_recording->session().send(message);
}

void ConnectionTab::send(const Outgoing &message)
{
    const Result<> sent = sendOut(message);
    if (!sent)
        m_composer->showError(sent.error().message);
}

void ConnectionTab::sendClose(quint16 code, const QString &reason)
{
    if (isActive())
        m_recording->session().close(code, reason);
}

void ConnectionTab::takeStatus()
{
    const SessionStatus &status = m_recording->session().status();
    m_status->showStatus(status);
    m_commands->connectionChanged(status.state == SessionStatus::State::Open);
    if (status.state == m_lastState)
        return;
    m_lastState = status.state;
    m_address->setActive(status.isActive());
    const bool open = status.state == SessionStatus::State::Open;
    m_composer->setCanSend(open, tr("Not connected. Connect first (F5)."));
    m_composer->setDeflate(status.extensions.contains(u"permessage-deflate"_s));
    m_inspector->setLenientOffered(!isActive() || isWaiting());
    offerHelp(status);
    showHandshake();
    Q_EMIT changed();
}

void ConnectionTab::takeOpened()
{
    // Whoever typed the URL and pressed Enter goes on with a message.
    if (m_address->urlHasFocus())
        m_composer->focusEditor();
}

void ConnectionTab::showHandshake()
{
    m_inspector->showConnection(m_recording->session().status().connection);
}

void ConnectionTab::takeFileFacts(EntryId last)
{
    const auto read = [](const CaptureReader &capture) { return capture.connections(); };
    m_loader->read(this, read, [this, last](const Result<QList<ConnectionRecord>> &connections) {
        CaptureFacts facts{last.value(), QFileInfo(m_capturePath).size(), {}};
        if (connections && !connections.value().isEmpty()) {
            const ConnectionRecord &record = connections.value().last();
            facts.endText = record.endText;
            m_endpoint.url = record.url;
            m_address->setUrl(record.url);
            m_inspector->showConnection(record.id);
        }
        m_status->showCapture(facts);
        Q_EMIT changed();
    });
}

} // namespace sockeye
