#include "widgets/tab/FileTab.h"

#include "document/OpenCapture.h"
#include "library/Settings.h"
#include "reading/CaptureCheck.h"
#include "reading/CaptureLoader.h"
#include "widgets/composer/Composer.h"
#include "widgets/controls/Banner.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/tab/CaptureChangeNotice.h"

#include <QDir>
#include <QFileInfo>

namespace sockeye {

FileTab::FileTab(const TabServices &services, const QString &path, QWidget *parent)
    : DocumentTab(services, parent)
    , m_address(new AddressBar(this))
    , m_source(path)
{
    build(m_address);
    m_address->setHistory(services.settings.urlHistory());
    m_address->setReadOnly(true);
    m_composer = new Composer(view()->footParent());
    m_composer->setPrompts(services.prompts);
    m_composer->setCanSend(false, tr("This is a recorded capture. Connect opens its URL in a new tab."));
    view()->setFoot(m_composer);
    connect(view(), &CaptureView::smallChanged, m_composer, &Composer::setFolding);
    connect(m_composer, &Composer::foldChanged, view(), &CaptureView::setFootFolded);
    connect(m_address, &AddressBar::connectRequested, this, &FileTab::connectToPeer);
    connect(m_composer, &Composer::draftChanged, this, &FileTab::tabStateChanged);
    m_changeNotice = std::make_unique<CaptureChangeNotice>(path, *banner());
    connect(m_changeNotice.get(), &CaptureChangeNotice::reopenRequested, this, &FileTab::reopenRequested);
    connect(m_changeNotice.get(), &CaptureChangeNotice::saveRequested, this, &FileTab::saveRequested);
    m_capture = std::make_unique<OpenCapture>(m_source);
    connect(m_capture.get(), &OpenCapture::opened, this, &FileTab::takeOpened);
    showCapture(*m_capture, CaptureView::StartAt::Beginning);
}

FileTab::~FileTab()
{
    // Nobody is told of what goes with the tab: the window may be going, too.
    blockSignals(true);
}

QString FileTab::title() const
{
    return name().isEmpty() ? QFileInfo(m_source.path()).fileName() : name();
}

QString FileTab::description() const
{
    return QDir::toNativeSeparators(m_source.path());
}

bool FileTab::can(Need need) const
{
    return need == Need::Url || need == Need::Idle || DocumentTab::can(need);
}

const CaptureSource *FileTab::source() const
{
    return &m_source;
}

std::optional<TabState> FileTab::tabState() const
{
    TabState state;
    state.endpoint = endpoint();
    state.name = name();
    state.capture = m_source.path();
    state.isFile = true;
    view()->saveTo(state);
    state.draft = m_composer->draft();
    return state;
}

void FileTab::restore(const TabState &state)
{
    m_endpoint = state.endpoint;
    setName(state.name);
    m_address->setUrl(state.endpoint.url);
    m_composer->setDraft(state.draft);
    view()->restoreFrom(state);
    Q_EMIT changed();
}

Endpoint FileTab::endpoint() const
{
    Endpoint endpoint = m_endpoint;
    endpoint.url = m_address->url();
    return endpoint;
}

void FileTab::connectToPeer()
{
    Q_EMIT connectElsewhere(endpoint());
}

void FileTab::focusUrl()
{
    comeToFront();
    m_address->focusUrl();
}

QList<DocumentTab::Pane> FileTab::panes()
{
    const Pane url{m_address, [this] { m_address->focusUrl(); }};
    const Pane message{m_composer, [this] { m_composer->focusEditor(); }};
    return QList{url} + DocumentTab::panes() + QList{message};
}

void FileTab::copyUrl()
{
    m_address->copyUrl();
    Q_EMIT statusText(tr("URL copied"));
}

void FileTab::takeOpened(EntryId last)
{
    m_changeNotice->watch(m_capture->identity());
    m_capture->loader().read(
        this, [](const CaptureReader &capture) { return capture.checkComplete(); },
        [this](const Result<> &complete) {
            if (!complete)
                banner()->showWarning(complete.message());
        });
    m_capture->loader().read(
        this, [](const CaptureReader &capture) { return QFileInfo(capture.path()).size(); },
        [this, last](qint64 size) {
            m_facts = {last.value(), size};
        });
    const auto read = [](const CaptureReader &capture) -> Result<ConnectionRecord> {
        const Result<ConnectionId> id = capture.connectionList().last();
        return id ? capture.connection(id.value()) : id.error();
    };
    m_capture->loader().read(this, read, [this](const Result<ConnectionRecord> &record) {
        if (record) {
            m_facts.endText = record->endText;
            m_facts.severity = endSeverity(record->endKind, record->closeCode, record->end);
            m_endpoint.url = record->url;
            m_address->setUrl(record->url);
            view()->inspector()->showConnection(record->id);
        }
        statusLine()->showCapture(m_facts);
        Q_EMIT changed();
        check();
    });
}

void FileTab::check()
{
    m_check.start([this, path = m_source.path()](const JobContext &job) {
        const Result<CaptureCheck> check = CaptureCheck::run(path, job.token());
        // What cannot be read at all is told by what shows it.
        if (check && !job.isCancelled())
            job.report([this, found = check.value()] { take(found); });
    });
}

void FileTab::take(const CaptureCheck &check)
{
    if (!check.isConsecutive) {
        m_facts.entries = check.entries;
        statusLine()->showCapture(m_facts);
        view()->filterBar()->setEntryCount(check.entries);
    }
    // A message that stands there is the graver one.
    const QString summary = check.summary(m_source.path());
    if (!summary.isEmpty() && banner()->message().isEmpty())
        banner()->showWarning(summary);
}

} // namespace sockeye
