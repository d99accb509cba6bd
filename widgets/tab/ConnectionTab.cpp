#include "widgets/tab/ConnectionTab.h"

#include "document/FileSource.h"
#include "document/OpenCapture.h"
#include "document/Recording.h"
#include "endpoint/EndpointCheck.h"
#include "endpoint/UrlParser.h"
#include "endpoint/UrlText.h"
#include "library/Settings.h"
#include "reading/CaptureLoader.h"
#include "secrets/SecretMasker.h"
#include "widgets/columns/LogFields.h"
#include "widgets/composer/Composer.h"
#include "widgets/controls/Banner.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/log/LogCommands.h"
#include "widgets/log/LogView.h"
#include "widgets/options/OptionsDialog.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/tab/ConnectionHelp.h"
#include "widgets/tab/RecordingTrouble.h"
#include "widgets/tab/SilenceHint.h"
#include "widgets/tab/StateWords.h"
#include "widgets/tab/StatusLine.h"
#include "widgets/timeline/Sparkline.h"
#include "widgets/timeline/Timeline.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace sockeye {
ConnectionTab::ConnectionTab(const TabServices &services, QWidget *parent)
    : DocumentTab(services, parent)
    , m_endpoint(services.settings.newEndpoint())
    , m_address(new AddressBar(this))
    , m_live(services.library, services.clock, services.closer)
{
    build(m_address);
    m_composer = new Composer(view()->footParent());
    view()->setFoot(m_composer);
    connect(view(), &CaptureView::smallChanged, m_composer, &Composer::setFolding);
    connect(m_composer, &Composer::foldChanged, view(), &CaptureView::setFootFolded);
    m_help = new ConnectionHelp(*banner(), services.prompts, this);
    m_silence = new SilenceHint(*banner(), services.clock, this);
    m_help->setPinnedKeys([this] { return m_endpoint.tls.pinnedKeys; });
    m_address->setHistory(services.settings.urlHistory());
    m_composer->setPrompts(services.prompts);
    m_composer->setCanSend(false, tr("Not connected. Connect first (F5)."));
    view()->logView()->setEmptyText(tr("Type a URL and press Connect. All that crosses the wire is listed here."));
    wire();
}

ConnectionTab::~ConnectionTab()
{
    Q_EMIT recordingLeft();
    // Nobody is told of what else goes with the tab: the window may be going, too.
    blockSignals(true);
}

QString ConnectionTab::title() const
{
    if (!name().isEmpty())
        return name();
    const QString url = maskSecretsInUrl(shortUrl(shownUrl()));
    if (!m_profileName.isEmpty()) {
        // What was recorded from elsewhere must not go by the name of the profile alone.
        const bool isElsewhere = source() && !m_profileUrl.isEmpty() && !isSameUrl(shownUrl(), m_profileUrl);
        return isElsewhere ? tr("%1 · %2").arg(m_profileName, url) : m_profileName;
    }
    return url.isEmpty() ? tr("New connection") : url;
}

QString ConnectionTab::titleUrl() const
{
    return name().isEmpty() && m_profileName.isEmpty() ? description() : QString();
}

QString ConnectionTab::description() const
{
    return maskSecretsInUrl(shownUrl());
}

QString ConnectionTab::shownUrl() const
{
    if (recording())
        return m_live.url();
    return m_restored ? m_restoredUrl : m_address->url();
}

DocumentTab::State ConnectionTab::state() const
{
    const SessionStatus &status = m_live.status();
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
        switch (status.endSeverity()) {
        case Severity::Error:
            return State::Failed;
        case Severity::Warning:
            return State::Interrupted;
        case Severity::Note:
            break;
        }
    }
    return State::Idle;
}

QString ConnectionTab::stateText() const
{
    return StateWords::of(m_live.status());
}

bool ConnectionTab::can(Need need) const
{
    switch (need) {
    case Need::Url:
    case Need::Live:
        return true;
    case Need::Idle:
    case Need::LiveIdle:
        return !isActive() || m_live.isWaiting() || m_address->isPending();
    case Need::Active:
        return isActive();
    case Need::Open:
        return state() == State::Open;
    case Need::Profile:
        return !m_profileId.isEmpty();
    case Need::Tab:
    case Need::Capture:
        break;
    }
    return DocumentTab::can(need);
}

const CaptureSource *ConnectionTab::source() const
{
    if (recording())
        return recording();
    return m_restored.get();
}

std::optional<TabState> ConnectionTab::tabState() const
{
    TabState state;
    state.endpoint = endpoint();
    state.notify = m_notify;
    state.profileId = m_profileId;
    state.name = name();
    state.capture = capturePath();
    state.wasOpen = isActive();
    view()->saveTo(state);
    state.draft = m_composer->draft();
    return state;
}

void ConnectionTab::restore(const TabState &state)
{
    setEndpoint(state.endpoint);
    setNotifyOptions(state.notify);
    setName(state.name);
    m_composer->setDraft(state.draft);
    if (!state.capture.isEmpty() && QFileInfo::exists(state.capture)) {
        m_restored = std::make_unique<FileSource>(state.capture);
        m_restoredUrl = state.endpoint.url;
        view()->logView()->setEmptyText({});
        showSource(*m_restored);
        connect(m_capture.get(), &OpenCapture::opened, this,
                [this, wasOpen = state.wasOpen](EntryId last) { takeRestoredFacts(last, wasOpen); });
    } else {
        m_help->offerReopening(state.wasOpen);
    }
    view()->restoreFrom(state);
    Q_EMIT changed();
}

bool ConnectionTab::isBlank() const
{
    return !source() && m_address->url().isEmpty();
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
    m_address->setSendInvisible(endpoint.sendInvisible);
    Q_EMIT changed();
}

void ConnectionTab::setNotifyOptions(const NotifyOptions &options)
{
    if (m_notify == options)
        return;
    m_notify = options;
    Q_EMIT changed();
}

const DecodeOptions &ConnectionTab::decodeOptions() const
{
    return view()->formats().options();
}

std::shared_ptr<const FormatSet> ConnectionTab::formats() const
{
    return view()->formats().set();
}

void ConnectionTab::setDecodeOptions(const DecodeOptions &options)
{
    view()->formats().setOptions(options);
}

ColumnOptions ConnectionTab::columnOptions() const
{
    return view()->logFields()->options();
}

void ConnectionTab::setColumnOptions(const ColumnOptions &options)
{
    view()->logFields()->setOptions(options);
}

void ConnectionTab::setProfile(const QString &id, const QString &name, const QString &url)
{
    m_profileId = id;
    m_profileUrl = url;
    m_profileName = name;
    m_help->setProfileName(id.isEmpty() ? std::nullopt : std::optional(name));
    Q_EMIT changed();
}

void ConnectionTab::connectToPeer()
{
    connectWith({});
}

void ConnectionTab::reconnect()
{
    connectWith({}, true);
}

void ConnectionTab::connectLeniently()
{
    // From the banner, which goes away: the keyboard must not end up anywhere.
    m_address->focusUrl();
    connectWith({.lenient = true});
}

void ConnectionTab::disconnectFromPeer()
{
    m_live.close();
}

void ConnectionTab::cutOff()
{
    m_live.abort();
}

void ConnectionTab::showOptions()
{
    auto *dialog = new OptionsDialog(endpoint(), services().prompts, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFresh(services().settings.newEndpoint());
    dialog->setNotifyOptions(m_notify);
    if (!m_profileId.isEmpty())
        dialog->offerProfile(m_profileName);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const bool isOther = m_endpoint != dialog->endpoint();
        m_endpoint = dialog->endpoint();
        m_notify = dialog->notifyOptions();
        if (m_endpoint.url != m_address->url())
            m_address->setUrl(m_endpoint.url);
        m_address->setSendInvisible(m_endpoint.sendInvisible);
        if (dialog->saveToProfile())
            Q_EMIT saveToProfileRequested();
        if (dialog->then() == OptionsDialog::Then::SaveAsProfile)
            Q_EMIT saveAsProfileRequested();
        if (dialog->then() == OptionsDialog::Then::Connect)
            reconnect();
        else if (isActive() && isOther)
            Q_EMIT statusText(tr("The options are used at the next connect."));
        Q_EMIT changed();
    });
    dialog->open();
}

void ConnectionTab::focusUrl()
{
    comeToFront();
    m_address->focusUrl();
}

QList<DocumentTab::Pane> ConnectionTab::panes()
{
    const Pane url{m_address, [this] { m_address->focusUrl(); }};
    const Pane message{m_composer, [this] { m_composer->focusEditor(); }};
    return QList{url} + DocumentTab::panes() + QList{message};
}

void ConnectionTab::copyUrl()
{
    QGuiApplication::clipboard()->setText(shownUrl());
    Q_EMIT statusText(tr("URL copied"));
}

void ConnectionTab::focusMessage()
{
    comeToFront();
    m_composer->focusEditor();
}

void ConnectionTab::sendMessage()
{
    m_composer->send();
}

void ConnectionTab::wire()
{
    // Whoever looks for what messages say looks anew.
    connect(&view()->formats(), &MessageFormats::changed, this, &ConnectionTab::changed);
    connect(m_address, &AddressBar::connectRequested, this, &ConnectionTab::connectToPeer);
    connect(m_address, &AddressBar::disconnectRequested, this, &ConnectionTab::disconnectFromPeer);
    connect(m_address, &AddressBar::optionsRequested, this, &ConnectionTab::showOptions);
    connect(m_address, &AddressBar::backRequested, this, &ConnectionTab::goBack);
    connect(m_address, &AddressBar::urlEdited, this, [this] {
        m_address->setInvalid(false);
        Q_EMIT changed();
    });
    connect(statusLine(), &StatusLine::retryRequested, &m_live, &LiveCapture::retryNow);
    connect(statusLine(), &StatusLine::stopRequested, this, &ConnectionTab::disconnectFromPeer);
    connect(statusLine(), &StatusLine::ratesChanged, this, &ConnectionTab::showRates);
    connect(view()->inspector(), &Inspector::lenientWanted, this, &ConnectionTab::connectLeniently);
    connect(m_help, &ConnectionHelp::connectRequested, this, &ConnectionTab::connectToPeer);
    connect(m_help, &ConnectionHelp::lenientRequested, this, &ConnectionTab::connectLeniently);
    connect(m_help, &ConnectionHelp::trusted, this, &ConnectionTab::trust);
    connect(m_silence, &SilenceHint::pingWanted, this, [this] {
        Outgoing ping;
        ping.opcode = Opcode::Ping;
        if (const Result<> sent = m_live.send(ping); !sent)
            banner()->showMessage(sent.message());
    });
    connect(m_composer, &Composer::sendRequested, this, [this](const Outgoing &message) {
        if (const Result<> sent = m_live.send(message); !sent)
            m_composer->showError(sent.message());
    });
    connect(m_composer, &Composer::closeRequested, &m_live, &LiveCapture::close);
    connect(m_composer, &Composer::draftChanged, this, &ConnectionTab::tabStateChanged);
    connect(&m_live, &LiveCapture::aboutToLeave, this, &ConnectionTab::letGo);
    connect(&m_live, &LiveCapture::begun, this, &ConnectionTab::takeBegun);
    connect(&m_live, &LiveCapture::failed, banner(), &Banner::showMessage);
    connect(&m_live, &LiveCapture::recordedElsewhere, banner(), &Banner::showWarning);
    connect(&m_live, &LiveCapture::statusChanged, this, &ConnectionTab::takeStatus);
    connect(&m_live, &LiveCapture::opened, this, [this] {
        // Whoever typed the URL and pressed Enter goes on with a message.
        if (m_address->urlHasFocus())
            m_composer->focusEditor();
    });
    LogCommands *commands = view()->logCommands();
    connect(commands, &LogCommands::failed, m_composer, &Composer::showError);
    commands->setConnection([this](const Outgoing &message) { return m_live.send(message); },
                            [this] { return m_live.status().messagesOut; });
}

/// Unless it is to be done `again`, nothing happens while there is a connection to the same URL.
void ConnectionTab::connectWith(const Session::Options &options, bool again)
{
    // Who connects while the next attempt is waited for wants it now, with what the URL and the options are now.
    const bool isLive = isActive() && !m_live.isWaiting();
    const QString before = m_live.url();
    const bool isOther = recording() && endpoint().url != m_live.nextUrl();
    if (isLive && !isOther && !again)
        return;
    const bool wasActive = isActive();
    const bool isNewCapture = isOther && !services().settings.keepsInOneCapture();
    banner()->dismiss();
    m_live.setDiskLimits(services().settings.diskLimits());
    const Result<> begun = m_live.connectTo(
        endpoint(), options, isNewCapture ? LiveCapture::Into::NewCapture : LiveCapture::Into::SameCapture);
    m_address->setInvalid(!problemOf(endpointProblems(endpoint()), fieldOf(&Endpoint::url)).isEmpty());
    if (!begun) {
        banner()->showMessage(begun.error().message);
        return;
    }
    m_hasKeepalive = m_endpoint.keepalive.interval.count() > 0;
    services().settings.rememberUrl(m_address->url());
    m_address->setHistory(services().settings.urlHistory());
    if (isOther)
        m_address->offerBack(wasActive && before != m_live.nextUrl() ? before : QString(),
                             isNewCapture ? tr("That connection was closed; its capture stays under Recent.")
                                          : tr("That connection was closed."));
}

void ConnectionTab::goBack(const QString &url)
{
    m_address->setUrl(url);
    connectWith({});
}

/// What is shown reads what is recorded, which goes to the closer now.
void ConnectionTab::letGo()
{
    Q_EMIT recordingLeft();
    m_capture.reset();
    m_trouble.reset();
}

void ConnectionTab::trust(const QString &fingerprint, bool saveToProfile)
{
    m_endpoint.tls.trustedFingerprint = fingerprint;
    if (saveToProfile)
        Q_EMIT saveToProfileRequested();
    m_address->focusUrl();
    connectWith({});
}

void ConnectionTab::takeBegun()
{
    Recording *recording = m_live.recording();
    // The first state of this one may be the last of the one before.
    m_lastState = SessionStatus::State::Idle;
    m_trouble = std::make_unique<RecordingTrouble>(*recording, *banner(),
                                                   [&settings = services().settings] { return settings.diskLimits(); });
    connect(recording, &Recording::created, this, [this, recording] { showSource(*recording); });
    connect(recording, &Recording::connectionsChanged, this, &ConnectionTab::showConnection);
    view()->logView()->setEmptyText({});
}

void ConnectionTab::showSource(CaptureSource &source)
{
    m_capture = std::make_unique<OpenCapture>(source);
    showCapture(*m_capture, CaptureView::StartAt::End);
    // What was shown of the last start stays under Recent.
    if (&source != m_restored.get())
        m_restored.reset();
}

void ConnectionTab::tellAnnotationsLost(const QString &message)
{
    if (m_trouble && m_trouble->hasFailed())
        m_trouble->tellAnnotationsLost();
    else
        DocumentTab::tellAnnotationsLost(message);
}

void ConnectionTab::takeStatus()
{
    const SessionStatus &status = m_live.status();
    statusLine()->showStatus(status);
    const bool isOpen = status.state == SessionStatus::State::Open;
    view()->logCommands()->connectionChanged(isOpen);
    m_silence->follow(status, m_hasKeepalive);
    if (status.state == m_lastState)
        return;
    m_lastState = status.state;
    m_address->setActive(status.isActive());
    m_address->setLiveUrl(status.isActive() ? m_live.url() : QString());
    m_composer->setCanSend(isOpen, tr("Not connected. Connect first (F5)."));
    m_composer->setDeflate(status.extensions.contains(u"permessage-deflate"_s));
    view()->inspector()->setLenientOffered(can(Need::LiveIdle));
    m_help->follow(status);
    showConnection();
    Q_EMIT changed();
}

void ConnectionTab::showRates()
{
    const TrafficRates &rates = statusLine()->rates();
    const bool isOpen = m_live.status().state == SessionStatus::State::Open;
    view()->timeline()->setRates(isOpen ? std::optional(TimelineRates{rates.messagesIn(), rates.messagesOut(),
                                                                      rates.bytesIn(), rates.bytesOut()})
                                        : std::nullopt);
}

SparklineData ConnectionTab::sparklineData() const
{
    if (!isActive())
        return DocumentTab::sparklineData();
    const TrafficRates &rates = statusLine()->rates();
    return {rates.lastSeconds(), tr("the last %1 s").arg(RateHistory::Seconds),
            MessageRate{double(rates.messagesIn()), double(rates.messagesOut())}};
}

void ConnectionTab::showConnection()
{
    view()->inspector()->showConnection(m_live.status().connection);
}

void ConnectionTab::takeRestoredFacts(EntryId last, bool wasOpen)
{
    const auto read = [](const CaptureReader &capture) -> Result<ConnectionRecord> {
        const Result<ConnectionId> id = capture.connectionList().last();
        return id ? capture.connection(id.value()) : id.error();
    };
    m_capture->loader().read(this, read, [this, last, wasOpen](const Result<ConnectionRecord> &found) {
        // The user was faster.
        if (recording() || !found)
            return;
        const ConnectionRecord &record = found.value();
        // As it was typed, if the record says the same: with the password, for who copies it.
        if (!isSameUrl(m_restoredUrl, record.url))
            m_restoredUrl = record.url;
        view()->inspector()->showConnection(record.id);
        statusLine()->showCapture({last.value(), QFileInfo(capturePath()).size(), record.endText,
                                   endSeverity(record.endKind, record.closeCode, record.end)});
        m_help->offerReopening(record, last.value(), wasOpen);
        Q_EMIT changed();
    });
}

} // namespace sockeye
